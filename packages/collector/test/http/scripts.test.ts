import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../stack.js';

const SCRIPTS = {
  'liveinsight.js': '/* core */',
  'liveinsight.1.2.3.js': '/* core of 1.2.3 */',
  'liveinsight.extended.js': '/* extended */',
  'liveinsight.extended.1.2.3-rc.1.js': '/* extended of 1.2.3-rc.1 */',
};
const FOR_EVER = 'public, max-age=31536000, immutable';

describe('several tracker scripts', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ assets: { tracker: SCRIPTS }, trackerPath: '/stats.js' });
  });
  afterAll(() => stack.close());

  it.each([
    ['/stats.js', '/* core */', false],
    ['/stats.1.2.3.js', '/* core of 1.2.3 */', true],
    ['/stats.extended.js', '/* extended */', false],
    ['/stats.extended.1.2.3-rc.1.js', '/* extended of 1.2.3-rc.1 */', true],
  ])('are named after the first: %s', async (path, text, forEver) => {
    const response = await stack.collector.fetch(new Request(`https://collector.example${path}`));
    expect(await response.text()).toBe(text);
    expect(response.headers.get('cache-control') === FOR_EVER).toBe(forEver);
    // A page that pins a hash asks for the file with CORS.
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });
});

it('events are taken beside the script, wherever that is', async () => {
  const stack = await startStack({ assets: { tracker: SCRIPTS }, trackerPath: '/js/stats.js' });
  const sent = new Request('https://collector.example/js/api/events', {
    method: 'POST',
    body: '{"event_type":"page_view"}',
  });
  expect((await stack.collector.fetch(sent)).status).toBe(200);
  await stack.close();
});
