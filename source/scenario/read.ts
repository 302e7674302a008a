// Scenario files read: a head of `key: value` lines, the script, and the expected transcripts.
//
//     title: The SYN is lost                      head; keys in `headKeys`
//     client: iss 100, port 40001
//     // a remark: a line that begins so is passed over
//     0 server listen                             script: <time>[/<place>] [off] [you] <who> <words>
//     +50ms client connect                        50 ms after the line above
//     begin                                       here the debugger opens
//     0.025 drop #1
//     0.05 say The server has heard the client.   said at the event at exactly this time (0.05/2: at the second one)
//     0.05 say.zh 服务端听到了客户端。               the same in Chinese, on the line below it
//     by rto.fire 2 say Once more.                said at the second event since the opening that cites this rule
//     run until 130s                              how far the transcript goes (default: until all is quiet)
//     ==== syn-lost                               a way (a tour has several): a branch with decisions of its own;
//                                                 ==== main gives a title to the script alone
//     title: The SYN is lost
//     title.zh: SYN 丢失
//     0.025 drop #1
//     ---- rfc9293                                expected transcript under this profile, to the next ---- or the end

import type { Anchor, Caption } from '../session/caption.ts';
import { type Decision, sameValue } from '../session/decision.ts';
import { readAction } from '../session/read.ts';
import { readTuning } from '../session/read-call.ts';
import type { Way } from '../session/session.ts';
import { type EndSetting, profiles, type Setting, usualSetting } from '../session/setting.ts';
import { seconds } from '../session/time.ts';
import { address, type Notation, port, time, whole, word32 } from '../session/value.ts';
import { Misread, Words } from '../session/words.ts';
import type { Profile } from '../tcp/profile.ts';
import { type RuleId, ruleIds } from '../tcp/rules.ts';
import { type Scenario, usualMinutes, usualProfile } from './scenario.ts';
import { Unreadable } from './unreadable.ts';

/** Longest file and line that are read, in characters, and the most decisions, captions and ways of a script. */
export const limits = { file: 2_000_000, line: 4_000, decisions: 10_000, captions: 1_000, ways: 32 } as const;

/** What the head can lay down. */
export const headKeys = [
  'title',
  'title.zh',
  'group',
  'lesson',
  'about',
  'about.zh',
  'cites',
  'profiles',
  'minutes',
  'beside',
  'seed',
  'delay',
  'client',
  'server',
  'set',
  'set.client',
  'set.server',
] as const;

type HeadKey = (typeof headKeys)[number];

/** The first line of an expected transcript. */
export const divider = '---- ';

/** The first line of a way. */
export const wayDivider = '==== ';

/**
 * Reads a scenario. `file` is its name for error messages, `id` the scenario's.
 * Throws Unreadable with the first line that is not understood.
 */
export function readScenario(text: string, file: string, id: string): Scenario {
  const { head, rest } = readHead(linesOf(text, file), file, headKeys);
  const transcripts = rest.findIndex((line) => line.text.startsWith(divider.trim()));
  const end = transcripts < 0 ? rest.length : transcripts;
  const cuts = rest.flatMap((line, index) => (index < end && line.text.startsWith(wayDivider.trim()) ? [index] : []));
  const [from = end] = cuts;
  const script = readScript([...rest.slice(0, from), ...rest.slice(end)], file);
  const ways = cuts.map((cut, index) => readWay(rest.slice(cut, cuts[index + 1] ?? end), script, file));
  const line =
    rest[cuts[limits.ways] ?? -1] ?? rest[cuts[ways.findIndex(({ name }, at) => used(ways, name, at))] ?? -1];
  if (line !== undefined) {
    throw new Unreadable(file, line.number, `expected at most ${limits.ways} ways, each with a name of its own`);
  }
  const described = describe(head, file, id);
  if (script.decisions.length === 0 && ways.every(({ decisions }) => decisions.length === 0)) {
    throw new Unreadable(file, null, 'expected at least one decision, such as 0 client connect: nothing would happen');
  }
  return { ...script, ways, ...described };
}

/** Title, group and profiles alone, for a list: what stands behind the head is not read. Throws Unreadable. */
export function readSubject(text: string, file: string, id: string): Pick<Scenario, 'subject' | 'profiles'> {
  const end = text.search(/^(?![a-z.]+:|\/\/|\s*$)/m);
  const { head } = readHead(linesOf(end < 0 ? text : text.slice(0, end), file), file, headKeys);
  const { subject, profiles: names } = describe(head, file, id);
  return { subject, profiles: names };
}

function used(ways: readonly Way[], name: string, before: number): boolean {
  return ways.slice(0, before).some((way) => way.name === name);
}

// A way: its name, its title, and lines as a script has them.
function readWay(lines: readonly Numbered[], script: Pick<Script, 'opening'>, file: string): Way {
  const [first, ...own] = lines;
  if (first === undefined) throw new Unreadable(file, null, 'expected a way');
  const name = first.text.slice(wayDivider.trim().length).trim();
  within(first, file, () => {
    if (!/^[a-z0-9-]{1,32}$/.test(name)) throw new Misread(name, 'a name of small letters, digits and -');
  });
  const { head, rest } = readHead(own, file, ['title', 'title.zh']);
  const title = head.get('title')?.text ?? name;
  const { decisions } = readScript(rest, file);
  if (name === 'main' && decisions.length > 0) {
    throw new Unreadable(file, first.number, 'expected no decisions: main is the script itself');
  }
  const early = rest.find((line) => !passedOver(line.text));
  if (early !== undefined && (decisions[0]?.at ?? 0) < script.opening.at) {
    throw new Unreadable(file, early.number, `expected a time not before the opening, ${seconds(script.opening.at)}`);
  }
  return { name, title: { en: title, zh: head.get('title.zh')?.text ?? title }, decisions };
}

/** One line with its number in the file, from 1. */
export interface Numbered {
  readonly number: number;
  readonly text: string;
}

/** The values of a head by key, each with its line. */
export type Head<Key extends string> = ReadonlyMap<Key, Numbered>;

/** Splits lines into their head and those behind it. Throws Unreadable. */
export function readHead<Key extends string>(
  lines: readonly Numbered[],
  file: string,
  keys: readonly Key[],
): { readonly head: Head<Key>; readonly rest: readonly Numbered[] } {
  const head = new Map<Key, Numbered>();
  for (const [index, line] of lines.entries()) {
    if (passedOver(line.text)) continue;
    const parts = /^([a-z.]+):(.*)$/.exec(line.text);
    if (parts === null) return { head, rest: lines.slice(index) };
    const [, name = '', value = ''] = parts;
    const key = keys.find((one) => one === name);
    if (key === undefined) {
      throw new Unreadable(file, line.number, new Misread(name, `one of ${keys.join(', ')}`, keys).message);
    }
    if (head.has(key)) throw new Unreadable(file, line.number, `${key} is given twice`);
    head.set(key, { number: line.number, text: value.trim() });
  }
  return { head, rest: [] };
}

/** The lines of a file with their numbers. Throws Unreadable for one that is too long or holds what is not text. */
export function linesOf(text: string, file: string): readonly Numbered[] {
  if (text.length > limits.file)
    throw new Unreadable(file, null, `expected at most ${limits.file} characters, found ${text.length}`);
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n|\r$/);
  return lines.map((line, index) => {
    const number = index + 1;
    if (line.length > limits.line)
      throw new Unreadable(file, number, `expected at most ${limits.line} characters, found ${line.length}`);
    // Whatever a terminal might take as an order, or that shows a text other than it is.
    const stray = usual.test(line)
      ? undefined
      : /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u.exec(line.replaceAll('\t', ' '))?.[0];
    if (stray !== undefined) {
      const code = (stray.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      throw new Unreadable(file, number, `expected printable text, found the control character U+${code}`);
    }
    return { number, text: line.replaceAll('\t', ' ').trimEnd() };
  });
}

// ASCII, Chinese and its punctuation: nothing among them is a control character. To ask Unicode for those takes a
// millisecond the first time.
const usual = /^[\t\x20-\x7e\u3001-\u3011\u4e00-\u9fa5\uff01-\uff5e]*$/;

function passedOver(line: string): boolean {
  return line.trim() === '' || line.startsWith('//');
}

/** The script and the transcripts of a scenario. */
export type Script = Pick<Scenario, 'decisions' | 'opening' | 'captions' | 'until' | 'expected'>;

/** Reads the lines behind the head. Throws Unreadable. */
export function readScript(lines: readonly Numbered[], file: string): Script {
  const decisions: Decision[] = [];
  const captions: Caption[] = [];
  const expected = new Map<string, readonly string[]>();
  let opening: Scenario['opening'] | null = null;
  let until: number | null = null;
  let runs = false;
  let last = 0;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined || passedOver(line.text)) continue;
    if (line.text.startsWith(divider.trim())) {
      readTranscripts(lines.slice(index), file, expected);
      break;
    }
    within(line, file, () => {
      const said = sayLine.exec(line.text);
      if (said !== null) {
        readCaption(said, captions);
        if (captions.length > limits.captions) {
          throw new Unreadable(file, line.number, `expected at most ${limits.captions} captions`);
        }
        return;
      }
      const words = new Words(line.text);
      if (words.skip('run')) {
        if (runs) throw new Unreadable(file, line.number, 'run is given twice');
        runs = true;
        if (words.peek() !== '') {
          if (!words.skip('until')) throw new Misread(words.peek(), 'until, or the end of the line', ['until']);
          until = valueIn(words.take(), time);
        }
        words.end();
        return;
      }
      const { at, after } = words.peek() === 'begin' ? { at: last, after: null } : readPlace(words.take(), last);
      if (at < last) {
        throw new Unreadable(
          file,
          line.number,
          `expected a time not before ${seconds(last)}, that of the line above, found ${seconds(at)}`,
        );
      }
      last = at;
      if (words.skip('begin')) {
        if (opening !== null) throw new Unreadable(file, line.number, 'begin is given twice');
        opening = { position: decisions.length, at };
        words.end();
        return;
      }
      if (decisions.length >= limits.decisions) {
        throw new Unreadable(file, line.number, `expected at most ${limits.decisions} decisions`);
      }
      const off = words.skip('off');
      const by = words.skip('you') ? 'person' : 'scenario';
      const action = readAction(words);
      words.end();
      decisions.push({ at, after, action, by, off });
    });
  }
  return { decisions, opening: opening ?? { position: 0, at: 0 }, captions, until, expected };
}

// `0.05 say TEXT`, `0.05/2 say TEXT`, `by rto.fire say TEXT`, `by rto.fire 2 say TEXT`; `say.zh` repeats the anchor above it.
const sayLine = /^(?:by (\S+)(?: (\d{1,4}))?|(\d\S*)) say(\.zh)?(?: +(.*))?$/;

function readCaption(said: RegExpExecArray, captions: Caption[]): void {
  const [, rule, nth = '1', moment = '', chinese, text = ''] = said;
  if (text === '') throw new Misread('', 'what is to be said');
  const anchor = rule === undefined ? timeAnchor(moment) : ruleAnchor(rule, nth);
  if (chinese === undefined) {
    captions.push({ anchor, text: { en: text, zh: text } });
    return;
  }
  const above = captions.pop();
  if (above === undefined || !sameValue(above.anchor, anchor)) {
    throw new Misread('say.zh', 'it below the say of the same event');
  }
  captions.push({ anchor, text: { en: above.text.en, zh: text } });
}

/** The event that a time (`0.05`, `0.05/2`) or a rule and a number name. Throws Misread. */
export function anchorOf(word: string, nth: string | undefined): Anchor {
  return /^\d/.test(word) ? timeAnchor(word) : ruleAnchor(word, nth ?? '1');
}

function timeAnchor(word: string): Anchor {
  const [moment = '', place = '1', ...rest] = word.split('/');
  const at = time.read(moment);
  if (at === undefined || rest.length > 0) throw new Misread(word, 'a time such as 0.05 or 0.05/2');
  return { kind: 'time', at, place: valueIn(place, whole(1, 10_000)) };
}

function ruleAnchor(word: string, nth: string): Anchor {
  const rule: RuleId | undefined = ruleIds.find((id) => id === word);
  if (rule === undefined) throw new Misread(word, 'the id of a rule, as a transcript cites it', ruleIds);
  return { kind: 'rule', rule, nth: valueIn(nth, whole(1, 9_999)) };
}

/** Runs a reader of one line; what it does not understand is told with file and line. */
function within(line: Numbered, file: string, reader: () => void): void {
  try {
    reader();
  } catch (error) {
    if (error instanceof Misread) throw new Unreadable(file, line.number, error.message);
    throw error;
  }
}

// `0.1`, `+50ms` (later than the line above), or `0.1/2`: the second number counts what happens by itself at that time before it.
function readPlace(word: string, last: number): Pick<Decision, 'at' | 'after'> {
  const later = word.startsWith('+');
  const [moment = '', place, ...rest] = word.slice(later ? 1 : 0).split('/');
  const read = time.read(moment);
  if (read === undefined || rest.length > 0) {
    throw new Misread(word, 'a time such as 0.025 or +50ms, begin, run, or ---- and a profile', ['begin', 'run']);
  }
  const at = later ? last + read : read;
  return { at, after: place === undefined ? null : valueIn(place, whole(0, 1_000_000)) };
}

function readTranscripts(lines: readonly Numbered[], file: string, expected: Map<string, readonly string[]>): void {
  let transcript: string[] = [];
  for (const line of lines) {
    if (!line.text.startsWith(divider.trim())) {
      transcript.push(line.text);
      continue;
    }
    const name = line.text.slice(divider.trim().length).trim();
    if (!profiles.has(name)) {
      const names = [...profiles.keys()];
      throw new Unreadable(file, line.number, new Misread(name, `a profile (${names.join(', ')})`, names).message);
    }
    if (expected.has(name)) throw new Unreadable(file, line.number, `a second transcript for ${name}`);
    transcript = [];
    expected.set(name, transcript);
  }
  for (const [name, text] of expected) {
    const last = text.findLastIndex((line) => line !== '');
    expected.set(name, text.slice(0, last + 1));
  }
}

function valueIn<T>(word: string, kind: Notation<T>): T {
  const value = kind.read(word);
  if (value === undefined) throw new Misread(word, kind.expected, kind.words);
  return value;
}

/** What the head of a scenario lays down. Throws Unreadable. */
export function describe(
  head: Head<HeadKey>,
  file: string,
  id: string,
): Pick<Scenario, 'subject' | 'profiles' | 'setting'> {
  const text = (key: HeadKey): string => head.get(key)?.text ?? '';
  const title = text('title') === '' ? id : text('title');
  return {
    subject: {
      id,
      title: { en: title, zh: text('title.zh') === '' ? title : text('title.zh') },
      about: { en: text('about'), zh: text('about.zh') === '' ? text('about') : text('about.zh') },
      group: text('group') === '' ? 'own' : text('group'),
      lesson: readLesson(head, file),
      cites: list(text('cites')),
      minutes: readMinutes(head, file),
      beside: list(text('beside')),
    },
    profiles: readProfiles(head, file),
    setting: readSetting(head, file),
  };
}

// `13`, or `13.1` for what varies lesson 13.
function readLesson(head: Head<HeadKey>, file: string): number | null {
  const line = head.get('lesson');
  if (line === undefined) return null;
  within(line, file, () => {
    if (!/^\d{1,3}(?:\.\d)?$/.test(line.text)) throw new Misread(line.text, 'a number such as 13 or 13.1');
  });
  return Number(line.text);
}

function readMinutes(head: Head<HeadKey>, file: string): number {
  const line = head.get('minutes');
  let minutes = usualMinutes;
  if (line !== undefined) within(line, file, () => (minutes = valueIn(line.text, whole(1, 120))));
  return minutes;
}

function list(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function readProfiles(head: Head<HeadKey>, file: string): readonly string[] {
  const line = head.get('profiles');
  if (line === undefined) return [usualProfile];
  const names = line.text.split(/[\s,]+/).filter((name) => name !== '');
  within(line, file, () => {
    if (names.length === 0) throw new Misread('', `a profile (${[...profiles.keys()].join(', ')})`);
    for (const name of names) {
      if (!profiles.has(name))
        throw new Misread(name, `a profile (${[...profiles.keys()].join(', ')})`, profiles.keys());
    }
  });
  return [...new Set(names)];
}

function readSetting(head: Head<HeadKey>, file: string): Setting {
  const taken = <T>(key: HeadKey, fallback: T, reader: (words: Words) => T): T => {
    const line = head.get(key);
    let value = fallback;
    if (line !== undefined) {
      within(line, file, () => {
        const words = new Words(line.text);
        value = reader(words);
        words.end();
      });
    }
    return value;
  };
  const values = (key: HeadKey): Partial<Profile> => taken(key, {}, readTuning);
  const end = (key: 'client' | 'server', usual: EndSetting): EndSetting => {
    const line = head.get(key);
    const own = { ...usual, values: values(`set.${key}`) };
    return line === undefined ? own : readEnd(line, file, own);
  };
  return {
    seed: taken('seed', usualSetting.seed, (words) => valueIn(words.take(), word32)),
    delay: taken('delay', usualSetting.delay, (words) => {
      const there = valueIn(words.take(), time);
      return [there, words.peek() === '' ? there : valueIn(words.take(), time)];
    }),
    ends: [end('client', usualSetting.ends[0]), end('server', usualSetting.ends[1])],
    values: values('set'),
  };
}

const endWords: readonly string[] = ['iss', 'port', 'address'];

// `iss 100 200, port 40001, address 10.0.0.1`, in any order.
function readEnd(line: Numbered, file: string, usual: EndSetting): EndSetting {
  let end = usual;
  within(line, file, () => {
    for (const clause of list(line.text)) {
      const words = new Words(clause);
      const what = words.take();
      switch (what) {
        case 'iss': {
          const iss: number[] = [];
          if (!words.skip('none')) {
            do iss.push(valueIn(words.take(), word32));
            while (words.peek() !== '');
          }
          end = { ...end, iss };
          break;
        }
        case 'port':
          end = { ...end, port: words.skip('none') ? null : valueIn(words.take(), port) };
          break;
        case 'address':
          end = { ...end, address: valueIn(words.take(), address) };
          break;
      }
      if (!endWords.includes(what)) throw new Misread(what, `one of ${endWords.join(', ')}`, endWords);
      words.end();
    }
  });
  return end;
}
