/** The clock stands still: for what is counted by the minute, so that none turns in between on a slow machine. */
import { onTestFinished, vi } from 'vitest';

export function stopClock(): void {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
}
