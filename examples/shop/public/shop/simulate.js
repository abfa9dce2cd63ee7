/** The switch in the demo bar: brings visitors while it is on, in this tab, until it is off or the tab is closed. */
import { byId } from './dom.js';

const KEY = 'kiln-and-leaf.simulate';

export function offerSimulation() {
  const control = byId('simulate');
  const status = byId('simulate-status');
  if (!(control instanceof HTMLInputElement) || !status) return;
  /** @type {AbortController | undefined} */
  let running;

  const start = async () => {
    const { simulate } = await import('./simulation/crowd.js');
    if (!control.checked || running) return;
    running = new AbortController();
    simulate(running.signal, ({ here, stored, trouble }) => {
      status.textContent = trouble ?? `${here} here, ${stored} events stored`;
    });
  };
  const stop = () => {
    running?.abort();
    running = undefined;
    status.textContent = '';
  };
  const follow = () => (control.checked ? start() : stop());

  control.addEventListener('change', () => {
    remember(control.checked);
    follow();
  });
  addEventListener('pagehide', stop);
  addEventListener('pageshow', () => {
    control.checked = remembered();
    follow();
  });
}

// In the session's storage: it lasts over the pages of this tab, and ends with it.
function remembered() {
  try {
    return sessionStorage.getItem(KEY) === 'on';
  } catch {
    return false;
  }
}

/** @param {boolean} on */
function remember(on) {
  try {
    sessionStorage.setItem(KEY, on ? 'on' : 'off');
  } catch {
    // Then it lasts as long as the page.
  }
}
