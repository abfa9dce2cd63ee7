/** Campaigns as they are usually tagged, by the published rules of Google Analytics 4 unless marked. */
import { describe, expect, it } from 'vitest';
import { classifyOrigin } from '../../src/ingest/traffic-source.js';

/** On each line a channel, and campaigns of it as `source / medium`. */
const CAMPAIGNS = `
paid_search: google / cpc, google / ppc, google / paidsearch, google / paid-search, google / cpm, bing / cpc, yahoo / cpc, baidu / ppc, duckduckgo / cpc, naver / CPC
paid_social: facebook / cpc, facebook / paidsocial, fb / paid-social, ig / paid, instagram / cpp, linkedin / cpc, tiktok / cpm, twitter / ppc, x / cpc, pinterest / retargeting, reddit / cpc, snapchat / paid
paid_video: youtube / cpv, youtube / cpm, youtube / cpc, vimeo / paid
paid_shopping: amazon / cpc, ebay / ppc, etsy / paid
paid_other: partner / paidsocial, partner / paid_social, partner / paid-search, partner / cpc, partner / CPC, partner / cpa, partner / ppc, partner / retargeting
display: google / display, google / banner, partner / cpm, partner / display, partner / expandable, partner / interstitial
email: newsletter / email, mailchimp / Email, klaviyo / e-mail, klaviyo / e_mail, klaviyo / e mail, email / crm
affiliate: partner / affiliate, awin / affiliate
sms: partner / sms, sms / text
push: partner / push, onesignal / webpush, partner / mobile, partner / push-notification, firebase / x
audio: spotify / audio, podcast / audio
referral: partner / referral, partner / app, partner / link
organic_social: partner / social, partner / social-media, partner / social-network, partner / social network, partner / sm, facebook / social, facebook / organic, facebook / referral, instagram / bio
organic_video: youtube / video, partner / video, partner / onlinevideo
organic_search: google / organic, partner / organic, google / whatever
organic_shopping: etsy / referral
ai_assistant: chatgpt.com / referral, chatgpt.com / , perplexity / , claude / ai-assistant
direct: (direct) / (none), (direct) / (not set)
campaign: partner / qr, partner / print
`;

/** Added: an advertiser's name without a medium. */
const ADVERTISERS = `
paid_search: gads / , google-ads / , google ads / , google_ads / , googleads / , adwords /
paid_social: fb-ads / , fbads / , fbad / , fcb / , facebook_ad / , facebook_feed_ad / , reddit-ads / , twitter-ads / , tiktokads /
paid_video: yt-ads /
`;

const parse = (table: string) =>
  table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [channel = '', campaigns = ''] = line.split(': ');
      return campaigns.split(', ').map((campaign) => [campaign.trim(), channel] as const);
    });

describe('a campaign', () => {
  it.each([...parse(CAMPAIGNS), ...parse(ADVERTISERS)])('of %s is %s', (campaign, channel) => {
    const [source = '', medium = ''] = campaign.split('/').map((part) => part.trim());
    const utm = { source, ...(medium && { medium }) };
    expect(classifyOrigin({ utm }, { page: 'https://shop.example/' }).channel).toBe(channel);
  });
});

it.each([
  ['https://servedby.flashtalking.com/', 'display'],
  ['https://syndicatedsearch.goog/', 'display'],
  ['https://steamcommunity.com/linkfilter/', 'organic_social'],
  ['https://disq.us/', 'organic_social'],
  ['https://www.larksuite.com/', 'organic_social'],
  ['android-app://com.laurencedawson.reddit_sync/', 'organic_social'],
  ['https://www.inbox.com/', 'email'],
])('a visit from %s is %s', (referrer, channel) => {
  expect(classifyOrigin({ referrer }, { page: 'https://shop.example/' }).channel).toBe(channel);
});
