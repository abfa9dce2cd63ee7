import { defineMessages } from '../../i18n/define-messages.js';

export const EXPERIMENTS = defineMessages({
  en: {
    title: 'Experiments',
    set_up: 'What is compared',
    variants_in: 'Property with the variant',
    choose: 'Choose …',
    event: 'Sent with',
    any_event: 'any event',
    control_variant: 'Control',
    control_default: 'Chosen automatically',
    intended_split: 'Intended split',
    split_example: 'equal, or control:90,blue:10',
    goal: 'Goal',
    goals: 'Goals',
    seen: 'Seen in this period',
    result: 'Result',
    no_visitors: 'No visitor saw a variant in this period.',
    one_variant: 'Only one variant was seen: there is nothing to compare it with.',
    split_mismatch:
      'The visitors are not split as intended, so the groups cannot be compared. Look for a redirect, a cache or an error that loses visitors of one variant.',
    too_few: 'Too few visitors converted so far to say anything. Let the experiment run.',
    undecided:
      'No difference is shown so far. Let it run, or stop if any difference within the interval is too small to matter.',
    variant_better: (variant: string, control: string) =>
      `“${variant}” converts better than “${control}”. You can stop the experiment.`,
    control_better: (control: string) =>
      `“${control}” converts better than all others. You can stop the experiment.`,
    variant: 'Variant',
    control: 'control',
    visitors: 'Visitors',
    conversions: 'Conversions',
    rate: 'Conversion rate',
    rate_means: 'Visitors who reached the goal after they first saw the variant.',
    lift: 'Relative difference',
    difference: 'Difference (points)',
    difference_of: (estimate: string, low: string, high: string) => `${estimate} (${low} to ${high})`,
    no_interval: 'too few conversions',
    confidence: (share: string) =>
      `Intervals hold at all looks together with ${share} confidence: look as often as you like.`,
    split: 'Split',
    split_ok: 'as intended',
    split_wrong: 'not as intended',
    split_unknown: 'not known yet',
    excluded: (several: string, others: string) =>
      `Left out: ${several} visitors who saw several variants, ${others} of variants that are not compared.`,
    begin:
      'Let the date range begin with the experiment: a visitor counts from the first time they saw a variant within it.',
    none_title: 'Compare two versions of a page',
    none_text:
      'Your code decides which variant a visitor sees and sends it with an event. Then choose the property and a goal here:',
  },
  ko: {
    title: '실험',
    set_up: '비교 대상',
    variants_in: '변형이 담긴 속성',
    choose: '선택 …',
    event: '함께 보낸 이벤트',
    any_event: '모든 이벤트',
    control_variant: '대조군',
    control_default: '자동 선택',
    intended_split: '의도한 분배 비율',
    split_example: '균등 또는 control:90,blue:10',
    goal: '목표',
    goals: '목표',
    seen: '이 기간에 수집됨',
    result: '결과',
    no_visitors: '이 기간에 변형을 본 방문자가 없습니다.',
    one_variant: '변형이 하나뿐이라 비교할 대상이 없습니다.',
    split_mismatch:
      '방문자가 의도한 비율로 나뉘지 않아 그룹을 비교할 수 없습니다. 한 변형의 방문자를 잃게 하는 리디렉션, 캐시, 오류가 있는지 확인하세요.',
    too_few: '아직 전환한 방문자가 너무 적어 판단할 수 없습니다. 실험을 계속하세요.',
    undecided:
      '아직 차이가 확인되지 않았습니다. 계속하거나, 신뢰 구간 안의 차이가 중요하지 않다면 중단하세요.',
    variant_better: (variant: string, control: string) =>
      `“${variant}”의 전환율이 “${control}”보다 높습니다. 실험을 종료해도 됩니다.`,
    control_better: (control: string) =>
      `“${control}”의 전환율이 다른 모든 변형보다 높습니다. 실험을 종료해도 됩니다.`,
    variant: '변형',
    control: '대조군',
    visitors: '방문자',
    conversions: '전환 수',
    rate: '전환율',
    rate_means: '변형을 처음 본 뒤 목표에 도달한 방문자의 비율입니다.',
    lift: '상대 차이',
    difference: '차이(%p)',
    difference_of: (estimate: string, low: string, high: string) => `${estimate} (${low} ~ ${high})`,
    no_interval: '전환이 너무 적음',
    confidence: (share: string) =>
      `신뢰 구간은 확인 횟수와 관계없이 ${share} 신뢰수준을 유지합니다. 언제든 확인해도 됩니다.`,
    split: '분배',
    split_ok: '의도한 대로',
    split_wrong: '의도와 다름',
    split_unknown: '아직 알 수 없음',
    excluded: (several: string, others: string) =>
      `제외됨: 여러 변형을 본 방문자 ${several}명, 비교하지 않는 변형의 방문자 ${others}명.`,
    begin: '기간을 실험 시작일부터 선택하세요. 방문자는 기간 안에서 변형을 처음 본 때부터 집계됩니다.',
    none_title: '페이지의 두 버전을 비교하세요',
    none_text:
      '방문자가 볼 변형은 사이트의 코드가 정하고 이벤트와 함께 보냅니다. 그런 다음 여기에서 속성과 목표를 선택하세요.',
  },
});
