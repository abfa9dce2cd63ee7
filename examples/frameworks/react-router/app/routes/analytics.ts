import { collector } from '../collector.server';

const answer = ({ request }: { request: Request }) => collector().fetch(request);
export { answer as action, answer as loader };
