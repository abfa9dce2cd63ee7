/** The routes of settings: to read them a read key will do, to change them it takes an admin key. */
import type { SettingKindName } from '@liveinsight/schema';
import type { Alerts } from '../alerts/alert-scheduler.js';
import type { Exclusions } from '../exclusions/exclusions.js';
import { createLink } from '../exclusions/own-browser.js';
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
  exclusions: 'exclusion',
  goals: 'goal',
  'page-groups': 'page_group',
  segments: 'saved_segment',
};

export interface SettingsParts {
  auth: Auth;
  sites: Sites;
  store: Store;
  alerts: Pick<Alerts, 'signingSecret'>;
  allowPrivateWebhooks: boolean;
  secret: string;
  exclusions: Pick<Exclusions, 'forget'>;
}

export function settingsRoutes({
  auth,
  sites,
  store,
  alerts,
  allowPrivateWebhooks,
  secret,
  exclusions,
}: SettingsParts): Route[] {
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

  /** Rules that are changed here hold here at once. */
  async function change<Result>(site: string, kind: SettingKindName, run: () => Promise<Result>) {
    const result = await run();
    if (kind === 'exclusion') exclusions.forget(site);
    return result;
  }

  const link: Route = {
    path: '/exclusions/link',
    POST(context) {
      const { parameters, expiresAt } = createLink(secret, authorizeChange(context), Date.now());
      return success({ parameters, expires_at: new Date(expiresAt).toISOString() });
    },
  };
  const ofKinds = Object.entries(KINDS).flatMap(([name, kind]): Route[] => [
    {
      path: `/${name}`,
      async GET(context) {
        const { site, secrets } = authorizeRead(context);
        return success({ [name.replace('-', '_')]: await settings.list(site, kind, secrets) });
      },
      async POST(context) {
        const site = authorizeChange(context);
        const text = await readText(context.request);
        return success(await change(site, kind, () => settings.create(site, kind, text)));
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
        const text = await readText(context.request);
        return success(await change(site, kind, () => settings.replace(site, kind, context.param, text)));
      },
      async DELETE(context) {
        const site = authorizeChange(context);
        await change(site, kind, () => settings.remove(site, kind, context.param));
        return success({ deleted: true });
      },
    },
  ]);
  return [...ofKinds, link];
}
