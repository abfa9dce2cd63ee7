/** The routes of settings: to read them a read key will do, to change them it takes an admin key. */
import type { SettingKindName } from '@liveinsight/schema';
import { readText } from '../http/body.js';
import { success } from '../http/respond.js';
import type { Call, Route } from '../http/router.js';
import { siteOf } from '../read/asked-site.js';
import type { DataParts } from './routes.js';
import { createSettings } from './settings.js';

const KINDS: Record<string, SettingKindName> = {
  annotations: 'annotation',
  alerts: 'alert',
  funnels: 'funnel',
};

export function settingsRoutes({ keys, sites, store, alerts, allowPrivateWebhooks }: DataParts): Route[] {
  const settings = createSettings({ store, alerts, allowPrivateWebhooks });
  const readOf = ({ request, connection, query }: Call) => ({
    site: siteOf(sites, query, keys.reader(request, connection)).id,
    secrets: keys.isAdmin(request, connection),
  });
  const changeOf = ({ request, connection, query }: Call): string => {
    keys.admin(request, connection);
    return siteOf(sites, query, 'all').id;
  };

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
