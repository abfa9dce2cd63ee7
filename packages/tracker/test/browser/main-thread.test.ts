import { describe, expect, it } from 'vitest';
import { hasChromium } from '../../../../scripts/launch-chromium.mjs';
import { useVisits } from './visits.js';

/**
 * Counts reads that make a browser lay out the page before it has to; after
 * https://gist.github.com/paulirish/5d52fb081b3570c81e3a
 */
const TRAPS = `<script>
  var layoutReads = [], longTasks = [];
  // An observer of intersections is called when the browser has just laid out the page: what it reads then is at hand.
  let isLaidOut = false;
  const Observer = IntersectionObserver;
  window.IntersectionObserver = class extends Observer {
    constructor(call, options) {
      super((...seen) => {
        isLaidOut = true;
        try { call(...seen); } finally { isLaidOut = false; }
      }, options);
    }
  };
  new PerformanceObserver((list) => longTasks.push(...list.getEntries())).observe({ type: 'longtask', buffered: true });
  const trap = (type, name) => {
    const property = Object.getOwnPropertyDescriptor(type, name);
    if (!property) return;
    const note = (native) => function (...args) {
      if (!isLaidOut && new Error().stack.includes('/liveinsight')) layoutReads.push(name);
      return native.apply(this, args);
    };
    for (const kind of ['get', 'value'])
      if (typeof property[kind] === 'function') property[kind] = note(property[kind]);
    Object.defineProperty(type, name, property);
  };
  for (const name of ['clientLeft', 'clientTop', 'clientWidth', 'clientHeight', 'getClientRects', 'getBoundingClientRect',
    'scrollBy', 'scrollTo', 'scrollIntoView', 'scrollWidth', 'scrollHeight', 'scrollLeft', 'scrollTop', 'computedRole'])
    trap(Element.prototype, name);
  for (const name of ['offsetLeft', 'offsetTop', 'offsetWidth', 'offsetHeight', 'offsetParent', 'focus', 'innerText', 'outerText'])
    trap(HTMLElement.prototype, name);
  for (const name of ['getComputedStyle', 'scrollX', 'scrollY', 'pageXOffset', 'pageYOffset', 'innerWidth', 'innerHeight', 'visualViewport'])
    trap(window, name);
  for (const name of ['layerX', 'layerY', 'offsetX', 'offsetY']) trap(MouseEvent.prototype, name);
  for (const name of ['elementFromPoint', 'elementsFromPoint', 'scrollingElement']) trap(Document.prototype, name);
</script>`;

describe.runIf(hasChromium)('on the main thread', () => {
  const visits = useVisits();

  it.each([
    ['the core', 'liveinsight.js'],
    ['the extended script', 'liveinsight.extended.js'],
  ])('%s reads no layout and takes no long task', async (_which, file) => {
    await visits.open({
      file,
      head: TRAPS,
      body: '<form onsubmit="return false"><button id="go">Go</button></form>',
    });
    await visits.site.arrived(() => visits.views().length === 1);
    for (const selector of ['#buy', '#go', 'h1']) await visits.page.click(selector);
    await visits.page.evaluate(() => {
      for (let n = 0; n < 100; n++) liveinsight('track', 'busy', { n });
      liveinsight('conversion', 'purchase');
      history.pushState({}, '', '/next');
      dispatchEvent(new Event('blur'));
      dispatchEvent(new Event('focus'));
    });
    const noted = () =>
      visits.page.evaluate(`({
        layoutReads,
        longTasks: longTasks.filter((task) => /liveinsight/.test(JSON.stringify(task))),
      })`);
    expect(await noted()).toEqual({ layoutReads: [], longTasks: [] });
    // The traps do see what such a script reads.
    await visits.page.evaluate(
      `(0, eval)('document.body.offsetWidth; //# sourceURL=http://any/liveinsight-like.js')`,
    );
    expect(await noted()).toMatchObject({ layoutReads: ['offsetWidth'] });
    await visits.leave();
  });
});
