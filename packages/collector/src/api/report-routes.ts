/** The routes of sessions and people. */
import type { Readable } from '../http/auth.js';
import type { Call, Handler, Route } from '../http/router.js';
import type { People } from './reports.js';

type Read = (answer: (call: Call, readable: Readable) => Promise<unknown>) => Handler;

/** @param read wraps what is answered to who has a read key */
export function peopleRoutes(people: People, read: Read): Route[] {
  return [
    { path: '/sessions', GET: read(({ query }, readable) => people.sessions(query, readable)) },
    {
      path: '/sessions/:session_id',
      GET: read(({ param, query }, readable) => people.session(param, query, readable)),
    },
    {
      path: '/users/:user_id/sessions',
      GET: read(({ param, query }, readable) => people.userSessions(param, query, readable)),
    },
    { path: '/recent-events', GET: read(({ query }, readable) => people.recentEvents(query, readable)) },
    { path: '/pages', GET: read(({ query }, readable) => people.page(query, readable)) },
    { path: '/journeys', GET: read(({ query }, readable) => people.journeys(query, readable)) },
    { path: '/click-map', GET: read(({ query }, readable) => people.clickMap(query, readable)) },
    { path: '/funnel', GET: read(({ query }, readable) => people.funnel(query, readable)) },
    { path: '/retention', GET: read(({ query }, readable) => people.retention(query, readable)) },
  ];
}
