/** WebKitGTK's MiniBrowser, driven by plain WebDriver under a virtual screen. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import type { TestBrowser } from './browser.js';
import { findDescendants, signalAll, suspend } from './processes.js';

type Send = (method: string, path: string, body?: object) => Promise<unknown>;

const PLACES = ['/usr/lib', '/usr/libexec'];

function miniBrowser(): string {
  for (const place of PLACES) {
    for (const triple of ['', ...readdirSync(place)]) {
      for (const version of ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0']) {
        const path = [place, triple, version, 'MiniBrowser'].filter(Boolean).join('/');
        if (existsSync(path)) return path;
      }
    }
  }
  throw new Error('MiniBrowser, which WebKitWebDriver drives, is not installed');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function startScreen(): Promise<[ChildProcess, display: string]> {
  const path = process.env.XVFB_PATH ?? 'Xvfb';
  const screen = spawn(path, ['-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = await once(screen.stdout, 'data');
  return [screen, `:${String(number).trim()}`];
}

export async function startWebKit(): Promise<TestBrowser> {
  const [screen, display] = await startScreen();
  const port = await freePort();
  const driver = spawn(process.env.WEBKIT_PATH ?? 'WebKitWebDriver', [`--port=${port}`], {
    env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
    stdio: 'ignore',
  });
  const ask: Send = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
    });
    const { value } = (await response.json()) as { value: { error?: string; message?: string } };
    if (!response.ok) throw new Error(`WebDriver ${path}: ${value.error} ${value.message}`);
    return value;
  };
  await ready(ask);
  const options = { binary: miniBrowser(), args: ['--automation'] };
  const { sessionId } = (await ask('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
  })) as { sessionId: string };
  const send: Send = (method, path, body) => ask(method, `/session/${sessionId}${path}`, body);
  // One tab stays open: a browser without any would end.
  const first = (await send('GET', '/window')) as string;

  const processes = () => findDescendants(driver.pid ?? 0, /WebKitWebProcess/);
  let earlier: number[] = [];

  return {
    name: 'WebKit',
    async newTab() {
      earlier = processes();
      const { handle } = (await send('POST', '/window/new', { type: 'window' })) as { handle: string };
      const select = () => send('POST', '/window', { handle });
      return {
        async goto(url) {
          await select();
          await send('POST', '/url', { url });
        },
        async run(code) {
          await select();
          return send('POST', '/execute/sync', { script: `return (${code})`, args: [] });
        },
        async click(selector) {
          await select();
          const found = await send('POST', '/element', { using: 'css selector', value: selector });
          await send('POST', `/element/${Object.values(found as object)[0]}/click`);
        },
        async close() {
          await select();
          await send('DELETE', '/window');
          await send('POST', '/window', { handle: first });
        },
      };
    },
    async killLatest() {
      // The driver ends its session when a page dies. One that is stopped and never continued does the same.
      await send('POST', '/window', { handle: first });
      signalAll(
        processes().filter((pid) => !earlier.includes(pid)),
        'SIGSTOP',
      );
    },
    sleep: (ms) => suspend(processes(), ms),
    async close() {
      signalAll(processes(), 'SIGCONT');
      await send('DELETE', '').catch(() => {});
      driver.kill();
      screen.kill();
    },
  };
}

async function ready(ask: Send): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await ask('GET', '/status');
      return;
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
