// The messages of /api/live, as they come.

/**
 * @param {string} url
 * @param {string} key a read key
 * @param {(events: any[]) => void} told of the events of each message
 * @returns {Promise<{ close(): void }>} once the line is open
 */
export async function listen(url, key, told) {
  const stop = new AbortController();
  const response = await fetch(url, {
    signal: stop.signal,
    headers: { authorization: `Bearer ${key}` },
  });
  if (!response.ok || !response.body) throw new Error(`${url}: ${response.status}`);
  const reader = response.body.getReader();
  const text = new TextDecoder();
  let rest = text.decode((await reader.read()).value, { stream: true });
  const read = async () => {
    for (;;) {
      for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
        const data = rest
          .slice(0, end)
          .split('\n')
          .find((line) => line.startsWith('data: '));
        rest = rest.slice(end + 2);
        if (data) told(JSON.parse(data.slice(6)).events);
      }
      const { value, done } = await reader.read();
      if (done) return;
      rest += text.decode(value, { stream: true });
    }
  };
  read().catch(() => {});
  return { close: () => stop.abort() };
}
