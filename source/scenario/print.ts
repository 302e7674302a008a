// Scenarios written: what `read.ts` reads as the same scenario.

import type { Anchor } from '../session/caption.ts';
import { sameValue } from '../session/decision.ts';
import { line, tuning } from '../session/print.ts';
import type { Way } from '../session/session.ts';
import { type EndSetting, type Setting, usualSetting } from '../session/setting.ts';
import { shortSeconds } from '../session/time.ts';
import { divider, wayDivider } from './read.ts';
import { type Scenario, usualMinutes } from './scenario.ts';

/** The whole file, with a line end behind every line. */
export function printScenario(scenario: Scenario): string {
  const parts = [[...headLines(scenario)], [...scriptLines(scenario)], ...scenario.ways.map(wayLines)];
  for (const [profile, transcript] of scenario.expected) parts.push([`${divider}${profile}`, ...transcript]);
  return parts.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** The head: what is as usual is left out. */
export function* headLines({
  subject,
  profiles,
  setting,
}: Pick<Scenario, 'subject' | 'profiles' | 'setting'>): Generator<string> {
  const { title, about } = subject;
  yield `title: ${title.en}`;
  if (title.zh !== title.en) yield `title.zh: ${title.zh}`;
  yield `group: ${subject.group}`;
  if (subject.lesson !== null) yield `lesson: ${subject.lesson}`;
  if (about.en !== '') yield `about: ${about.en}`;
  if (about.zh !== about.en) yield `about.zh: ${about.zh}`;
  if (subject.cites.length > 0) yield `cites: ${subject.cites.join(', ')}`;
  yield `profiles: ${profiles.join(' ')}`;
  if (subject.minutes !== usualMinutes) yield `minutes: ${subject.minutes}`;
  if (subject.beside.length > 0) yield `beside: ${subject.beside.join(', ')}`;
  yield* settingLines(setting);
}

/** The head's lines about the circumstances: what is as usual is left out. */
export function* settingLines(setting: Setting): Generator<string> {
  if (setting.seed !== usualSetting.seed) yield `seed: ${setting.seed}`;
  const [there, back] = setting.delay;
  if (!sameValue(setting.delay, usualSetting.delay)) {
    yield `delay: ${shortSeconds(there)}s${back === there ? '' : ` ${shortSeconds(back)}s`}`;
  }
  for (const [index, name] of ['client', 'server'].entries()) {
    const [end, usual] = [setting.ends[index], usualSetting.ends[index]];
    if (end === undefined || usual === undefined) continue;
    const clauses = endClauses(end, usual);
    if (clauses.length > 0) yield `${name}: ${clauses.join(', ')}`;
  }
  if (Object.keys(setting.values).length > 0) yield `set: ${tuning(setting.values)}`;
  for (const [index, name] of ['client', 'server'].entries()) {
    const values = setting.ends[index]?.values ?? {};
    if (Object.keys(values).length > 0) yield `set.${name}: ${tuning(values)}`;
  }
}

function endClauses(end: EndSetting, usual: EndSetting): readonly string[] {
  const clauses: string[] = [];
  if (!sameValue(end.iss, usual.iss)) clauses.push(`iss ${end.iss.length === 0 ? 'none' : end.iss.join(' ')}`);
  if (end.port !== usual.port) clauses.push(`port ${end.port ?? 'none'}`);
  if (end.address !== usual.address) clauses.push(`address ${end.address}`);
  return clauses;
}

/** The script: decisions, the opening, captions, and how far to run. */
export function* scriptLines({
  decisions,
  opening,
  captions,
  until,
}: Pick<Scenario, 'decisions' | 'opening' | 'captions' | 'until'>): Generator<string> {
  const begin = opening.position === 0 && opening.at === 0 ? null : `${shortSeconds(opening.at)} begin`;
  for (const [position, decision] of decisions.entries()) {
    if (begin !== null && position === opening.position) yield begin;
    yield line(decision);
  }
  if (begin !== null && opening.position >= decisions.length) yield begin;
  for (const { anchor, text } of captions) {
    yield `${anchorWords(anchor)} say ${text.en}`;
    if (text.zh !== text.en) yield `${anchorWords(anchor)} say.zh ${text.zh}`;
  }
  if (until !== null) yield `run until ${shortSeconds(until)}s`;
}

function anchorWords(anchor: Anchor): string {
  switch (anchor.kind) {
    case 'time':
      return `${shortSeconds(anchor.at)}${anchor.place === 1 ? '' : `/${anchor.place}`}`;
    case 'rule':
      return `by ${anchor.rule}${anchor.nth === 1 ? '' : ` ${anchor.nth}`}`;
  }
}

function wayLines({ name, title, decisions }: Way): readonly string[] {
  const lines = [`${wayDivider}${name}`, `title: ${title.en}`];
  if (title.zh !== title.en) lines.push(`title.zh: ${title.zh}`);
  return [...lines, ...decisions.map(line)];
}
