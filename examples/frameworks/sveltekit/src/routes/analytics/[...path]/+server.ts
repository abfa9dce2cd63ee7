import { collector } from '$lib/server/liveinsight';
import type { RequestHandler } from './$types';

export const fallback: RequestHandler = ({ request, getClientAddress }) =>
  collector().fetch(request, { ip: getClientAddress() });
