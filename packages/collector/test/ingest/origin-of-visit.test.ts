/** Sources and channels, as dashboards show them. */
import type { Utm } from '@liveinsight/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { post, type Stack, startStack } from '../stack.js';

type Case = [referrer: string, utm: Utm, source: string | undefined, channel: string];

const cases: Case[] = [
  ['', {}, undefined, 'direct'],
  ['not a url', {}, undefined, 'direct'],
  ['https://www.google.com/', {}, 'google', 'organic_search'],
  ['https://www.google.co.kr/search?q=x', {}, 'google', 'organic_search'],
  ['https://google.evil.example/', {}, 'google.evil.example', 'referral'],
  ['https://google.ibm.com/', {}, 'google.ibm.com', 'referral'],
  ['https://www.google.ibm/', {}, 'google.ibm', 'referral'],
  ['https://amazon.jobs/', {}, 'amazon.jobs', 'referral'],
  ['https://docs.google.com/document/d/1', {}, 'docs.google.com', 'referral'],
  ['https://aws.amazon.com/', {}, 'aws.amazon.com', 'referral'],
  ['https://news.google.com/', {}, 'google', 'organic_search'],
  ['https://www.google.com.au/', {}, 'google', 'organic_search'],
  ['https://search.naver.com/search.naver?query=x', {}, 'naver', 'organic_search'],
  ['https://m.search.daum.net/search?q=x', {}, 'daum', 'organic_search'],
  ['https://www.baidu.com/link?url=x', {}, 'baidu', 'organic_search'],
  ['https://yandex.ru/', {}, 'yandex', 'organic_search'],
  ['https://yandex.com.tr/', {}, 'yandex', 'organic_search'],
  ['https://www.bing.com/', {}, 'bing', 'organic_search'],
  ['https://duckduckgo.com/', {}, 'duckduckgo', 'organic_search'],
  ['https://search.yahoo.co.jp/search?p=x', {}, 'yahoo', 'organic_search'],
  ['android-app://com.google.android.googlequicksearchbox/', {}, 'google', 'organic_search'],
  ['https://blog.naver.com/someone/1', {}, 'naverblog', 'organic_social'],
  ['https://t.co/abc', {}, 'x', 'organic_social'],
  ['https://l.facebook.com/l.php?u=x', {}, 'facebook', 'organic_social'],
  ['https://out.reddit.com/', {}, 'reddit', 'organic_social'],
  ['https://www.youtube.com/watch?v=x', {}, 'youtube', 'organic_video'],
  ['https://mail.google.com/', {}, 'gmail', 'email'],
  ['https://chatgpt.com/', {}, 'chatgpt', 'ai_assistant'],
  ['https://www.perplexity.ai/', {}, 'perplexity', 'ai_assistant'],
  ['https://www.amazon.de/', {}, 'amazon', 'organic_shopping'],
  ['https://someone.github.io/post', {}, 'someone.github.io', 'referral'],
  ['https://shop.example/cart', {}, 'shop.example', 'internal'],
  ['https://www.shop.example/cart', {}, 'shop.example', 'internal'],
  ['https://www.google.com/', { source: 'google', medium: 'cpc' }, 'google', 'paid_search'],
  ['', { source: 'naver', medium: 'cpc', campaign: 'spring' }, 'naver', 'paid_search'],
  ['', { source: 'Facebook', medium: 'paid_social' }, 'facebook', 'paid_social'],
  ['', { source: 'ig', medium: 'social' }, 'instagram', 'organic_social'],
  ['', { source: 'partner', medium: 'paid-social' }, 'partner', 'paid_other'],
  ['', { source: 'youtube', medium: 'cpv' }, 'youtube', 'paid_video'],
  ['', { source: 'spring-news', medium: 'email' }, 'spring-news', 'email'],
  ['', { source: 'newsletter' }, 'newsletter', 'email'],
  ['', { source: 'email_jan' }, 'email_jan', 'email'],
  ['', { source: 'newsletter-2026-01' }, 'newsletter-2026-01', 'email'],
  ['', { source: 'emailoctopus-ads' }, 'emailoctopus-ads', 'campaign'],
  ['', { source: 'adnet', medium: 'banner' }, 'adnet', 'display'],
  ['', { source: 'adnet', medium: 'cpm' }, 'adnet', 'display'],
  ['', { source: 'adnet', medium: 'ppc' }, 'adnet', 'paid_other'],
  ['', { source: 'joe', medium: 'affiliate' }, 'joe', 'affiliate'],
  ['', { source: 'app', medium: 'push' }, 'app', 'push'],
  ['', { source: 'app', medium: 'sms' }, 'app', 'sms'],
  ['', { source: 'poster', medium: 'qr' }, 'poster', 'campaign'],
  ['https://news.example/', { campaign: 'spring' }, 'news.example', 'campaign'],
];

describe('where a session came from', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  afterAll(() => stack.close());

  it.each([
    [
      'a host below the one visited',
      'https://www.shop.example/',
      'https://blog.shop.example/post',
      'shop.example',
      'internal',
    ],
    [
      'the host above the one visited',
      'https://checkout.shop.example/',
      'http://shop.example/',
      'checkout.shop.example',
      'internal',
    ],
    [
      'a host of its origins',
      'https://shop.example/',
      'https://pay.other.example/',
      'shop.example',
      'internal',
    ],
    [
      'a host below an origin with a wildcard',
      'https://shop.example/',
      'https://a.b.family.example/',
      'shop.example',
      'internal',
    ],
    [
      'a host that only ends alike',
      'https://shop.example/',
      'https://myshop.example/',
      'myshop.example',
      'referral',
    ],
    [
      'a neighbour at the same provider',
      'https://shop.github.io/',
      'https://other.github.io/',
      'other.github.io',
      'referral',
    ],
    [
      'the portal above a hosted blog',
      'https://shop.naver.com/',
      'https://naver.com/',
      'naver',
      'organic_search',
    ],
  ])('is the site itself, or not, by %s', async (_which, page_url, referrer, source, channel) => {
    const origins = ['https://*.shop.example', 'https://pay.other.example', 'https://*.family.example:8443'];
    const own = await startStack({ sites: [{ id: 'shop', origins }] });
    try {
      const body = {
        session: { session_id: 's', referrer },
        events: [{ event_type: 'page_view', page_url }],
      };
      await own.collector.fetch(new Request('http://collector/api/events', post(body)));
      const [stored] = await own.store.session('shop', 's');
      expect([stored?.source, stored?.channel]).toEqual([source, channel]);
    } finally {
      await own.close();
    }
  });

  it('is told from its referrer and campaign', async () => {
    const found = await Promise.all(
      cases.map(async ([referrer, utm], at): Promise<Case> => {
        const session_id = `origin-${at}`;
        const events = [{ event_type: 'page_view', page_url: 'https://shop.example/' }];
        const body = { session: { session_id, referrer, utm }, events };
        await stack.collector.fetch(new Request('http://collector/api/events', post(body)));
        const [stored] = await stack.store.session('shop', session_id);
        return [referrer, utm, stored?.source, stored?.channel ?? 'none'];
      }),
    );
    expect(found).toEqual(cases);
  });
});
