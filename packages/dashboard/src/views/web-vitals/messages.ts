import type { WebVital } from '@liveinsight/schema';
import { defineMessages } from '../../i18n/define-messages.js';

type Vital = WebVital['metric'];

const names: Record<Vital, string> = {
  LCP: 'Largest Contentful Paint: when the largest text or picture was shown. Good up to 2.5 s.',
  INP: 'Interaction to Next Paint: how long the page took to respond to clicks and keys. Good up to 200 ms.',
  CLS: 'Cumulative Layout Shift: how much content moved unexpectedly, without a unit. Good up to 0.1.',
  FCP: 'First Contentful Paint: when the first text or picture was shown. Good up to 1.8 s.',
  TTFB: 'Time to First Byte: when the server began to respond. Good up to 800 ms.',
};

export const VITALS = defineMessages({
  en: {
    ...names,
    title: 'Web vitals',
    metric: 'Web vital',
    p75: '75th percentile',
    p75_short: 'p75',
    good: 'Good',
    needs_improvement: 'Needs improvement',
    poor: 'Poor',
    spread: (good: string, middle: string, poor: string) =>
      `${good} good, ${middle} need improvement, ${poor} poor`,
    distribution: (metric: string) => `Distribution of ${metric}`,
    at_most: (good: string) => `up to ${good}`,
    between: (good: string, poor: string) => `${good} to ${poor}`,
    above: (poor: string) => `above ${poor}`,
    three_of_four: (p75: string, rating: string) =>
      `75% of page loads are at ${p75} or better (p75): ${rating}`,
    percentiles: (p50: string, p95: string) => `Median ${p50} · p95 ${p95}`,
    samples: 'Page loads',
    share_poor: 'Poor',
    worst: (metric: string) => `Where ${metric} is poor`,
    order: (least: string) => `Most poor page loads first, from ${least} page loads on`,
    few: (count: string, least: string) => `${count} more with fewer than ${least} page loads`,
    none_title: 'No web vitals in this period',
    none_text:
      'The extended tracker measures how fast pages load and respond for your visitors. Embed it in place of the other:',
    none_rows: (least: string) => `Nothing has ${least} page loads yet`,
  },
  ko: {
    LCP: '최대 콘텐츠풀 페인트(LCP): 가장 큰 텍스트나 이미지가 표시된 시점입니다. 2.5초 이하면 좋음입니다.',
    INP: '다음 페인트까지의 상호작용(INP): 클릭과 키 입력에 페이지가 응답하는 데 걸린 시간입니다. 200ms 이하면 좋음입니다.',
    CLS: '누적 레이아웃 이동(CLS): 콘텐츠가 예기치 않게 움직인 정도로, 단위가 없습니다. 0.1 이하면 좋음입니다.',
    FCP: '첫 콘텐츠풀 페인트(FCP): 첫 텍스트나 이미지가 표시된 시점입니다. 1.8초 이하면 좋음입니다.',
    TTFB: '첫 바이트까지의 시간(TTFB): 서버가 응답을 시작한 시점입니다. 800ms 이하면 좋음입니다.',
    title: '웹 바이탈',
    metric: '웹 바이탈',
    p75: '75번째 백분위수',
    p75_short: 'p75',
    good: '좋음',
    needs_improvement: '개선 필요',
    poor: '나쁨',
    spread: (good: string, middle: string, poor: string) => `좋음 ${good}, 개선 필요 ${middle}, 나쁨 ${poor}`,
    distribution: (metric: string) => `${metric} 분포`,
    at_most: (good: string) => `${good} 이하`,
    between: (good: string, poor: string) => `${good} 초과 ${poor} 이하`,
    above: (poor: string) => `${poor} 초과`,
    three_of_four: (p75: string, rating: string) => `페이지 로드의 75%가 ${p75} 이하입니다(p75): ${rating}`,
    percentiles: (p50: string, p95: string) => `중앙값 ${p50} · p95 ${p95}`,
    samples: '페이지 로드',
    share_poor: '나쁨',
    worst: (metric: string) => `${metric}: 나쁜 곳`,
    order: (least: string) => `나쁜 페이지 로드가 많은 순, 페이지 로드 ${least}회 이상`,
    few: (count: string, least: string) => `페이지 로드 ${least}회 미만 ${count}개`,
    none_title: '이 기간에 웹 바이탈이 없습니다',
    none_text:
      '확장 추적기는 방문자에게 페이지가 얼마나 빨리 로드되고 응답하는지 측정합니다. 기존 추적기 대신 넣으세요.',
    none_rows: (least: string) => `페이지 로드가 ${least}회 이상인 항목이 아직 없습니다`,
  },
});
