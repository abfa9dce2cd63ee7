/** For a screen on a wall: the main views in turn, each with the range and filters in force, without menu, bar and tools. */
import './wall-mode.css';

const TURN_MS = 30_000;
const VIEWS = ['overview', 'now', 'goals', 'revenue'];
const ENDS = ['keydown', 'pointerdown'] as const;

/** Until a key or the pointer is pressed. */
export function startWallMode(): void {
  const root = document.documentElement;
  const ended = new AbortController();
  let turn = 0;
  root.dataset.wall = '';
  // Where that is rejected, the window shows it.
  root.requestFullscreen?.().catch(() => {});
  const timer = setInterval(() => {
    turn += 1;
    const view = VIEWS[turn % VIEWS.length] ?? 'overview';
    document.querySelector<HTMLElement>(`nav.views a[data-view="${view}"]`)?.click();
  }, TURN_MS);
  const end = () => {
    clearInterval(timer);
    delete root.dataset.wall;
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    ended.abort();
  };
  // Not by the press that began it.
  setTimeout(() => {
    for (const name of ENDS) addEventListener(name, end, { signal: ended.signal });
  });
}
