/** The routes of sessions and people. */
import type { SiteScope } from '../http/auth.js';
import type { Call, Handler, Route } from '../http/router.js';
import type { People } from './reports.js';

type Read = (respond: (call: Call, scope: SiteScope) => Promise<unknown>) => Handler;

/** @param read wraps what is answered to who has a read key */
export function peopleRoutes(people: People, read: Read): Route[] {
  return [
    { path: '/sessions', GET: read(({ query }, scope) => people.sessions(query, scope)) },
    {
      path: '/sessions/:session_id',
      GET: read(({ param, query }, scope) => people.session(param, query, scope)),
    },
    {
      path: '/users/:user_id/sessions',
      GET: read(({ param, query }, scope) => people.userSessions(param, query, scope)),
    },
    { path: '/recent-events', GET: read(({ query }, scope) => people.recentEvents(query, scope)) },
    { path: '/pages', GET: read(({ query }, scope) => people.page(query, scope)) },
    { path: '/journeys', GET: read(({ query }, scope) => people.journeys(query, scope)) },
    { path: '/click-map', GET: read(({ query }, scope) => people.clickMap(query, scope)) },
    { path: '/funnel', GET: read(({ query }, scope) => people.funnel(query, scope)) },
    { path: '/retention', GET: read(({ query }, scope) => people.retention(query, scope)) },
  ];
}
