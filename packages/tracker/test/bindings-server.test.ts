import { createTracker } from '@liveinsight/tracker';
import { createTracker as createExtended } from '@liveinsight/tracker/extended';
import { TrackerProvider as NextProvider } from '@liveinsight/tracker/next';
import { TrackerProvider, useTracker } from '@liveinsight/tracker/react';
import { setTracker, useTracker as useSvelteTracker } from '@liveinsight/tracker/svelte';
import { liveInsight, useTracker as useVueTracker } from '@liveinsight/tracker/vue';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { expect, it } from 'vitest';
import { createSSRApp, h } from 'vue';
import { renderToString as renderVue } from 'vue/server-renderer';

/** Tracks while it is rendered, which on a server does nothing. */
function Shop() {
  const tracker = useTracker();
  tracker.track('rendered');
  tracker.page();
  return createElement('p', null, 'Shop');
}

it.each([
  ['React', TrackerProvider],
  ['Next.js', NextProvider],
])('%s renders on a server, where nothing is recorded', (_framework, Provider) => {
  expect(renderToString(createElement(Provider, { site: 'shop' }, createElement(Shop)))).toBe('<p>Shop</p>');
});

it('Vue renders on a server, where nothing is recorded', async () => {
  const app = createSSRApp(() => {
    useVueTracker().track('rendered');
    return h('p', 'Shop');
  });
  app.use(liveInsight({ site: 'shop' }));
  expect(await renderVue(app)).toBe('<p>Shop</p>');
});

it('Svelte renders on a server, where nothing is recorded', async () => {
  let same = false;
  const root = () => {
    const tracker = setTracker({ site: 'shop' });
    tracker.track('rendered');
    same = useSvelteTracker() === tracker;
  };
  await render(root as unknown as Component, {});
  expect(same).toBe(true);
});

it('says what is missing where nobody has provided a tracker', () => {
  expect(() => renderToString(createElement(Shop))).toThrow(
    'put a <TrackerProvider site="…"> around the app',
  );
});

it('createTracker() does nothing on a server, and does not throw', () => {
  for (const create of [createTracker, createExtended]) {
    const tracker = create({ site: 'shop' });
    tracker.track('rendered');
    tracker.conversion('purchase', { value: 1 });
    tracker.identify('user-1');
    tracker.page();
    tracker.consent('granted');
  }
});
