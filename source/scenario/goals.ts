// Challenges: a state of the world to be reached by one's own decisions, as a predicate, with its text.

import type { Bilingual } from '../session/bilingual.ts';
import { Watch } from '../session/invariant.ts';
import { shownStates } from '../session/shown.ts';
import type { Timeline } from '../session/timeline.ts';
import type { RuleId } from '../tcp/rules.ts';
import type { SocketError } from '../tcp/socket.ts';
import type { State } from '../tcp/tcb.ts';
import type { World } from '../world/world.ts';

/** Something to bring about. */
export interface Goal {
  readonly id: string;
  readonly title: Bilingual;
  /** What has to be so, and perhaps where to begin. */
  readonly text: Bilingual;
  /** The scenario to begin with. */
  readonly scenario: string;
  /** Whether it is so at the moment with this index of a course of events. */
  readonly reached: (course: Timeline, index: number) => boolean;
}

/** Every challenge, the easier ones first. */
export const goals: readonly Goal[] = [
  {
    id: 'close-wait',
    title: { en: 'Leave the server in CLOSE-WAIT', zh: '让服务端停留在 CLOSE-WAIT' },
    text: {
      en: 'The server shows CLOSE-WAIT, the client FIN-WAIT-2, and nothing is on the wire.',
      zh: '服务端为 CLOSE-WAIT，客户端为 FIN-WAIT-2，线路上没有报文段。',
    },
    scenario: 'hs-basic',
    reached: (course, index) => show(course, index, 'FIN-WAIT-2', 'CLOSE-WAIT') && still(course.worldAt(index)),
  },
  {
    id: 'half-open',
    title: { en: 'The client ESTABLISHED, the server CLOSED', zh: '客户端 ESTABLISHED，服务端 CLOSED' },
    text: {
      en: 'The client believes in a connection of which the server knows nothing.',
      zh: '客户端认为连接存在，服务端却没有这个连接。',
    },
    scenario: 'hs-basic',
    reached: (course, index) => alone(course.worldAt(index)),
  },
  {
    id: 'both-time-wait',
    title: { en: 'Both in TIME-WAIT', zh: '双方都处于 TIME-WAIT' },
    text: { en: 'Both ends show TIME-WAIT at once.', zh: '两端同时处于 TIME-WAIT。' },
    scenario: 'hs-basic',
    reached: (course, index) => show(course, index, 'TIME-WAIT', 'TIME-WAIT'),
  },
  {
    id: 'server-time-wait',
    title: { en: 'TIME-WAIT on the server', zh: '让服务端进入 TIME-WAIT' },
    text: {
      en: 'The server is in TIME-WAIT, and the client has no connection any more.',
      zh: '服务端处于 TIME-WAIT，客户端已没有连接。',
    },
    scenario: 'hs-basic',
    reached: (course, index) => show(course, index, 'CLOSED', 'TIME-WAIT'),
  },
  {
    id: 'no-listener',
    title: { en: 'A connection without a listener', zh: '没有监听端也能建立连接' },
    text: {
      en: 'Both ends are ESTABLISHED, and neither has ever listened.',
      zh: '两端都是 ESTABLISHED，而且谁都没有监听过。',
    },
    scenario: 'refused',
    reached: (course, index) =>
      show(course, index, 'ESTABLISHED', 'ESTABLISHED') && !cited(course, index, 'open.passive', 'listen.syn-accept'),
  },
  {
    id: 'timed-out',
    title: { en: 'Make connect() time out', zh: '使 connect() 超时' },
    text: { en: 'An application is told ETIMEDOUT.', zh: '有应用得到 ETIMEDOUT。' },
    scenario: 'hs-basic',
    reached: (course, index) => told(course, index, 'ETIMEDOUT'),
  },
  {
    id: 'three-segments',
    title: { en: 'Close with three segments', zh: '三次挥手' },
    text: {
      en: 'The ACK of a FIN leaves together with the FIN of its own side.',
      zh: '对 FIN 的确认与本端的 FIN 在同一个报文段中发出。',
    },
    scenario: 'close-3-quick',
    reached: (course, index) => cited(course, index, 'fin.merged-with-ack'),
  },
  {
    id: 'accept-queue',
    title: { en: 'Exhaust the accept queue', zh: '填满全连接队列' },
    text: {
      en: 'The server turns a finished handshake away because nobody calls accept().',
      zh: '服务端因无人调用 accept() 而拒绝已完成的握手。',
    },
    scenario: 'syn-queue',
    reached: (course, index) =>
      cited(course, index, 'accept.overflow-drop', 'accept.overflow-rst', 'listen.acceptq-full'),
  },
  {
    id: 'syn-queue',
    title: { en: 'Exhaust the SYN queue', zh: '填满半连接队列' },
    text: {
      en: 'The server drops a SYN because its queue of half-open connections is full.',
      zh: '服务端因半连接队列已满而丢弃 SYN。',
    },
    scenario: 'hs-basic',
    reached: (course, index) => cited(course, index, 'listen.synq-full', 'listen.cookie-sent'),
  },
  {
    id: 'zero-window',
    title: { en: 'Close the window', zh: '让窗口关闭' },
    text: {
      en: 'A sender has data, the window is closed, and its persist timer runs.',
      zh: '发送方有数据，窗口已关闭，坚持定时器在走。',
    },
    scenario: 'close-4',
    reached: (course, index) => probing(course.worldAt(index)),
  },
  {
    id: 'assassin',
    title: { en: 'End a TIME-WAIT early', zh: '让 TIME-WAIT 提前结束' },
    text: {
      en: 'A reset ends TIME-WAIT before its time is over.',
      zh: '一个 RST 使 TIME-WAIT 提前结束。',
    },
    scenario: 'close-4',
    reached: (course, index) => cited(course, index, 'time-wait.rst-assassinated'),
  },
  {
    id: 'corrupt',
    title: { en: 'Deliver what nobody sent', zh: '让应用读到没有人发送过的数据' },
    text: {
      en: 'An application reads octets that its peer did not send on this connection.',
      zh: '应用读到对端在本连接上没有发送过的数据。',
    },
    scenario: 'hs-basic',
    reached: (course, index) => corrupted(course, index),
  },
];

/** The challenges that hold at a moment. */
export function goalsReached(course: Timeline, index: number): readonly Goal[] {
  return goals.filter((goal) => goal.reached(course, index));
}

// How far each goal has been looked for in a course of events, and where it was first reached.
const looked = new WeakMap<Timeline, Map<string, { readonly to: number; readonly at: number | null }>>();

/** The first moment up to `index`, from the opening on, at which a goal was reached; null where there is none. */
export function reachedBy(goal: Goal, course: Timeline, index: number): number | null {
  const known = looked.get(course) ?? new Map<string, { readonly to: number; readonly at: number | null }>();
  looked.set(course, known);
  const before = known.get(goal.id) ?? { to: course.openingIndex - 1, at: null };
  if (before.at !== null) return before.at <= index ? before.at : null;
  for (let at = before.to + 1; at <= Math.min(index, course.openingIndex + most); at++) {
    if (!goal.reached(course, at)) continue;
    known.set(goal.id, { to: at, at });
    return at;
  }
  known.set(goal.id, { to: Math.max(before.to, index), at: null });
  return null;
}

/** Events that are looked through for what has happened. */
const most = 5_000;

function show(course: Timeline, index: number, client: State, server: State): boolean {
  const [one, other] = shownStates(course.worldAt(index));
  return one === client && other === server;
}

// Nothing that would land by itself.
function still({ wire }: World): boolean {
  return [...wire.flights.values()].every((flight) => flight.due === Number.POSITIVE_INFINITY);
}

function alone({ hosts: [client, server] }: World): boolean {
  const known = [...server.sockets.values()];
  return [...client.sockets.values()].some(
    ({ tcb, localPort, remotePort }) =>
      tcb.state === 'ESTABLISHED' &&
      !known.some(
        (socket) => socket.localPort === remotePort && socket.remotePort === localPort && socket.tcb.state !== 'CLOSED',
      ),
  );
}

function probing({ hosts }: World): boolean {
  return hosts.some((host) =>
    [...host.sockets.values()].some(({ tcb }) => 'timers' in tcb && tcb.timers.persist < Number.POSITIVE_INFINITY),
  );
}

function cited(course: Timeline, index: number, ...rules: readonly RuleId[]): boolean {
  return happened(course, index, ({ findings }) => findings.some(({ rule }) => rules.includes(rule)));
}

function told(course: Timeline, index: number, error: SocketError): boolean {
  return happened(course, index, ({ returns }) =>
    returns.some(({ result }) => result.kind === 'error' && result.error === error),
  );
}

function corrupted(course: Timeline, index: number): boolean {
  const watch = new Watch();
  return happened(course, index, (step) =>
    watch.next(step).some(({ invariant }) => invariant === 'stream-equal' || invariant === 'delivered-once'),
  );
}

function happened(course: Timeline, index: number, found: (step: Parameters<Watch['next']>[0]) => boolean): boolean {
  for (const { step } of course.steps(1, Math.min(index, most))) if (found(step)) return true;
  return false;
}
