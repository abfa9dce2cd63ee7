/** Words that this repository does not use, and what it says instead: one word for one thing. */
import { expect, it } from 'vitest';
import { read, trackedFiles } from './tracked-files.js';

type Entry = [pattern: RegExp, instead: string];

/** In all published sources. */
const everywhere: Entry[] = [
  [/\bonUnstored\b/, 'onStoreError'],
  [/\bonDayDifference\b/, 'onRollupMismatch'],
  [/\bonLateLanding\b|\bLateLanding\b/, 'onDelayedWrite, DelayedWrite'],
  [/\bNoSuchPlaceError\b/, 'InvalidCursorError'],
  [/\b(patiently|persistently)\b/i, 'retryTransient, retryAll'],
  [/\bisPassing\b/, 'isTransient'],
  [/\b(MOST|LEAST|USUAL)_[A-Z]/, 'MAX_, MIN_, DEFAULT_'],
  [/\bSTRIP_MS\b/, 'FIVE_MINUTES_MS'],
  [
    /\b(StatsQuestion|NumbersQuestion|answerStats|askedNumbers)\b/,
    'StatsQuery, RollupQuery, getStats, readReportRollup',
  ],
  [/\bnudge[sd]?\b/i, 'trigger'],
];

/** In the sources of the collector and the schema. */
const collectorAndSchema: Entry[] = [
  [/\banew\b/i, 'again'],
  [/\blikewise\b/i, 'also, the same'],
  [/\bat the most\b/i, 'at most'],
  [/\b(heed(s|ed|Erasures)?)\b/, 'honour'],
  [/\b(mend|mends)\b/i, 'fix, sanitize'],
  [/\bshel(f|ves)\b/i, 'storage'],
  [
    /\b(Stretch|Stretches|emptyStretches|stretchAt|readStretches)\b/,
    'TimeBucket, createBuckets, findBucket, readBuckets',
  ],
  [
    /\b(said|asked|told|kept|whole|stretch|stretches|strips|verdict|nudged)\b\s*(=[^=>]|:\s*(string|number|boolean)\b)/,
    'raw, query, stored, complete, bucket, …',
  ],
  [
    /\b(const|function)\s+((?!oneOf|arrayOf)\w+Of|judge|admit|refuse|account)\b(?=\s*[(=])/,
    'a verb: parse…, get…, to…, create…',
  ],
  [/\bowns\(/, 'matches('],
];

const isSource = (path: string) => /^packages\/[^/]+\/(src|functions)\/.*\.tsx?$/.test(path);
const isOfCollector = (path: string) => /^packages\/(collector|schema)\/src\//.test(path);

function uses(entries: Entry[], paths: string[]): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) =>
        entries
          .filter(([pattern]) => pattern.test(line))
          .map(([pattern, instead]) => `${path}:${index + 1} ${pattern.exec(line)?.[0].trim()} → ${instead}`),
      ),
  );
}

const sources = trackedFiles().filter(isSource);

it('no package uses a former name', () => expect(uses(everywhere, sources)).toEqual([]));

it('collector and schema are written in the words of the glossary', () =>
  expect(uses(collectorAndSchema, sources.filter(isOfCollector))).toEqual([]));

it('finds a word where it is used', () => {
  expect(uses(collectorAndSchema, ['tests/glossary.test.ts'])).not.toEqual([]);
});
