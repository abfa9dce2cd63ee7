import type { ActiveSession, StreamEvent } from '@liveinsight/schema';
import { describe, expect, it } from 'vitest';
import { files } from '../dist/files.js';
import { MOST_EVENTS, mergeEvents } from '../src/stream.js';
import { bars } from '../src/view/pulse.js';
import { detailOf, durationOf, whoOf } from '../src/words.js';

const event = (id: string, second: number): StreamEvent => ({
  event_id: id,
  event_type: 'page_view',
  timestamp: second * 1000,
  session_id: 's',
  page: '/',
  received_at: new Date(second * 1000).toISOString(),
});

describe('the stream', () => {
  it('shows each event once, newest first, though answers overlap', () => {
    const first = mergeEvents([], [event('b', 2), event('a', 1)]);
    expect(mergeEvents(first, [event('c', 3), event('b', 2)]).map(({ event_id }) => event_id)).toEqual([
      'c',
      'b',
      'a',
    ]);
  });

  it('does not grow without end', () => {
    const many = Array.from({ length: MOST_EVENTS + 50 }, (_, n) => event(`e${n}`, n));
    const merged = mergeEvents([], many);
    expect(merged).toHaveLength(MOST_EVENTS);
    expect(merged[0]?.event_id).toBe(`e${MOST_EVENTS + 49}`);
  });
});

describe('words', () => {
  it('name money, engagement and properties', () => {
    const common = event('a', 1);
    expect(
      detailOf({
        ...common,
        event_type: 'conversion',
        conversion_type: 'purchase',
        value: 3,
        currency: 'XXQ',
      }),
    ).toMatch(/^purchase, .*3/);
    expect(detailOf({ ...common, event_type: 'page_exit', engaged_ms: 61_000, scroll_pct: 49.6 })).toBe(
      '1 min 1 s engaged, 50 % seen',
    );
    expect(detailOf({ ...common, event_type: 'custom', name: 'x', props: { a: 1, b: { c: 2 } } })).toBe(
      'a 1, b {"c":2}',
    );
  });

  it('say how long, and never less than nothing', () => {
    expect([-5, 400, 59_400, 60_000, 3_720_000].map(durationOf)).toEqual([
      '0 s',
      '0 s',
      '59 s',
      '1 min 0 s',
      '1 h 2 min',
    ]);
  });

  it('leave out what is not known of a visitor', () => {
    const session = { source: '', country: '', browser: 'Firefox', os: '', device: '' } as ActiveSession;
    expect(whoOf(session)).toBe('direct · Firefox');
  });
});

describe('the pulse', () => {
  it('shows a quiet minute as quiet, and never leaves its frame', () => {
    const bucket = (events: number) => ({ start: '', events, page_views: 0 });
    expect(bars([bucket(0), bucket(1)]).map(({ height }) => height)).toEqual([0, 14]);
    expect(bars([bucket(0), bucket(1), bucket(5_000)]).map(({ height }) => height)).toEqual([0, 2, 56]);
  });
});

describe('the built page', () => {
  const text = (path: string) => String(files[path]?.body);

  it('names its files relative to itself, and they are all there', () => {
    const named = [...text('index.html').matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(2);
    for (const path of named) expect(Object.keys(files)).toContain(path.replace(/^\.\//, ''));
  });

  it('has nothing inline and asks nothing of others, so that the strictest policy can hold', () => {
    const html = text('index.html');
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
    for (const path of Object.keys(files)) {
      expect(text(path).replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:\/\//);
      expect(text(path)).not.toMatch(/\beval\(|innerHTML|new Function/);
    }
  });
});
