// Claims of tutorials at the step where they bite, for the WHY panel.

import type { Language } from '../session/bilingual.ts';
import type { Claim, Verdict } from '../session/handbook.ts';
import type { Finding } from '../tcp/finding.ts';

/** How much a claim calls for attention: what is wrong before what is true. */
const weight: Readonly<Record<Verdict, number>> = { W: 5, A: 4, D: 3, S: 2, T: 1 };

/**
 * The claims that bite at a step of a scenario (its id) that came with these findings; those that most call for a word
 * come first. Under another scenario the same rule says nothing: a claim is shown where it was meant to be seen.
 */
export function claimsAt(
  claims: readonly Claim[],
  scenario: string,
  findings: readonly Pick<Finding, 'rule'>[],
): readonly Claim[] {
  const rules = new Set(findings.map((finding) => finding.rule));
  return claims
    .filter(({ at }) => at.some((spot) => spot.scenario === scenario && rules.has(spot.anchor.rule)))
    .toSorted((a, b) => heaviest(b) - heaviest(a));
}

function heaviest({ verdicts }: Claim): number {
  return Math.max(0, ...verdicts.map((verdict) => weight[verdict]));
}

/** What a verdict says, in a word. */
export const verdictWords: Readonly<Record<Verdict, Readonly<Record<Language, string>>>> = {
  T: { en: 'true', zh: '正确' },
  S: { en: 'simplified', zh: '简化' },
  D: { en: 'dated', zh: '过时' },
  W: { en: 'wrong', zh: '错误' },
  A: { en: 'tutorials disagree', zh: '说法不一' },
};

/** The claim in one line: what many tutorials say, what RFC 9293 says, what Linux does. */
export function claimLine({ says, rfc9293, linux, verdicts }: Claim, language: Language): string {
  const verdict = verdicts.map((letter) => verdictWords[letter][language]).join(language === 'en' ? ', ' : '、');
  return language === 'en'
    ? `Many tutorials say: ${says.en}${verdict === '' ? '' : ` (${verdict})`} RFC 9293: ${rfc9293.en} Linux: ${linux.en}`
    : `许多教程说：${says.zh}${verdict === '' ? '' : `（${verdict}）`}RFC 9293：${rfc9293.zh}Linux：${linux.zh}`;
}
