// A question in English or Chinese -> the lessons that answer it. English by word stems, Chinese by pairs of characters.

import type { Bilingual } from '../session/bilingual.ts';
import type { Anchor } from '../session/caption.ts';
import type { Question } from '../session/handbook.ts';
import { distance } from '../session/nearest.ts';
import type { Subject } from '../session/session.ts';

/** Something that answers: a question of the handbook, or a scenario whose title and words fit. */
export interface Found {
  /** null where it is a scenario by itself. */
  readonly question: Question | null;
  /** The question as it is shown, or the scenario's title. */
  readonly title: Bilingual;
  readonly answer: Bilingual;
  /** Scenarios and the steps to open them at (null: their opening), the best first. */
  readonly at: readonly { readonly scenario: string; readonly anchor: Anchor | null }[];
  /** How well it fits, 0 to about 1.4. */
  readonly score: number;
}

/** Below this nothing fits. */
const least = 0.2;

/** Somebody who answers: words -> what answers them, the best first; empty where nothing fits. */
export function answers(
  questions: readonly Question[],
  subjects: readonly Subject[],
): (words: string, most?: number) => readonly Found[] {
  const shelf = new Shelf([...questions.map(ofQuestion), ...subjects.map(ofSubject)]);
  return (words, most = 5) => shelf.find(words, most);
}

/** Whether words are Chinese: then they are answered in Chinese. */
export function isChinese(words: string): boolean {
  return /\p{Script=Han}/u.test(words);
}

/** A thing that can be found: the ways it may be asked for, and what else is said about it. */
interface Item {
  readonly found: Omit<Found, 'score'>;
  readonly phrasings: readonly string[];
  readonly rest: string;
  /** What its best possible score is worth: a question before a scenario's mere title. */
  readonly worth: number;
}

function ofQuestion(question: Question): Item {
  const { asked, answer, at } = question;
  return {
    found: {
      question,
      title: { en: asked.en[0] ?? question.id, zh: asked.zh[0] ?? question.id },
      answer,
      at,
    },
    phrasings: [...asked.en, ...asked.zh],
    rest: `${question.id} ${asked.en.join(' ')} ${asked.zh.join(' ')} ${answer.en} ${answer.zh}`,
    worth: 1,
  };
}

function ofSubject({ id, title, about }: Subject): Item {
  return {
    found: { question: null, title, answer: about, at: [{ scenario: id, anchor: null }] },
    phrasings: [title.en, title.zh, id],
    rest: `${id} ${title.en} ${title.zh} ${about.en} ${about.zh}`,
    worth: 0.8,
  };
}

type Vector = ReadonlyMap<string, number>;

class Shelf {
  private readonly items: readonly Item[];
  private readonly counts: ReadonlyMap<string, number>;
  /** English words that say something, as they are written, four letters or longer. */
  private readonly known: ReadonlySet<string>;
  private readonly vectors: readonly { readonly phrasings: readonly Vector[]; readonly rest: Vector }[];

  constructor(items: readonly Item[]) {
    this.items = items;
    const counts = new Map<string, number>();
    for (const { rest } of items) {
      for (const token of new Set(tokens(rest))) counts.set(token, (counts.get(token) ?? 0) + 1);
    }
    this.counts = counts;
    this.known = new Set(
      items.flatMap(({ rest }) => (rest.toLowerCase().match(/[a-z]{4,}/g) ?? []).filter((word) => !idle.has(word))),
    );
    this.vectors = items.map(({ phrasings, rest }) => ({
      phrasings: phrasings.map((phrasing) => this.vector(phrasing)),
      rest: this.vector(rest),
    }));
  }

  find(words: string, most: number): readonly Found[] {
    const wanted = this.vector(this.spelt(words));
    return this.items
      .map(({ found, worth }, index) => {
        const { phrasings = [], rest = new Map() } = this.vectors[index] ?? {};
        const best = Math.max(0, ...phrasings.map((phrasing) => alike(wanted, phrasing)));
        return { ...found, score: worth * (best + 0.4 * covered(wanted, rest)) };
      })
      .filter(({ score }) => score >= least)
      .toSorted((a, b) => b.score - a.score)
      .slice(0, most);
  }

  private vector(text: string): Vector {
    return new Map(tokens(text).map((token) => [token, this.rarity(token) * tokenWeight(token)]));
  }

  // What stands nowhere says little about what is meant.
  private rarity(token: string): number {
    const count = this.counts.get(token);
    return count === undefined ? 1 : Math.log((this.items.length + 1) / (count + 0.5));
  }

  // English words that stand nowhere, as those that they are a slip of the keys away from.
  private spelt(words: string): string {
    return words.toLowerCase().replace(/[a-z]{4,}/g, (word) => {
      if (this.known.has(word) || idle.has(word) || tokens(word).every((token) => this.counts.has(token))) return word;
      const slips = word.length < 8 ? 1 : 2;
      const near = [...this.known]
        .filter((one) => Math.abs(one.length - word.length) <= slips)
        .map((one) => ({ one, away: distance(word, one) }))
        .filter(({ away }) => away <= slips)
        .toSorted((x, y) => x.away - y.away);
      return near[0]?.one ?? word;
    });
  }
}

// A single character says less than two together, and how it is asked less than what is asked about.
const asking: ReadonlySet<string> = new Set(['why', 'not', 'different']);

function tokenWeight(token: string): number {
  if (asking.has(token)) return 0.4;
  return [...token].length === 1 && isChinese(token) ? 0.3 : 1;
}

// The cosine of the angle between two weighted sets of words.
function alike(a: Vector, b: Vector): number {
  const lengths = Math.sqrt(square(a) * square(b));
  return lengths === 0 ? 0 : common(a, b) / lengths;
}

// The share of the words wanted that are there.
function covered(wanted: Vector, there: Vector): number {
  const whole = square(wanted);
  return whole === 0 ? 0 : common(wanted, new Map([...wanted].filter(([token]) => there.has(token)))) / whole;
}

function common(a: Vector, b: Vector): number {
  let sum = 0;
  for (const [token, weight] of a) sum += weight * (b.get(token) ?? 0);
  return sum;
}

function square(a: Vector): number {
  return common(a, a);
}

/** Words as they are compared: stems of English words, single characters and pairs of Chinese ones. */
export function tokens(text: string): readonly string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\b(two|three|four|[234])[\s-]*way\b/g, '$1 ')
    .replace(/(?<=[a-z0-9])[_-](?=[a-z0-9])/g, '')
    .replace(/\b(time|close|keep|half|fin)\s+(wait|alive|open|closed?)\b/g, '$1$2')
    .replace(/(?<=\d)(?=[a-z])/g, ' ')
    .replace(/\btim(?:e|es|ed|ing)\s+out\b/g, 'timeout')
    .replace(/为什么|为何|为啥|干嘛/g, ' why ')
    .replace(/(?:的|有什么)?区别|有什么不同/g, ' different ')
    .replace(/丢[失包掉]?了?/g, '丢')
    .replace(/太多|很多|过多|好多/g, '大量')
    .replace(askingWords, ' ')
    .replace(/[二两]/g, '2')
    .replaceAll('三', '3')
    .replaceAll('四', '4')
    .replace(/(?<=\p{Script=Han})\s+(?=\d)|(?<=\d)\s+(?=\p{Script=Han})/gu, '');
  const found: string[] = [];
  for (const [run] of plain.matchAll(/[\p{Script=Han}\d]*\p{Script=Han}[\p{Script=Han}\d]*|[a-z]+\d*|\d+/gu)) {
    if (isChinese(run)) found.push(...pairs(run));
    else if (!idle.has(run)) found.push(stem(run));
  }
  return found;
}

/** Chinese words that only say that something is asked. */
const askingWords =
  /会?(?:怎么办|怎么样|怎么|怎样|如何|咋办|咋|发生什么)|是什么|什么是|什么时候|什么情况下?|什么|请问|一下/g;

function pairs(run: string): readonly string[] {
  const characters = [...run];
  const two = characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
  return [...characters.filter((character) => !idleCharacters.has(character)), ...two];
}

/** Words that say nothing about what is asked. */
const idle: ReadonlySet<string> = new Set(
  (
    'a an and are as at be been but by can could did do does for from had has have how i if in into is it its me my of on ' +
    'or so than that the their them then there these they this to was we were what when which while who will with ' +
    'would you your one until during between good get gets much tcp actually exactly happen happens happened please tell explain mean means show'
  ).split(' '),
);

const idleCharacters: ReadonlySet<string> = new Set([...'的了是吗呢么在和与会有什怎样这那就也都把被为个']);

/** Other words for the same, by stem. */
const same: Readonly<Record<string, string>> = {
  two: '2',
  twice: '2',
  three: '3',
  third: '3',
  four: '4',
  fourth: '4',
  packet: 'segment',
  message: 'segment',
  datagram: 'udp',
  lost: 'los',
  loss: 'los',
  drop: 'los',
  missing: 'los',
  miss: 'los',
  vanish: 'los',
  disappear: 'los',
  reset: 'rst',
  resend: 'retransmit',
  resent: 'retransmit',
  repeat: 'retransmit',
  retry: 'retransmit',
  terminat: 'clos',
  terminate: 'clos',
  teardown: 'clos',
  disconnect: 'clos',
  shut: 'clos',
  end: 'clos',
  finish: 'clos',
  wave: 'clos',
  open: 'handshak',
  handshaking: 'handshak',
  sent: 'send',
  die: 'crash',
  died: 'crash',
  dead: 'crash',
  fail: 'crash',
  kill: 'crash',
  attack: 'flood',
  ddos: 'flood',
  host: 'machin',
  computer: 'machin',
  prevent: 'protect',
  defend: 'protect',
  against: 'protect',
  differ: 'different',
  differenc: 'different',
  vs: 'different',
  versus: 'different',
  compar: 'different',
  established: 'establish',
  isn: 'initial',
};

// As much of Porter's idea as short questions need.
function stem(word: string): string {
  const known = same[word];
  if (known !== undefined) return known;
  let root = word;
  if (root.length > 4) {
    root = root
      .replace(/(?:ies)$/, 'y')
      .replace(/(?<=[sxz]|ch|sh)es$/, '')
      .replace(/(?<![su])s$/, '')
      .replace(/(?<=.{3})(?:ing|ed)$/, '')
      .replace(/([bdgmnprt])\1$/, '$1')
      .replace(/(?<=.{3})e$/, '');
  } else root = root.replace(/(?<=.{3})s$/, '').replace(/(?<=.{3})e$/, '');
  return same[root] ?? root;
}
