// The next step asked before it is shown: a question, choices, and the right one.

import { hash } from '../host/hash.ts';
import type { Bilingual } from '../session/bilingual.ts';
import type { Question } from '../session/handbook.ts';
import { phrase } from '../session/print.ts';
import { shownState } from '../session/shown.ts';
import type { Entry, Timeline } from '../session/timeline.ts';
import { ctlNames, type Segment } from '../tcp/segment.ts';
import type { State } from '../tcp/tcb.ts';
import type { Step } from '../world/outcome.ts';

/** What is asked about. */
export type QuizKind =
  /** The state of an end after the step. */
  | 'state'
  /** Which segment leaves. */
  | 'segment'
  /** Who acts next, when nothing is on the wire. */
  | 'who'
  /** What an application is told. */
  | 'application';

/** One question about the step that comes next. */
export interface Quiz {
  readonly kind: QuizKind;
  /** Index of the step that is asked about. */
  readonly index: number;
  readonly question: Bilingual;
  /** In the order in which they are offered. */
  readonly choices: readonly Bilingual[];
  /** Which of them is right, from 0. */
  readonly right: number;
}

/**
 * A question about the step after `index`; null where there is none, or nothing about it could be foreseen (what a
 * person or the scenario does to the network). The same moment always asks the same.
 */
export function quizAt(course: Timeline, index: number): Quiz | null {
  const entry = course.entryAt(index + 1);
  if (entry === null) return null;
  const { event } = entry.step;
  if (event.kind === 'decision' && event.action.kind === 'tamper') return null;
  const asked = [waiting(entry), state(entry), sending(entry), telling(entry)].filter((quiz) => quiz !== null);
  return asked[hash(1, entry.index) % Math.max(1, asked.length)] ?? null;
}

/** The questions of the interview drill in their order. */
export function drill(questions: readonly Question[]): readonly Question[] {
  return questions.filter(({ drill: place }) => place !== null).toSorted((a, b) => (a.drill ?? 0) - (b.drill ?? 0));
}

const parties = [
  { en: 'the client', zh: '客户端' },
  { en: 'the server', zh: '服务端' },
] as const satisfies readonly Bilingual[];

function party(host: number): Bilingual {
  return host === 0 ? parties[0] : parties[1];
}

// What is known before the step: the segment that lands, or the call that is made. A timer gives nothing away.
function cause({ event }: Step): Bilingual | null {
  switch (event.kind) {
    case 'arrival': {
      const { id, to, segment } = event.flight;
      const name = `#${id} ${flags(segment)}`;
      return to.host === -1
        ? null
        : { en: `${name} arrives at ${party(to.host).en}.`, zh: `${name} 到达${party(to.host).zh}。` };
    }
    case 'decision': {
      if (event.action.kind === 'tamper') return null;
      const { host, call } = event.action;
      const words = phrase(event.action).split(' ').slice(1).join(' ');
      if (call.do === 'crash') return { en: `${capital(party(host).en)} crashes.`, zh: `${party(host).zh}宕机。` };
      return { en: `${capital(party(host).en)} calls ${words}.`, zh: `${party(host).zh}调用 ${words}。` };
    }
    case 'expiry':
      return null;
  }
}

function state(entry: Entry): Quiz | null {
  const { step } = entry;
  const given = cause(step);
  const host = [0, 1].find((one) => shown(step.before, one) !== shown(step.world, one));
  if (given === null || host === undefined) return null;
  const [was, is] = [shown(step.before, host), shown(step.world, host)];
  const wrong = near[was].filter((one) => one !== is && one !== was);
  return quiz(
    entry,
    'state',
    {
      en: `${given.en} In which state is ${party(host).en} then?`,
      zh: `${given.zh}此后${party(host).zh}处于什么状态？`,
    },
    same(is),
    [was, ...wrong].map(same),
  );
}

function sending(entry: Entry): Quiz | null {
  const { step } = entry;
  const given = cause(step);
  if (given === null) return null;
  const [first] = step.sent;
  const right = first === undefined ? nothing : same(flags(first.segment));
  // That nothing leaves is worth asking only where something lands.
  if (first === undefined && step.event.kind !== 'arrival') return null;
  const wrong = [nothing, ...['ACK', 'SYN,ACK', 'RST', 'FIN,ACK', 'SYN'].map(same)];
  return quiz(
    entry,
    'segment',
    { en: `${given.en} What does it send?`, zh: `${given.zh}它会发送什么？` },
    right,
    wrong,
  );
}

function waiting(entry: Entry): Quiz | null {
  const { event } = entry.step;
  if (event.kind !== 'expiry') return null;
  const wrong = [party(event.host === 0 ? 1 : 0), { en: 'nobody: it stays so for ever', zh: '没有人：将一直如此' }];
  return quiz(
    entry,
    'who',
    { en: 'Nothing arrives for a while. Who acts next?', zh: '一段时间内没有报文段到达。接下来谁会行动？' },
    party(event.host),
    wrong,
  );
}

function telling(entry: Entry): Quiz | null {
  const { step } = entry;
  const given = cause(step);
  const answer = step.returns.find(({ call }) => call === 'connect' || call === 'accept' || call === 'read');
  if (given === null || answer === undefined || step.event.kind !== 'arrival') return null;
  const { result, call, host } = answer;
  const right = result.kind === 'error' ? same(result.error) : result.kind === 'eof' ? endOfFile : returns;
  const wrong = [returns, same('ECONNRESET'), same('ETIMEDOUT'), endOfFile, same('ECONNREFUSED'), nothing];
  return quiz(
    entry,
    'application',
    {
      en: `${given.en} What does ${call}() of ${party(host).en}'s application get?`,
      zh: `${given.zh}${party(host).zh}应用的 ${call}() 得到什么？`,
    },
    right,
    wrong,
  );
}

const nothing: Bilingual = { en: 'nothing', zh: '什么也没有' };
const endOfFile: Bilingual = { en: 'end-of-file', zh: '文件结束（EOF）' };
const returns: Bilingual = { en: 'it returns: all is well', zh: '正常返回' };

// Four choices at most, in an order that gives nothing away and never changes.
function quiz(
  { index }: Entry,
  kind: QuizKind,
  question: Bilingual,
  right: Bilingual,
  others: readonly Bilingual[],
): Quiz {
  const wrong = others.filter(
    (one, place) => one.en !== right.en && others.findIndex(({ en }) => en === one.en) === place,
  );
  const some = wrong.slice(0, 3);
  const place = hash(2, index) % (some.length + 1);
  return {
    kind,
    index,
    question,
    choices: [...some.slice(0, place), right, ...some.slice(place)],
    right: place,
  };
}

function shown(world: Step['world'], host: number): State {
  return shownState(host === 0 ? world.hosts[0] : world.hosts[1]);
}

function same(text: string): Bilingual {
  return { en: text, zh: text };
}

function flags({ ctl, data }: Segment): string {
  const names = ctlNames(ctl).join(',');
  return data.length === 0 ? names : `${names} LEN=${data.length}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** States that one might think of next: neighbours in RFC 9293 Figure 5, and usual mistakes. */
const near: Readonly<Record<State, readonly State[]>> = {
  CLOSED: ['SYN-SENT', 'LISTEN', 'ESTABLISHED'],
  LISTEN: ['SYN-RECEIVED', 'ESTABLISHED', 'SYN-SENT'],
  'SYN-SENT': ['ESTABLISHED', 'SYN-RECEIVED', 'CLOSED'],
  'SYN-RECEIVED': ['ESTABLISHED', 'LISTEN', 'CLOSED'],
  ESTABLISHED: ['CLOSE-WAIT', 'FIN-WAIT-1', 'TIME-WAIT', 'CLOSED'],
  'FIN-WAIT-1': ['FIN-WAIT-2', 'CLOSING', 'TIME-WAIT'],
  'FIN-WAIT-2': ['TIME-WAIT', 'CLOSED', 'CLOSING'],
  'CLOSE-WAIT': ['LAST-ACK', 'CLOSED', 'TIME-WAIT'],
  CLOSING: ['TIME-WAIT', 'CLOSED', 'LAST-ACK'],
  'LAST-ACK': ['CLOSED', 'TIME-WAIT', 'LISTEN'],
  'TIME-WAIT': ['CLOSED', 'LISTEN', 'LAST-ACK'],
};
