/** Sends the requests that pages show to a real collector. */
import { startInsight } from '@liveinsight/testing';
import type { Snippet } from './markdown.js';

/** What a page takes from an earlier answer is made first. */
const SAVED = [
  { at: 'goals', body: { name: 'Signed up', event: 'signup' } },
  { at: 'segments', body: { name: 'Phones from google', filters: { source: 'google', device: 'mobile' } } },
];

/** @returns one line for each that is not answered with 200 */
export async function rejectedRequests(snippets: Snippet[]): Promise<string[]> {
  const insight = await startInsight();
  const headers = { authorization: `Bearer ${insight.readKey}` };
  try {
    await fetch(insight.endpoint, {
      method: 'POST',
      body: JSON.stringify({ event_type: 'page_view', session_id: 's1', page_url: 'https://shop.example/' }),
    });
    const ids = new Map<string, string>();
    for (const { at, body } of SAVED) {
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      const reply = await fetch(`${insight.url}/api/${at}`, init);
      const saved = (await reply.json()) as { data: { id: string } };
      ids.set(at, saved.data.id);
    }
    const asked = snippets.flatMap(({ file, line, code }) =>
      code
        .trim()
        .split('\n')
        .map((request) => ({ place: `${file}:${line}`, request })),
    );
    const answers = asked.map(async ({ place, request }) => {
      const path = request
        .replace('GET ', '')
        .replace(/(?<=[?&]segment=)[\w-]+/, ids.get('segments') ?? '')
        .replace(/(?<=[?&](goal|reached)=)[\w-]{12}(?=&|$)/, ids.get('goals') ?? '');
      const reply = await fetch(insight.url + path, { headers });
      if (reply.ok) return void (await reply.body?.cancel());
      return `${place} ${request}: ${await reply.text()}`;
    });
    return (await Promise.all(answers)).filter((line) => line !== undefined);
  } finally {
    await insight.close();
  }
}
