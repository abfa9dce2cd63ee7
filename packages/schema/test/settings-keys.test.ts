import { parseSetting } from '@liveinsight/schema';
import { describe, expect, it } from 'vitest';

const annotation = { at: '2026-01-31T09:00:00Z', text: 'release 2.1' };
const funnel = { name: 'order', steps: [{ page: '/' }, { event: 'order' }] };
const alert = {
  name: 'quiet',
  metric: 'events',
  comparison: 'below',
  threshold: 1,
  window_minutes: 5,
  enabled: true,
};
const parse = (kind: 'annotation' | 'funnel' | 'alert', value: object) =>
  parseSetting(kind, JSON.stringify(value));

describe('a key of a setting that is unknown', () => {
  it.each([
    ['annotation', { ...annotation, colour: 'red' }, 'colour is unknown (allowed: at, text)'],
    ['funnel', { ...funnel, site: 'shop' }, 'site is unknown (allowed: name, steps)'],
    [
      'funnel',
      { ...funnel, steps: [{ page: '/' }, { event: 'order', withinS: 60 }] },
      'steps.1.withinS is unknown (allowed: page, event, within_s)',
    ],
    ['alert', { ...alert, webhok: 'https://hooks.example/' }, 'webhok is unknown (allowed: name, metric,'],
  ] as const)('is refused by name, in %s: %j', (kind, value, message) => {
    const parsed = parse(kind, value);
    expect(parsed).toMatchObject({ ok: false, issues: [{ code: 'invalid_value' }] });
    expect(parsed.ok ? '' : parsed.issues[0].message).toContain(message);
  });

  it('is none of those that the collector adds: what was read can be changed and sent back', () => {
    const own = { id: 'x', version: 3, updated_at: '2026-01-31T09:00:00Z' };
    expect(parse('annotation', { ...own, ...annotation })).toMatchObject({ ok: true, version: 3 });
    expect(parse('funnel', { ...own, ...funnel })).toMatchObject({ ok: true });
    const state = { status: 'ok' };
    expect(parse('alert', { ...own, ...alert, state, signing_secret: 'whsec_x' })).toMatchObject({
      ok: true,
    });
  });
});
