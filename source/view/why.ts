// Why the last step went as it did: every decision of the engine, with the numbers it compared and where the rule stands.

import { timelineOf } from '../session/session.ts';
import type { Finding } from '../tcp/finding.ts';
import { type RuleId, rules } from '../tcp/rules.ts';
import { eventBrief, eventText, namer } from './event.ts';
import { headlines } from './headline.ts';
import { claimLines, lessonLines } from './lesson.ts';
import { blank, cell, exactly, type Line, line, span, spread, wrap } from './line.ts';
import type { Look } from './look.ts';
import { sawText } from './saw.ts';
import type { Scene } from './scene.ts';
import { idOf } from './segment-label.ts';
import { labels, wiresharkSays } from './wireshark.ts';

/** What happened: `ev 3: CLIENT retransmission timer fired, #2 SYN sent`. */
export function whatHappened(scene: Scene, look: Look): string {
  const { words } = look;
  if (scene.step === null) return words.noEvent;
  const happened = eventText(scene.step, look, namer(scene.passages, look));
  return `${words.eventNumber(scene.event)}${words.colon}${happened}`;
}

/** How much is said about each finding: whole sentences always, or only where all of them have room. */
export type Detail = 'full' | 'fitting';

/** From this height on the room is used for whole sentences; below, one line each keeps the screen calm. */
const roomy = 11;

/**
 * The pane in exactly `height` lines of `width` cells. With the focus the finding at `session.whyLine` is told in full.
 * What happened and its reasons stand at the top, what the lesson and Wireshark say of it at the foot: each has its
 * place, so that a step moves nothing.
 */
export function why(scene: Scene, look: Look, width: number, height: number, detail: Detail): readonly Line[] {
  const lesson = lessonLines(scene, look, width, height);
  // What others say of the step gives way to what the lesson says and to the reason that decided it.
  const least = lesson.length + (scene.step === null || scene.step.refused === null ? 2 : 3);
  const others = height < 4 ? [] : [...claimLines(scene, look, height), ...wiresharkLine(scene, look)];
  const said = others.slice(0, Math.max(0, height - least));
  const quiet = scene.step === null || said.length > 0 || height < least + 2 ? [] : [blank];
  const foot = scene.step === null ? said : [...lesson, ...said, ...quiet];
  const room = height - foot.length;
  const form = detail === 'fitting' && height < roomy ? 'calm' : detail;
  const lines =
    scene.step === null
      ? [...lesson, ...about(scene, look, width)]
      : explained(scene, look, width, room, form, lesson.length > 0);
  const shown = lines.slice(0, room);
  while (shown.length < room) shown.push(blank);
  return [...shown, ...foot].map((one) => exactly(one, width, look.ruler, look.glyphs.ellipsis));
}

// What somebody who only has a capture would be told of the same segments.
function wiresharkLine({ session, step }: Scene, look: Look): readonly Line[] {
  if (step === null) return [];
  const said = wiresharkSays(timelineOf(session), session.cursor.index);
  const what = said.map(({ flight, verdicts }) => `${idOf(flight)} ${verdicts.map((one) => labels[one]).join(' ')}`);
  return what.length === 0 ? [] : [line(` ${look.words.wiresharkSays(what.join(', '))}`)];
}

// Before anything has happened: what the scenario is about.
function about(scene: Scene, look: Look, width: number): Line[] {
  const { subject, language } = scene.session;
  const lines: Line[] = wrap(subject.title[language], width - 2, look.ruler).map((text) => line(` ${text}`, 'strong'));
  for (const text of wrap(subject.about[language], width - 2, look.ruler)) lines.push(line(` ${text}`));
  return lines;
}

function explained(
  scene: Scene,
  look: Look,
  width: number,
  height: number,
  detail: Detail | 'calm',
  told: boolean,
): Line[] {
  const { step, session } = scene;
  if (step === null) return [];
  const { words } = look;
  const { checks } = scene;
  const how: Line = checks === null ? [] : [span(`${words.micro(checks.at, checks.of)} `, 'notice')];
  const lines: Line[] = [
    // Without a tone, and with nothing that stands elsewhere (its number in the title, states in their panes, what was
    // sent on the wire): it changes with every step.
    spread(
      [span(` ${eventBrief(step, look, namer(scene.passages, look))}`)],
      how,
      width,
      look.ruler,
      look.glyphs.ellipsis,
    ),
  ];
  if (step.refused !== null) lines.push(line(` ${words.refused(words.refusal[step.refused])}`, 'lost'));
  if (step.findings.length === 0) {
    if (step.refused === null && !told) lines.push(line(` ${words.noFinding}`, 'dim'));
    return lines;
  }
  const all = step.findings.map((finding, index) => ({ finding, index }));
  const room = height - lines.length;
  const focused = session.focus === 'why';
  const chosen = focused ? session.whyLine : -1;
  const sentences = (some: readonly (typeof all)[number][]): readonly (readonly Line[])[] =>
    some.map(({ finding, index }) => full(finding, index, index === chosen, look, width));
  if (checks !== null) {
    // One by one: those before the present one are done, those behind it not yet.
    const done = all
      .slice(0, checks.at)
      .map(({ finding, index }) =>
        index === checks.at - 1 ? full(finding, index, true, look, width) : [brief(finding, index, look, width)],
      );
    return [...lines, ...scrolled(done, checks.at - 1, room)];
  }
  const fits = (blocks: readonly (readonly Line[])[]): boolean => blocks.flat().length <= room;
  if (detail === 'full') return [...lines, ...scrolled(sentences(all), chosen, room)];
  if (detail === 'fitting') {
    // All of it, or as much of what weighs more as has room.
    const heavier = [0, 1, 2, 3].map((least) => all.filter(({ finding }) => weight(finding.rule) >= least));
    const most = [...heavier, chief(all, room)].map(sentences).find((blocks) => blocks.length > 0 && fits(blocks));
    if (most !== undefined) return [...lines, ...most.flat()];
  }
  if (focused) {
    const blocks = all.map(({ finding, index }) =>
      index === chosen ? full(finding, index, true, look, width) : [brief(finding, index, look, width)],
    );
    return [...lines, ...scrolled(blocks, chosen, room)];
  }
  // The calm form: what decided most, one line each; the rest on request. What the lesson says leaves less to be said.
  const most = told ? Math.min(room, 1) : room;
  for (const [place, { finding }] of chief(all, most).entries()) {
    lines.push(brief(finding, place, look, width, place === 0 && !evident.has(finding.rule)));
  }
  return lines;
}

/** What decided most comes first: at most `room`, bookkeeping only beside a single decision. */
export function chief<One extends { readonly finding: Finding }>(all: readonly One[], room: number): readonly One[] {
  const heaviest = [...all].sort((a, b) => weight(b.finding.rule) - weight(a.finding.rule));
  return heaviest
    .filter(({ finding }, place) => heaviest.findIndex((other) => other.finding.rule === finding.rule) === place)
    .filter((one, place) => {
      const heavy = weight(one.finding.rule);
      return place === 0 || (place === 1 && heavy > 1) || (place === 2 && heavy === decisive);
    })
    .slice(0, room);
}

/** The weight of a rule that made a segment, a state or an outcome. */
const decisive = 3;

// Bookkeeping weighs less: it can be read off the panes.
function weight(rule: RuleId): number {
  if (rule.startsWith('check.') || rule.startsWith('opt.') || rule === 'psh.set') return 0;
  if (light.has(rule) || rule.startsWith('cc.') || rule.startsWith('isn.')) return 1;
  return timing.has(rule) ? 2 : decisive;
}

const light: ReadonlySet<RuleId> = new Set<RuleId>([
  'ack.piggyback',
  'call.queued',
  'listen.synq-entry',
  'accept.dequeue',
  'wnd.update',
  'wnd.stale',
  'send.queued',
  'rto.start',
  'receive.data',
  'receive.eof',
  'rto.restart',
  'rto.stop',
  'rto.sample',
  'ack.delay',
]);

/** What went as it should, with numbers that stand in the panes: only what is compared otherwise is worth its numbers. */
const evident: ReadonlySet<RuleId> = new Set<RuleId>([
  'listen.syn-accept',
  'syn-sent.established',
  'syn-rcvd.ack-acceptable',
  'send.data',
  'data.in-order',
  'ack.new',
  'ack.duplicate',
  'ack.delay-fired',
  'fin-wait-1.fin-acked',
  'last-ack.ack',
]);

const timing: ReadonlySet<RuleId> = new Set<RuleId>([
  // What the acknowledgment means for the state says more.
  'ack.new',
  'rto.karn',
  'rto.backoff',
  'rto.syn-3s',
  'nagle.hold',
  'accept.enqueue',
  'sack.sent',
  'time-wait.enter',
]);

// Whole blocks from the first that leaves the chosen one visible.
function scrolled(blocks: readonly (readonly Line[])[], chosen: number, room: number): Line[] {
  let first = 0;
  if (chosen < 0) return blocks.flat().slice(0, room);
  const height = (from: number): number => blocks.slice(from, chosen + 1).reduce((sum, block) => sum + block.length, 0);
  while (first < chosen && height(first) > room) first += 1;
  return blocks.slice(first).flat().slice(0, room);
}

/** Cells of the column of citations, where every finding has one line: it begins below the server's pane. */
function citeColumn(width: number): number {
  return Math.max(22, Math.round(width * 0.31) - 2);
}

/** Cells for a finding that has one line: more numbers than have room there are not read. */
const calm = 54;

function brief(finding: Finding, index: number, look: Look, width: number, numbers = true): Line {
  const column = citeColumn(width);
  // A long one takes the blank before the frame as well.
  const cite = citation(finding, look, column + 1);
  const name = ` ${index + 1} ${headline(finding, look)}  `;
  const room = Math.min(width - column - 2, calm) - look.ruler(name);
  return spread(
    [span(`${name}${numbers ? sawText(finding, look, room) : ''}`)],
    [span(` ${cell(cite, column + 1, look.ruler)}`)],
    width,
    look.ruler,
    look.glyphs.ellipsis,
  );
}

function full(finding: Finding, index: number, chosen: boolean, look: Look, width: number): readonly Line[] {
  const cite = citation(finding, look, Math.max(26, Math.floor(width * 0.4)));
  const saw = sawText(finding, look);
  const room = width - 5 - look.ruler(cite) - 2;
  const gist = rules[finding.rule][look.words.language];
  const texts = wrap(gist, Math.max(20, room), look.ruler);
  const out: Line[] = texts.map((text, row) => {
    const mark = row > 0 ? '   ' : chosen ? `${look.glyphs.cursor}${index + 1} ` : ` ${index + 1} `;
    const left = [span(mark, chosen ? 'selected' : 'dim'), span(text)];
    return row === 0
      ? spread([...left, span('  ')], [span(cite, 'cite'), span(' ')], width, look.ruler, look.glyphs.ellipsis)
      : left;
  });
  if (saw !== '') {
    const last = out[out.length - 1];
    const text = texts[texts.length - 1] ?? '';
    if (last !== undefined && out.length > 1 && look.ruler(text) + look.ruler(saw) + 8 <= width) {
      out[out.length - 1] = [...last, span(`  ${saw}`, 'dim')];
    } else out.push([span(`   ${saw}`, 'dim')]);
  }
  return out;
}

/** A finding in half a line. */
export function headline(finding: Finding, look: Look): string {
  const { language } = look.words;
  const short = headlines[finding.rule];
  if (short !== undefined) return language === 'zh' ? short[1] : short[0];
  const [sentence = ''] = rules[finding.rule][language].split(/(?<=[.。])/);
  return sentence;
}

/** The first place where the rule stands, without signs that are not ASCII: `RFC 9293 3.10.7.4 (5)`. */
export function citation(finding: Finding, look: Look, width: number): string {
  const { cite } = rules[finding.rule];
  if (cite === 'scenario') return look.words.citeScenario;
  // Not the comma of `(5,8)`.
  const [first = ''] = cite.split(/[;,](?![^(]*\))/);
  const plain = first
    .replaceAll('§', '')
    .replaceAll('–', '-')
    .replace(/ MUST-.*| SHLD-.*| MAY-.*/, '')
    .trim();
  if (plain.startsWith('counterfactual')) return look.words.citeCounterfactual;
  if (look.ruler(plain) <= width) return plain;
  return `${plain.slice(0, width - look.ruler(look.glyphs.ellipsis))}${look.glyphs.ellipsis}`;
}
