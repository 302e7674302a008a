// Claims of tutorials at the step where they bite, for the WHY panel.

import type { Language } from '../session/bilingual.ts';
import { standing } from '../session/caption.ts';
import type { Claim, Verdict } from '../session/handbook.ts';
import type { Timeline } from '../session/timeline.ts';

/** How much a claim calls for attention: what is wrong before what is true. */
const weight: Readonly<Record<Verdict, number>> = { W: 5, A: 4, D: 3, S: 2, T: 1 };

/**
 * The claims that bite at the event with this index of a scenario (its id), each at the very event it names; those that
 * most call for a word come first. In another scenario the same rule says nothing, and neither does it here once a
 * person has taken the lesson elsewhere: a claim is shown where it was meant to be seen.
 */
export function claimsAt(
  claims: readonly Claim[],
  scenario: string,
  course: Timeline,
  index: number,
): readonly Claim[] {
  const mine = claims.flatMap((claim) => {
    const at = claim.at.filter((spot) => spot.scenario === scenario);
    return at.length === 0 ? [] : [{ claim, at }];
  });
  const stands = mine.length === 0 ? null : standing(course, index);
  if (stands === null) return [];
  return mine
    .filter(({ at }) => at.some(({ anchor }) => stands(anchor)))
    .map(({ claim }) => claim)
    .toSorted((a, b) => heaviest(b) - heaviest(a));
}

function heaviest({ verdicts }: Claim): number {
  return Math.max(0, ...verdicts.map((verdict) => weight[verdict]));
}

/** Whether there is anything to be said against a claim. */
export function bites({ verdicts }: Pick<Claim, 'verdicts'>): boolean {
  return verdicts.some((verdict) => verdict !== 'T');
}

/** What a verdict says, in a word. */
export const verdictWords: Readonly<Record<Verdict, Readonly<Record<Language, string>>>> = {
  T: { en: 'true', zh: '正确' },
  S: { en: 'simplified', zh: '简化' },
  D: { en: 'dated', zh: '过时' },
  W: { en: 'wrong', zh: '错误' },
  A: { en: 'tutorials disagree', zh: '说法不一' },
};

/** The claim in a line of a small screen: `! Tutorials: six flags; RFC 9293, Linux: eight`. */
export function claimBrief({ brief }: Claim, language: Language): string {
  const [says = '', rfc = '', linux] = brief[language];
  if (language === 'en') {
    return linux === undefined
      ? `! Tutorials: ${says}; RFC 9293, Linux: ${rfc}`
      : `! Tutorials: ${says}; RFC 9293: ${rfc}; Linux: ${linux}`;
  }
  return linux === undefined
    ? `! 教程：${says}；RFC 9293、Linux：${rfc}`
    : `! 教程：${says}；RFC 9293：${rfc}；Linux：${linux}`;
}

/** The verdicts in words: `wrong, dated`; '' where there are none. */
export function verdictText({ verdicts }: Pick<Claim, 'verdicts'>, language: Language): string {
  return verdicts.map((letter) => verdictWords[letter][language]).join(language === 'en' ? ', ' : '、');
}

/** The claim in full: what many tutorials say, what RFC 9293 says, what Linux does. */
export function claimLine(claim: Claim, language: Language): string {
  const { says, rfc9293, linux } = claim;
  const verdict = verdictText(claim, language);
  return language === 'en'
    ? `Many tutorials say: ${says.en}${verdict === '' ? '' : ` (${verdict})`} RFC 9293: ${rfc9293.en} Linux: ${linux.en}`
    : `许多教程说：${says.zh}${verdict === '' ? '' : `（${verdict}）`}RFC 9293：${rfc9293.zh}Linux：${linux.zh}`;
}
