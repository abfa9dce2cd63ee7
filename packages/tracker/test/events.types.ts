/** Compiled, never run: what the names of one's own events allow and forbid. */
import type { definePlan, Events, StandardSchema } from '@liveinsight/schema';
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

interface Signup {
  description: string;
  props: { plan: StandardSchema<'free' | 'pro'>; seats: StandardSchema<number | undefined> };
}
type Plan = ReturnType<typeof definePlan<{ events: { signup: Signup; logout: { description: string } } }>>;
const planned = createTracker<Events<Plan>>({ site: 'shop' });
planned.track('signup', { plan: 'pro' });
planned.track('signup', { plan: 'pro', seats: 2 });
planned.track('logout');
// @ts-expect-error: a plan is required.
planned.track('signup');
// @ts-expect-error: there is no such plan.
planned.track('signup', { plan: 'gold' });
// @ts-expect-error: there is no such event.
planned.track('Signup', { plan: 'pro' });
