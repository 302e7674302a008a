// What stands beside the lessons: claims of tutorials, questions, words, ports. Read from text files by `scenario/`.

import type { RuleId } from '../tcp/rules.ts';
import type { Bilingual, Language } from './bilingual.ts';
import type { Anchor } from './caption.ts';

/** What is to be said of a claim: true, simplified, dated, wrong, or two tutorials disagree. */
export type Verdict = 'T' | 'S' | 'D' | 'W' | 'A';

/** A step of a lesson. */
export interface Spot {
  /** Id of the scenario. */
  readonly scenario: string;
  readonly anchor: Anchor;
}

/** One row of what tutorials say. */
export interface Claim {
  /** Its number in the catalogue, from 1. */
  readonly row: number;
  /** The tutorials that say so, for example `S3`. */
  readonly sources: readonly string[];
  /** Empty where the row is a question or a task, not a claim. */
  readonly verdicts: readonly Verdict[];
  readonly says: Bilingual;
  readonly rfc9293: Bilingual;
  readonly linux: Bilingual;
  /** The same in a few words: what tutorials say, what the RFC says, what Linux does (absent where the two agree). */
  readonly brief: Readonly<Record<Language, readonly string[]>>;
  /** Where it bites; the first is the best to look at. Always at a rule. */
  readonly at: readonly (Spot & { readonly anchor: { readonly kind: 'rule'; readonly rule: RuleId } })[];
}

/** A question somebody may ask, and the lessons that answer it. */
export interface Question {
  readonly id: string;
  /** How it is asked; the first of each language is the one that is shown. Never empty. */
  readonly asked: Readonly<Record<'en' | 'zh', readonly string[]>>;
  /** The answer in a sentence or two. */
  readonly answer: Bilingual;
  /** The steps that show it; the best first. Never empty. */
  readonly at: readonly Spot[];
  /** Its place in the interview drill, from 1; null where it is not part of it. */
  readonly drill: number | null;
}

/** A word of the trade. */
export interface Term {
  readonly name: Bilingual;
  /** Other spellings that are met. */
  readonly also: readonly string[];
  readonly meaning: Bilingual;
}

/** A port number that one should know. */
export interface Port {
  readonly number: number;
  readonly service: string;
  /** For example `TCP` or `UDP, TCP`. */
  readonly transport: string;
  readonly note: Bilingual;
}

/** All of it. */
export interface Handbook {
  readonly claims: readonly Claim[];
  readonly questions: readonly Question[];
  readonly terms: readonly Term[];
  readonly ports: readonly Port[];
}

/** Nothing to read. */
export const emptyHandbook: Handbook = { claims: [], questions: [], terms: [], ports: [] };
