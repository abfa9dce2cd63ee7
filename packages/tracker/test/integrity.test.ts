import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { script, scripts, version } from '@liveinsight/tracker/script';
import { expect, it } from 'vitest';

const at = (path: string) => new URL(`../${path}`, import.meta.url);

it('the README names the hashes of the scripts as they are built', () => {
  execFileSync(process.execPath, [at('integrity.js').pathname, '--check'], { stdio: 'pipe' });
});

it('the scripts as text are the files, and stand under their version too', () => {
  expect(script).toBe(readFileSync(at('dist/liveinsight.js'), 'utf8'));
  expect(scripts[`liveinsight.${version}.js`]).toBe(script);
  expect(scripts[`liveinsight.extended.${version}.js`]).toBe(
    readFileSync(at('dist/liveinsight.extended.js'), 'utf8'),
  );
});
