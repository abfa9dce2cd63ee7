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

/** In what people read: documentation, messages, texts of the API, descriptions of settings. */
const prose: Entry[] = [
  [/\bstretch(es)?\b/i, 'bucket, range'],
  [/\banew\b/i, 'again'],
  [/\blikewise\b/i, 'also, the same'],
  [/\bat the most\b/i, 'at most'],
  [/\bfor ever\b/i, 'until it is removed, without limit'],
  [/\b(heed(s|ed)?|mend(s|ed)?)\b/i, 'honour, fix'],
  [/\b(whoever|whatever)\b/i, 'a subject: the page, a process, everything'],
  [/\bnobody\b/i, 'no one who …, a subject'],
  [/\b(re)?fold(s|ed|ing)?\b/i, 'aggregate'],
  [/\b(refuses?|refused|refusals?)\b/i, 'reject'],
  [/\b(judge[sd]?|verdicts?)\b/i, 'validate, result'],
  [/\b(front door|way in)\b/i, 'entry point'],
  [/\b(nameless|lonely)\b/i, 'anonymous, centered'],
  [/\bof our own\b/i, 'our'],
  [/\b(is|are|was|were) (told|asked|put|kept)\b/i, 'called with, requested, written, stored'],
  [/\b(puts|marks) of\b/i, 'write, record'],
];

const isProse = (path: string) =>
  /\.(md|tf)$/.test(path) ||
  /^packages\/(cli|cdk|dashboard|schema)\/(src|functions|scripts)\/.*\.(tsx?|mjs)$/.test(path) ||
  path === 'packages/schema/generated/openapi.json';

/** Texts in which a word has another meaning than the one it replaces. */
const allowed: [path: RegExp, line: RegExp, why: string][] = [
  [/^CONTRIBUTING\.md$/, /not "A wrong parameter|no "whoever"/, 'shows what not to write'],
  [/^packages\/schema\//, /^\s*("refused"$|"?refused"?: )/, 'field of the API'],
  [/^packages\/cli\/src\/commands\/import\.ts$/, /done\.refused/, 'field of the API'],
];
const isAllowed = (path: string, line: string): boolean =>
  allowed.some(([file, text]) => file.test(path) && text.test(line));

const isSource = (path: string) => /^packages\/[^/]+\/(src|functions)\/.*\.tsx?$/.test(path);
const isOfCollector = (path: string) => /^packages\/(collector|schema)\/src\//.test(path);

function uses(entries: Entry[], paths: string[]): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) =>
        entries
          .filter(([pattern]) => pattern.test(line) && !isAllowed(path, line))
          .map(([pattern, instead]) => `${path}:${index + 1} ${pattern.exec(line)?.[0].trim()} → ${instead}`),
      ),
  );
}

const sources = trackedFiles().filter(isSource);

it('no package uses a former name', () => expect(uses(everywhere, sources)).toEqual([]));

it('collector and schema are written in the words of the glossary', () =>
  expect(uses(collectorAndSchema, sources.filter(isOfCollector))).toEqual([]));

it('people read the words of the glossary', () =>
  expect(uses(prose, trackedFiles().filter(isProse))).toEqual([]));

it('every exception is still needed', () => {
  const lines = trackedFiles()
    .filter(isProse)
    .flatMap((path) =>
      read(path)
        .split('\n')
        .map((line) => ({ path, line })),
    );
  const needed = allowed.filter(([file, text]) =>
    lines.some(
      ({ path, line }) => file.test(path) && text.test(line) && prose.some(([pattern]) => pattern.test(line)),
    ),
  );
  expect(needed).toEqual(allowed);
});

it('finds a word where it is used', () => {
  expect(uses(collectorAndSchema, ['tests/glossary.test.ts'])).not.toEqual([]);
});
