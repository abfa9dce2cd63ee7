/** Compiled, never run: what the names of one's own events allow and forbid. */
import { createTracker } from '../src/index.js';

interface ShopEvents {
  signup: { plan: string };
  searched: { query?: string };
  logout: undefined;
}

const tracker = createTracker<ShopEvents>({ site: 'shop' });
tracker.track('signup', { plan: 'pro' });
tracker.track('searched');
tracker.track('searched', { query: 'tea' });
tracker.track('logout');
// @ts-expect-error: a plan is required.
tracker.track('signup');
// @ts-expect-error: a plan is a text.
tracker.track('signup', { plan: 7 });
// @ts-expect-error: there is no such event.
tracker.track('signed up', { plan: 'pro' });

const any = createTracker({ site: 'shop' });
any.track('anything');
any.track('anything', { of: ['any', { shape: true }] });
// @ts-expect-error: JSON can't carry a function.
any.track('anything', { run() {} });
