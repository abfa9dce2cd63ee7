/** The routes of settings: to read them a read key will do, to change them it takes an admin key. */
import type { SettingKindName } from '@liveinsight/schema';
import type { Readable } from '../http/auth.js';
import { readText } from '../http/body.js';
import { rejectUnknown, SITE_ALONE, siteOf } from '../http/query-params.js';
import { success } from '../http/responses.js';
import type { Call, Route } from '../http/router.js';
import { createSettings } from '../settings/settings.js';
import type { DataParts } from './raw-data-routes.js';

const KINDS: Record<string, SettingKindName> = {
  annotations: 'annotation',
  alerts: 'alert',
  funnels: 'funnel',
};

export function settingsRoutes({ keys, sites, store, alerts, allowPrivateWebhooks }: DataParts): Route[] {
  const settings = createSettings({ store, alerts, allowPrivateWebhooks });
  const siteAsked = (query: URLSearchParams, readable: Readable): string => {
    const { id } = siteOf(sites, query, readable);
    rejectUnknown(query, SITE_ALONE);
    return id;
  };
  const readOf = (call: Call) => {
    const site = siteAsked(call.query, keys.reader(call));
    return { site, secrets: keys.isAdmin(call, site) };
  };
  const changeOf = (call: Call): string => siteAsked(call.query, keys.admin(call));

  return Object.entries(KINDS).flatMap(([name, kind]): Route[] => [
    {
      path: `/${name}`,
      async GET(call) {
        const { site, secrets } = readOf(call);
        return success({ [name]: await settings.list(site, kind, secrets) });
      },
      async POST(call) {
        const site = changeOf(call);
        return success(await settings.create(site, kind, await readText(call.request)));
      },
    },
    {
      path: `/${name}/:id`,
      async GET(call) {
        const { site, secrets } = readOf(call);
        return success(await settings.get(site, kind, call.param, secrets));
      },
      async PUT(call) {
        const site = changeOf(call);
        return success(await settings.replace(site, kind, call.param, await readText(call.request)));
      },
      async DELETE(call) {
        await settings.remove(changeOf(call), kind, call.param);
        return success({ deleted: true });
      },
    },
  ]);
}
