/** The agents that most visitors have, known by all that they send: no table has to be searched, nor its patterns compiled. */

const PLAIN = /^Mozilla\/5\.0 \(([^()]{1,60})\) (.{1,160})$/;

interface System {
  os: string;
  device: 'desktop' | 'mobile';
}

const SYSTEMS: readonly [pattern: RegExp, system: System][] = [
  [/^Windows NT 10\.0; (?:Win64; x64|WOW64)(?:; rv:\d{2,3}\.0)?$/, { os: 'Windows', device: 'desktop' }],
  [/^Linux; Android 10; K$/, { os: 'Android', device: 'mobile' }],
  [/^iPhone; CPU iPhone OS [\d_]{3,7} like Mac OS X$/, { os: 'iOS', device: 'mobile' }],
  [/^Macintosh; Intel Mac OS X 10[._]\d\d?(?:_\d)?(?:; rv:\d{2,3}\.0)?$/, { os: 'macOS', device: 'desktop' }],
  [/^X11; (?:Ubuntu; )?Linux x86_64(?:; rv:\d{2,3}\.0)?$/, { os: 'Linux', device: 'desktop' }],
];

const BROWSERS: readonly [pattern: RegExp, browser: string, of: readonly string[]][] = [
  [
    /^AppleWebKit\/537\.36 \(KHTML, like Gecko\) Chrome\/\d{2,3}\.0\.0\.0 Safari\/537\.36$/,
    'Chrome',
    ['Windows', 'macOS', 'Linux'],
  ],
  [
    /^AppleWebKit\/537\.36 \(KHTML, like Gecko\) Chrome\/\d{2,3}\.0\.0\.0 Mobile Safari\/537\.36$/,
    'Chrome',
    ['Android'],
  ],
  [
    /^AppleWebKit\/605\.1\.15 \(KHTML, like Gecko\) Version\/\d\d(?:\.\d){1,2} Mobile\/15E148 Safari\/604\.1$/,
    'Safari',
    ['iOS'],
  ],
  [
    /^AppleWebKit\/537\.36 \(KHTML, like Gecko\) Chrome\/\d{2,3}\.0\.0\.0 Safari\/537\.36 Edg\/\d{2,3}(?:\.\d{1,4}){3}$/,
    'Microsoft Edge',
    ['Windows', 'macOS', 'Linux'],
  ],
  [
    /^AppleWebKit\/605\.1\.15 \(KHTML, like Gecko\) Version\/\d\d(?:\.\d){1,2} Safari\/605\.1\.15$/,
    'Safari',
    ['macOS'],
  ],
  [/^Gecko\/20100101 Firefox\/\d{2,3}\.0$/, 'Firefox', ['Windows', 'macOS', 'Linux']],
];

/** Undefined for all that is not one of them to the letter. */
export function findPlainBrowser(userAgent: string): (System & { browser: string }) | undefined {
  const [, comment = '', rest = ''] = PLAIN.exec(userAgent) ?? [];
  const system = SYSTEMS.find(([pattern]) => pattern.test(comment))?.[1];
  const browser = system && BROWSERS.find(([pattern, , of]) => of.includes(system.os) && pattern.test(rest));
  return browser && { browser: browser[1], ...system };
}
