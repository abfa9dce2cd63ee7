/** Hears from the collector that something was stored. What it was is asked for, so that only what the database has is shown. */

export interface LiveOptions {
  site: string | null;
  key: string | null;
}

/** Resolves when the line ends: `unsupported` where the platform can't hold one open. */
export async function hearOfStored(
  { site, key }: LiveOptions,
  onStored: () => void,
): Promise<'ended' | 'unsupported'> {
  try {
    const response = await fetch(`../api/live?${site ? new URLSearchParams({ site }) : ''}`, {
      headers: key ? { Authorization: `Bearer ${key}` } : {},
    });
    if (!response.ok || !response.body) return 'unsupported';
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      // Comments keep the line alive; only messages have data.
      if (/^data:/m.test(part.value)) onStored();
    }
  } catch {
    // The line was cut; the next answer opens another.
  }
  return 'ended';
}
