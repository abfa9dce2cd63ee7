/** Sources and channels: the rules of Google Analytics 4, click ids, and what a host is. */
import { describe, expect, it, vi } from 'vitest';
import { findKnownSource } from '../../src/ingest/known-sources.js';
import { AI_ASSISTANTS, GA4_SOCIAL, SEARCH_ENGINES, SOCIAL_NETWORKS } from '../../src/ingest/source-lists.js';
import { classifyOrigin } from '../../src/ingest/traffic-source.js';

/** A landing page, and the page before it. */
function land(query: string, referrer?: string) {
  const utm: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(query)) utm[key.replace(/^utm_/, '')] = value;
  return classifyOrigin({ utm, ...(referrer && { referrer }) }, { page: 'https://shop.example/' });
}
const follow = (referrer: string) => classifyOrigin({ referrer }, { page: 'https://shop.example/' });

describe('a campaign', () => {
  it.each([
    ['utm_source=(direct)&utm_medium=(none)', 'direct'],
    ['utm_source=(direct)&utm_medium=(not set)', 'direct'],
    ['utm_source=x&utm_medium=y&utm_campaign=my-cross-network-one', 'cross_network'],
    ['utm_source=amazon&utm_medium=cpc', 'paid_shopping'],
    ['utm_source=partner&utm_medium=cpc&utm_campaign=spring-shopping', 'paid_shopping'],
    ['utm_source=google&utm_medium=ecpc', 'paid_search'],
    ['utm_source=google&utm_medium=paid+search', 'paid_search'],
    ['utm_source=facebook&utm_medium=cpm', 'paid_social'],
    ['utm_source=instagram&utm_medium=retargeting', 'paid_social'],
    ['utm_source=youtube.com&utm_medium=paid+video', 'paid_video'],
    ['utm_source=partner&utm_medium=cpm', 'display'],
    ['utm_source=partner&utm_medium=interstitial', 'display'],
    ['utm_source=partner&utm_medium=cpa', 'paid_other'],
    ['utm_source=partner&utm_campaign=workshop', 'campaign'],
    ['utm_source=partner&utm_campaign=a-shop-b', 'organic_shopping'],
    ['utm_source=partner&utm_medium=social+media', 'organic_social'],
    ['utm_source=tiktok&utm_medium=whatever', 'organic_social'],
    ['utm_source=partner&utm_medium=short-video', 'organic_video'],
    ['utm_source=partner&utm_medium=organic', 'organic_search'],
    ['utm_source=duckduckgo.com&utm_medium=whatever', 'organic_search'],
    ['utm_source=chatgpt.com', 'ai_assistant'],
    ['utm_source=partner&utm_medium=ai-assistant', 'ai_assistant'],
    ['utm_source=partner&utm_medium=link', 'referral'],
    ['utm_source=e-mail', 'email'],
    ['utm_source=partner&utm_medium=e_mail', 'email'],
    ['utm_source=partner&utm_medium=affiliate', 'affiliate'],
    ['utm_source=partner&utm_medium=audio', 'audio'],
    ['utm_source=sms', 'sms'],
    ['utm_source=partner&utm_medium=webpush', 'push'],
    ['utm_source=partner&utm_medium=mobile', 'push'],
    ['utm_source=firebase', 'push'],
    ['utm_source=partner&utm_medium=qr', 'campaign'],
    ['utm_source=facebook-ads', 'paid_social'],
    ['utm_source=AdWords', 'paid_search'],
    ['utm_source=partner-ads', 'campaign'],
    ['utm_source=google&utm_medium=organic&gclid=1', 'paid_search'],
    ['utm_source=news&utm_medium=email&gclid=1', 'email'],
  ])('of %s is %s', (query, channel) => {
    expect(land(query).channel).toBe(channel);
  });
});

describe('a click id', () => {
  it.each([
    ['gclid', 'google', 'paid_search'],
    ['gbraid', 'google', 'paid_search'],
    ['wbraid', 'google', 'paid_search'],
    ['dclid', 'google', 'paid_search'],
    ['msclkid', 'bing', 'paid_search'],
    ['yclid', 'yandex', 'paid_search'],
    ['ttclid', 'tiktok', 'paid_social'],
    ['twclid', 'x', 'paid_social'],
    ['li_fat_id', 'linkedin', 'paid_social'],
    ['fbclid', 'facebook', 'organic_social'],
  ])('%s says source and channel', (clickId, source, channel) => {
    expect(land(`${clickId}=some-id`)).toEqual({ source, channel, clickId });
  });

  it('comes after the host that is of its kind', () => {
    expect(land('msclkid=1', 'https://duckduckgo.com/')).toMatchObject({
      source: 'duckduckgo',
      channel: 'paid_search',
    });
    expect(land('gclid=1', 'https://news.example/')).toMatchObject({
      source: 'google',
      channel: 'paid_search',
    });
    expect(land('fbclid=1', 'https://l.instagram.com/')).toMatchObject({
      source: 'instagram',
      channel: 'organic_social',
    });
  });
});

describe('a page that refers to another', () => {
  it.each([
    ['https://accounts.google.com/', undefined, 'direct'],
    ['https://www.paypal.com/checkout', undefined, 'direct'],
    ['https://checkout.stripe.com/', undefined, 'direct'],
    ['https://nid.naver.com/', undefined, 'direct'],
    ['https://tenant.b2clogin.com/', undefined, 'direct'],
    ['https://idmsa.apple.com/', undefined, 'direct'],
    ['https://secure.ogone.com/', undefined, 'direct'],
    ['https://acs2.bank.example/', undefined, 'direct'],
    ['https://acs.example/', 'acs.example', 'referral'],
    ['https://acs.org.au/', 'acs.org.au', 'referral'],
    ['https://3ds.co.kr/', '3ds.co.kr', 'referral'],
    ['https://acs.bank.co.kr/', undefined, 'direct'],
    ['https://finance.yahoo.com/', 'finance.yahoo.com', 'referral'],
    ['https://maps.yandex.ru/', 'maps.yandex.ru', 'referral'],
    ['https://de.search.yahoo.com/', 'yahoo', 'organic_search'],
    ['https://m.search.naver.com/', 'naver', 'organic_search'],
    ['https://search.aol.co.uk/', 'aol', 'organic_search'],
    ['https://www.tripadvisor.co.uk/', 'tripadvisor', 'organic_social'],
    ['https://hachyderm.io/@a', 'mastodon', 'organic_social'],
    ['android-app://com.zhiliaoapp.musically/', 'tiktok', 'organic_social'],
    ['android-app://com.microsoft.office.outlook/', 'outlook', 'email'],
    ['android-app://com.unknown.app/', 'com.unknown.app', 'referral'],
    ['https://webmail.provider.example/', 'webmail.provider.example', 'email'],
    ['https://deref-gmx.net/mail/', 'gmx', 'email'],
    ['https://mail.example/', 'mail.example', 'referral'],
    ['https://posta.com.tr/', 'posta.com.tr', 'referral'],
    ['https://posta.provider.com.tr/', 'posta.provider.com.tr', 'email'],
    ['https://duck.ai/', 'duck_ai', 'ai_assistant'],
    ['https://googleads.g.doubleclick.net/', 'google_ads', 'display'],
  ])('%s is %s by %s', (referrer, source, channel) => {
    const origin = follow(referrer);
    expect([origin.source, origin.channel]).toEqual([source, channel]);
  });

  it('is known by its hosts in the public lists', () => {
    const share = (list: string, kinds: string[]) => {
      const hosts = list
        .split(';')
        .flatMap((entry) => entry.trim().split(/\s+/).slice(1))
        .map((host) => host.replace('{}', 'fr'));
      const known = hosts.filter((host) => kinds.includes(findKnownSource(host)?.kind ?? ''));
      return known.length / hosts.length;
    };
    expect(share(AI_ASSISTANTS, ['ai'])).toBe(1);
    expect(share(SEARCH_ENGINES, ['search'])).toBeGreaterThanOrEqual(0.95);
    expect(share(SOCIAL_NETWORKS, ['social', 'video'])).toBeGreaterThanOrEqual(0.95);
    const listed = GA4_SOCIAL.trim().split(/\s+/);
    expect(
      listed.filter((source) => ['social', 'video'].includes(findKnownSource(source)?.kind ?? '')).length,
    ).toBeGreaterThanOrEqual(0.95 * listed.length);
  });
});

describe('a mention', () => {
  it.each([
    ['ref=producthunt', undefined, 'producthunt', 'organic_social'],
    ['ref=producthunt', 'https://other.example/', 'producthunt', 'organic_social'],
    ['ref=blog.partner.example', undefined, 'blog.partner.example', 'referral'],
    ['ref=https://blog.partner.example/post', 'https://www.google.com/', 'blog.partner.example', 'referral'],
    ['ref=sidebar', 'https://www.google.com/', 'google', 'organic_search'],
    ['ref=sidebar', undefined, 'sidebar', 'referral'],
    ['ref=1234', undefined, undefined, 'direct'],
    ['ref=sidebar', 'https://shop.example/', 'shop.example', 'internal'],
  ])('by %s after %s is of %s', (query, referrer, source, channel) => {
    const origin = land(query, referrer);
    expect([origin.source, origin.channel]).toEqual([source, channel]);
  });
});

it('an in-app browser is the source where nothing else is known', () => {
  const visit = { appSource: 'instagram' };
  expect(classifyOrigin({}, visit)).toEqual({ source: 'instagram', channel: 'organic_social' });
  expect(classifyOrigin({ referrer: 'https://news.example/' }, visit).source).toBe('news.example');
  expect(classifyOrigin({ utm: { source: 'spring' } }, visit).source).toBe('spring');
});

it('a host with more labels than any has is not looked up label by label', () => {
  follow('https://news.example/');
  const lookUps = vi.spyOn(Map.prototype, 'get');
  const long = `${'a.'.repeat(1_000)}example`;
  expect(follow(`https://${long}/`)).toEqual({ source: long, channel: 'referral' });
  expect(lookUps.mock.calls.length).toBeLessThan(100);
  lookUps.mockRestore();
  expect(follow('https://a.b.c.d.facebook.com/').source).toBe('facebook');
});
