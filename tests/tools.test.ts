import { afterEach, describe, expect, it } from 'vitest';
import { ensureBrowsers, ensureShell } from '../scripts/ensure-browsers.mjs';
import { findTools, toolEnvironment } from '../scripts/find-tools.mjs';
import { usualPlaces } from '../scripts/tool-places.mjs';
import { type Machine, machine } from './machine.js';

const machines: Machine[] = [];

afterEach(() => {
  for (const computer of machines.splice(0)) computer.remove();
});

function start(env: NodeJS.ProcessEnv = {}): Machine {
  const computer = machine(env);
  machines.push(computer);
  return computer;
}

/** A Debian whose apt-get leaves working executables behind, for root or for a sudo without password. */
function debian(user: 'root' | 'sudo' | 'nobody', id = 'debian'): Machine {
  const computer = start();
  computer.file('etc/os-release', `PRETTY_NAME="Some Linux"\nID=${id}\n`);
  computer.command('id', `echo ${user === 'root' ? 0 : 1000}`);
  computer.command('sudo', user === 'sudo' ? 'shift; case $1 in true) exit 0;; esac; exec "$@"' : 'exit 1');
  const bin = computer.place.env.PATH;
  const leave = (name: string, body: string) =>
    `printf '#!/bin/sh\\n${body}\\n' > ${bin}/${name}; /bin/chmod +x ${bin}/${name}`;
  computer.command(
    'apt-get',
    `for package in "$@"; do case $package in
      chromium) ${leave('chromium', 'exit 0')};;
      firefox-esr) ${leave('firefox-esr', 'exit 0')};;
      webkit2gtk-driver) ${leave('WebKitWebDriver', 'exit 0')};;
      xvfb) ${leave('Xvfb', 'exit 0')};;
      chromium-headless-shell) ${leave('chromium-headless-shell', 'exit 0')};;
    esac; done`,
  );
  return computer;
}

describe('finding tools', () => {
  it('takes what is on the PATH and runs', async () => {
    const computer = start();
    const chromium = computer.command('google-chrome');
    const webkit = computer.command('WebKitWebDriver');
    expect(await findTools(computer.place)).toEqual({
      chromium: { path: chromium, driver: 'cdp' },
      webkit: { path: webkit, driver: 'webdriver' },
    });
  });

  it('passes over what is there and does not run, such as a stub that asks for a snap', async () => {
    const computer = start();
    computer.command('chromium-browser', 'echo please install the snap; exit 1');
    const chrome = computer.command('google-chrome');
    expect((await findTools(computer.place)).chromium?.path).toBe(chrome);
  });

  it('takes a path given by its variable alone, even if it does not run', async () => {
    const computer = start({ CHROMIUM_PATH: '/nowhere/chromium' });
    computer.command('chromium');
    expect(await findTools(computer.place)).toEqual({});
  });

  it('knows what drives a browser given by its variable', async () => {
    const computer = start();
    const firefox = computer.command('patched-firefox');
    computer.place.env.FIREFOX_PATH = firefox;
    computer.place.env.FIREFOX_DRIVER = 'playwright';
    expect((await findTools(computer.place)).firefox).toEqual({ path: firefox, driver: 'playwright' });
  });

  it('looks where macOS and Windows have their applications', () => {
    const mac = usualPlaces('firefox', { env: {}, platform: 'darwin', root: '/' });
    expect(mac).toContain('/Applications/Firefox.app/Contents/MacOS/firefox');
    const env = { ProgramFiles: 'C:/Program Files' };
    const windows = usualPlaces('chromium', { env, platform: 'win32', root: '/' });
    expect(windows).toContain('C:/Program Files/Google/Chrome/Application/chrome.exe');
  });

  it('names to the suites what was found, and what drives it', async () => {
    const computer = start();
    const firefox = computer.command('firefox');
    const tools = await findTools(computer.place);
    expect(toolEnvironment(tools)).toEqual({
      FIREFOX_PATH: firefox,
      FIREFOX_DRIVER: 'bidi',
    });
  });
});

describe('getting browsers', () => {
  it('installs nothing where they are all there', async () => {
    const computer = debian('root');
    for (const name of ['chromium', 'firefox', 'WebKitWebDriver', 'Xvfb']) computer.command(name);
    expect(await ensureBrowsers(computer.place, computer)).toEqual([]);
    expect(computer.calls()).toEqual([]);
  });

  it('asks Playwright first, then Debian, and only for what is missing', async () => {
    const computer = debian('root');
    computer.command('chromium');
    expect(await ensureBrowsers(computer.place, computer)).toEqual([]);
    expect(computer.calls()).toEqual([
      'playwright install firefox webkit',
      'apt-get update -q',
      'apt-get install -q -y --no-install-recommends firefox-esr webkit2gtk-driver xvfb',
    ]);
  });

  it('uses sudo where it asks for no password', async () => {
    const computer = debian('sudo');
    expect(await ensureBrowsers(computer.place, computer)).toEqual([]);
    expect(computer.calls()).toContain(
      'sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium firefox-esr webkit2gtk-driver xvfb',
    );
  });

  it('counts WebKit as missing where it has no screen to open its window on', async () => {
    const computer = debian('root');
    for (const name of ['chromium', 'firefox', 'WebKitWebDriver']) computer.command(name);
    expect(await ensureBrowsers(computer.place, computer)).toEqual([]);
    expect(computer.calls()).toContain(
      'apt-get install -q -y --no-install-recommends webkit2gtk-driver xvfb',
    );
  });

  it('says of each browser why it could not be had', async () => {
    const computer = debian('nobody');
    computer.command('chromium');
    computer.command('firefox');
    expect(await ensureBrowsers(computer.place, computer)).toEqual([
      'webkit: Playwright could not download webkit; ' +
        'installing webkit2gtk-driver xvfb needs root or a sudo that asks for no password',
    ]);
  });

  it('says what apt-get said when it failed', async () => {
    const computer = debian('root');
    computer.command('apt-get', 'echo "E: Unable to locate package"; exit 100');
    const [chromium] = await ensureBrowsers(computer.place, computer);
    expect(chromium).toMatch(/^chromium: .*apt-get could not install .*: E: Unable to locate package$/);
  });

  it('has Playwright install the libraries on Ubuntu, whose packages of browsers are snaps', async () => {
    const computer = debian('root', 'ubuntu');
    await ensureBrowsers(computer.place, computer);
    expect(computer.calls()).toEqual([
      'playwright install chromium firefox webkit',
      'playwright install-deps chromium firefox webkit',
    ]);
  });

  it('adds the Chromium without windows where Debian has it, and says what it is missed for elsewhere', async () => {
    const computer = debian('root');
    expect(await ensureShell(computer.place)).toBeUndefined();
    expect((await findTools(computer.place)).shell).toBeDefined();
    expect(await ensureShell(start().place)).toMatch(/is a package of Debian: .* takes longer$/);
    expect(await ensureShell(debian('nobody').place)).toMatch(/^installing .* takes longer$/);
  });

  it('blames the variable that names a browser which does not run', async () => {
    const computer = debian('root');
    computer.place.env.FIREFOX_PATH = '/nowhere/firefox';
    expect(await ensureBrowsers(computer.place, computer)).toEqual([
      'firefox: FIREFOX_PATH is /nowhere/firefox, which does not run',
    ]);
  });
});
