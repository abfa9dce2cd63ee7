/** The routes of settings: to read them a read key will do, to change them it takes an admin key. */
import type { SettingKindName } from '@liveinsight/schema';
import type { SiteScope } from '../http/auth.js';
import { readText } from '../http/body.js';
import { rejectUnknown, requireSite, SITE_ALONE } from '../http/query-params.js';
import { success } from '../http/responses.js';
import type { Call, Route } from '../http/router.js';
import { createSettings } from '../settings/settings.js';
import type { RawDataParts } from './raw-data-routes.js';

const KINDS: Record<string, SettingKindName> = {
  annotations: 'annotation',
  alerts: 'alert',
  funnels: 'funnel',
};

export function settingsRoutes({ auth, sites, store, alerts, allowPrivateWebhooks }: RawDataParts): Route[] {
  const settings = createSettings({ store, alerts, allowPrivateWebhooks });
  const requireSiteId = (query: URLSearchParams, scope: SiteScope): string => {
    const { id } = requireSite(sites, query, scope);
    rejectUnknown(query, SITE_ALONE);
    return id;
  };
  const authorizeRead = (call: Call) => {
    const site = requireSiteId(call.query, auth.requireRead(call));
    return { site, secrets: auth.isAdmin(call, site) };
  };
  const authorizeChange = (call: Call): string => requireSiteId(call.query, auth.requireAdmin(call));

  return Object.entries(KINDS).flatMap(([name, kind]): Route[] => [
    {
      path: `/${name}`,
      async GET(call) {
        const { site, secrets } = authorizeRead(call);
        return success({ [name]: await settings.list(site, kind, secrets) });
      },
      async POST(call) {
        const site = authorizeChange(call);
        return success(await settings.create(site, kind, await readText(call.request)));
      },
    },
    {
      path: `/${name}/:id`,
      async GET(call) {
        const { site, secrets } = authorizeRead(call);
        return success(await settings.get(site, kind, call.param, secrets));
      },
      async PUT(call) {
        const site = authorizeChange(call);
        return success(await settings.replace(site, kind, call.param, await readText(call.request)));
      },
      async DELETE(call) {
        await settings.remove(authorizeChange(call), kind, call.param);
        return success({ deleted: true });
      },
    },
  ]);
}
