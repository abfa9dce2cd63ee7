/**
 * Before the dashboard of the live demo: answers its requests from what was recorded, and sets its clock to that time, so
 * that "today" is the day of the recording. What was not recorded is said to be so; no number is made up.
 */
(() => {
  const recordedAt = Number(document.currentScript.dataset.recordedAt);
  const RealDate = Date;
  const startedAt = RealDate.now();
  const elapsedMs = () => RealDate.now() - startedAt;
  globalThis.Date = class extends RealDate {
    constructor(...parts) {
      if (parts.length === 0) super(recordedAt + elapsedMs());
      else super(...parts);
    }
    static now() {
      return recordedAt + elapsedMs();
    }
  };

  const fetchFile = globalThis.fetch.bind(globalThis);
  const api = new URL('api/', location.href).href;
  const recorded = fetchFile(new URL('recorded.json', location.href)).then((response) => response.json());

  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    return url.href.startsWith(api) ? answer(url, init?.method ?? 'GET') : fetchFile(input, init);
  };

  async function answer(url, method) {
    const path = url.href.slice(api.length).split('?')[0];
    if (method !== 'GET') return refuse(403, 'This demo is a recording: nothing can be changed.');
    // It is asked again and again for what came since.
    if (path === 'realtime') url.searchParams.delete('cursor');
    url.searchParams.sort();
    const data = (await recorded)[`${path}?${url.searchParams}`];
    if (data === undefined) return refuse(404, 'This question is not in the recording of this demo.');
    return reply(200, { status: 'success', data: path === 'realtime' ? asOfNow(data) : data });
  }

  /** Who is here is as it was, however long the page is looked at. */
  const asOfNow = (data) =>
    JSON.parse(JSON.stringify(data), (_, value) =>
      typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)
        ? new RealDate(RealDate.parse(value) + elapsedMs()).toISOString()
        : value,
    );

  const refuse = (status, message) => reply(status, { status: 'error', message });

  const reply = (status, body) =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
})();
