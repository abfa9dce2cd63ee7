import { collector } from '../collector';

const answer = (request: Request) => collector().fetch(request, { compresses: true });
export { answer as DELETE, answer as GET, answer as OPTIONS, answer as POST, answer as PUT };
