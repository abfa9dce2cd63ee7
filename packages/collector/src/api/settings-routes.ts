/** The routes of settings: to read them a read key will do, to change them it takes an admin key. */
import type { SettingKindName } from '@liveinsight/schema';
import type { Alerts } from '../alerts/alert-scheduler.js';
import type { Auth, SiteScope } from '../http/auth.js';
import { readText } from '../http/body.js';
import { rejectUnknown, requireSite, SITE_ALONE } from '../http/query-params.js';
import { success } from '../http/responses.js';
import type { RequestContext, Route } from '../http/router.js';
import { createSettings } from '../settings/settings.js';
import type { Sites } from '../sites/site-registry.js';
import type { Store } from '../storage/event-store.js';

const KINDS: Record<string, SettingKindName> = {
  annotations: 'annotation',
  alerts: 'alert',
  funnels: 'funnel',
};

export interface SettingsParts {
  auth: Auth;
  sites: Sites;
  store: Store;
  alerts: Pick<Alerts, 'signingSecret'>;
  allowPrivateWebhooks: boolean;
}

export function settingsRoutes({ auth, sites, store, alerts, allowPrivateWebhooks }: SettingsParts): Route[] {
  const settings = createSettings({ store, alerts, allowPrivateWebhooks });
  const requireSiteId = (query: URLSearchParams, scope: SiteScope): string => {
    const { id } = requireSite(sites, query, scope);
    rejectUnknown(query, SITE_ALONE);
    return id;
  };
  const authorizeRead = (context: RequestContext) => {
    const site = requireSiteId(context.query, auth.requireRead(context));
    return { site, secrets: auth.isAdmin(context, site) };
  };
  const authorizeChange = (context: RequestContext): string =>
    requireSiteId(context.query, auth.requireAdmin(context));

  return Object.entries(KINDS).flatMap(([name, kind]): Route[] => [
    {
      path: `/${name}`,
      async GET(context) {
        const { site, secrets } = authorizeRead(context);
        return success({ [name]: await settings.list(site, kind, secrets) });
      },
      async POST(context) {
        const site = authorizeChange(context);
        return success(await settings.create(site, kind, await readText(context.request)));
      },
    },
    {
      path: `/${name}/:id`,
      async GET(context) {
        const { site, secrets } = authorizeRead(context);
        return success(await settings.get(site, kind, context.param, secrets));
      },
      async PUT(context) {
        const site = authorizeChange(context);
        return success(await settings.replace(site, kind, context.param, await readText(context.request)));
      },
      async DELETE(context) {
        await settings.remove(authorizeChange(context), kind, context.param);
        return success({ deleted: true });
      },
    },
  ]);
}
