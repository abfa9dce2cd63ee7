import type { APIRoute } from 'astro';
import { collector } from '../../liveinsight';

export const prerender = false;

export const ALL: APIRoute = ({ request, clientAddress }) => collector().fetch(request, { ip: clientAddress });
