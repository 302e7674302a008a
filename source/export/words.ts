// What happened in one event, in English words: the lines of transcripts and the `what` of JSON.

import { isAccident, type Return } from '../host/call.ts';
import type { Host, Socket } from '../host/host.ts';
import { phrase } from '../session/print.ts';
import { shownSocket, shownState } from '../session/shown.ts';
import { seconds } from '../session/time.ts';
import { backedOff } from '../tcp/rtt.ts';
import type { RuleId } from '../tcp/rules.ts';
import { notation } from '../tcp/segment.ts';
import type { Action, Event } from '../world/event.ts';
import type { Refusal, Step } from '../world/outcome.ts';
import type { Fate, FateReason, Flight, HostIndex } from '../world/wire.ts';

/** Who decided an event; null for what happens by itself. */
export type Who = 'scenario' | 'person' | null;

/** `client`, `server` or `third`. */
export function nameOf(host: HostIndex): 'client' | 'server' | 'third' {
  if (host === -1) return 'third';
  return host === 0 ? 'client' : 'server';
}

/** The rules that an event followed, at one host or (null) anywhere, each once, in order; checks that merely passed are left out. */
export function rulesOf(step: Step, host: HostIndex | null = null): readonly RuleId[] {
  const own = step.findings.filter(({ place }) => host === null || place.host === host);
  return [...new Set(own.map(({ rule }) => rule))].filter((rule) => !rule.startsWith('check.'));
}

/** What happened, in half a line: `#1 <SEQ=100><CTL=SYN> arrives at server`. */
export function headline(step: Step, who: Who): string {
  const { event } = step;
  const what = eventWords(event, step, who);
  return step.refused === null ? what : `${what}: ${refusals[step.refused]}`;
}

function eventWords(event: Event, step: Step, who: Who): string {
  switch (event.kind) {
    case 'arrival': {
      const fate = step.fates.find((one) => one.flight.id === event.flight.id);
      const segment = `#${event.flight.id} ${notation(event.flight.segment)}`;
      return fate === undefined || fate.reason === 'delivered'
        ? `${segment} arrives at ${nameOf(event.flight.to.host)}`
        : `${segment} ${fateWords[fate.reason]}`;
    }
    case 'expiry':
      return `${nameOf(event.host)} ${event.timer} timer expires`;
    case 'decision':
      return actionWords(event.action, who ?? 'scenario');
  }
}

function actionWords(action: Action, who: 'scenario' | 'person'): string {
  const words = phrase(action);
  if (action.kind === 'tamper') return `${who} ${words.replace(/^[a-z]+/, (verb) => `${verb}s`)}`;
  const by = who === 'person' ? ' (person)' : '';
  const host = nameOf(action.host);
  const { call } = action;
  const said = words.slice(host.length + 1);
  if (!isAccident(call)) return `${host} calls ${said}${by}`;
  switch (call.do) {
    case 'crash':
    case 'boot':
    case 'tune':
      return `${host} ${said.replace(/^[a-z]+/, (verb) => (verb === 'crash' ? 'crashes' : `${verb}s`))}${by}`;
    case 'kill':
      return `${host} process is killed${by}`;
  }
}

/** Why a decision changes nothing. */
const refusals: Readonly<Record<Refusal, string>> = {
  'no-such-segment': 'no such segment',
  'segment-not-in-flight': 'that segment is no longer on the wire',
  'no-such-socket': 'no such socket',
  'host-down': 'the host is down',
  'host-up': 'the host is up',
  'wrong-state': 'not in this state',
  'no-next-segment': 'no other segment in this direction',
  'nothing-to-cut': 'the cable is in that state already',
  'bad-segment': 'no such segment can exist',
};

/** The end of a segment, as a predicate. */
export const fateWords: Readonly<Record<FateReason, string>> = {
  delivered: 'arrives',
  dropped: 'is dropped',
  'dropped-by-rule': 'is dropped by a rule',
  refused: 'is refused by the network, and its sender told',
  corrupt: 'is discarded: its checksum is wrong',
  'cable-cut': 'is lost: the cable is cut',
  'host-down': 'is lost: the host is down',
  expired: 'is lost: older than the maximum segment lifetime',
  'third-party': 'leaves for an address that belongs to neither host',
};

/** What an event brought about, one thing a line: segments, states, timeouts, what applications were told. */
export function* consequences(step: Step): Generator<string> {
  for (const flight of step.sent) yield sending(flight, step.fates);
  for (const fate of step.fates) {
    if (!saidAlready(step.event, fate) && !step.sent.some((flight) => flight.id === fate.flight.id)) {
      yield `#${fate.flight.id} ${fate.reason === 'delivered' ? `arrives at ${nameOf(fate.flight.to.host)}` : fateWords[fate.reason]}`;
    }
  }
  for (const host of [0, 1] as const) {
    yield* changes(step, host);
    yield* queues(step, host);
  }
  for (const { host, octets } of step.deliveries) {
    yield `${host === 0 ? 'client' : 'server'} application reads ${octets.length} octets`;
  }
  for (const one of step.returns) yield returnWords(one);
}

// A host with one connection speaks for it; where there are several, each is named by the port on the client's side.
function* changes(step: Step, host: 0 | 1): Generator<string> {
  const [was, is] = [step.before.hosts[host], step.world.hosts[host]];
  if (was === is) return;
  const [old, fresh] = [shownSocket(was), shownSocket(is)];
  if (new Set([...latest(was), ...latest(is)]).size <= 1) {
    const [before, after] = [shownState(was), shownState(is)];
    if (before !== after) yield `${nameOf(host)} ${before} -> ${after}`;
  } else {
    for (const change of step.transitions) {
      const socket = is.sockets.at(change.socket) ?? was.sockets.at(change.socket);
      if (change.host !== host) continue;
      yield `${nameOf(host)} (${socket === undefined ? '' : peerOf(step, host, socket)}) ${change.was} -> ${change.is}`;
    }
  }
  const [before, after] = [timeoutOf(was, old), timeoutOf(is, fresh)];
  if (old?.id === fresh?.id && before !== null && after !== null && before !== after) {
    yield `${nameOf(host)} RTO ${seconds(before)} -> ${seconds(after)}`;
  }
}

// Two connections are several: more need not be counted.
function latest(host: Host): readonly number[] {
  const ids: number[] = [];
  for (const { id, tcb } of host.sockets.backwards()) {
    if (tcb.state !== 'LISTEN' && tcb.state !== 'CLOSED') ids.push(id);
    if (ids.length === 2) break;
  }
  return ids;
}

function peerOf(step: Step, host: 0 | 1, socket: Socket): string {
  if (socket.remotePort === 0) return String(socket.localPort);
  const { address } = step.world.hosts[host === 0 ? 1 : 0];
  const elsewhere = socket.remoteAddress !== address;
  if (host === 0) return elsewhere ? `${socket.localPort} to ${socket.remoteAddress}` : String(socket.localPort);
  return elsewhere ? `${socket.remoteAddress}:${socket.remotePort}` : String(socket.remotePort);
}

// How many requests and finished connections a listener holds, where that has changed.
function* queues(step: Step, host: 0 | 1): Generator<string> {
  const [was, is] = [step.before.hosts[host], step.world.hosts[host]];
  if (was === is) return;
  for (const [id, { listener }] of is.sockets.since(was.sockets)) {
    const old = was.sockets.at(id)?.listener;
    if (listener === null || old == null || listener === old) continue;
    yield* counted(`${nameOf(host)} SYN queue`, old.synQueue.length, listener.synQueue.length);
    yield* counted(`${nameOf(host)} accept queue`, old.acceptQueue.length, listener.acceptQueue.length);
  }
}

function* counted(what: string, was: number, is: number): Generator<string> {
  if (was !== is) yield `${what} ${was} -> ${is}`;
}

// The headline names an arriving segment, and one that is dropped, together with its end.
function saidAlready(event: Event, { flight }: Fate): boolean {
  switch (event.kind) {
    case 'arrival':
      return event.flight.id === flight.id;
    case 'decision': {
      const { action } = event;
      return (
        action.kind === 'tamper' &&
        (action.tamper.do === 'drop' || action.tamper.do === 'refuse') &&
        action.tamper.flight === flight.id
      );
    }
    case 'expiry':
      return false;
  }
}

function sending(flight: Flight, fates: readonly Fate[]): string {
  const segment = `#${flight.id} ${notation(flight.segment)}`;
  const fate = fates.find((one) => one.flight.id === flight.id && one.reason !== 'delivered');
  const end = fate === undefined ? '' : `; it ${fateWords[fate.reason]}`;
  if (flight.forged) return `${segment} is forged, from ${nameOf(flight.from.host)} to ${nameOf(flight.to.host)}${end}`;
  if (flight.copyOf !== 0) return `${segment} is a copy of #${flight.copyOf}${end}`;
  return `${nameOf(flight.from.host)} sends ${segment}${end}`;
}

// The retransmission timeout with its back-off, in microseconds.
function timeoutOf(host: Host, socket: Socket | null): number | null {
  const tcb = socket?.tcb;
  return tcb !== undefined && 'rtt' in tcb ? backedOff(tcb.rtt, host.profile) : null;
}

function returnWords({ host, name, call, result }: Return): string {
  const socket = name === '' ? '' : ` on ${name}`;
  const what = `${host === 0 ? 'client' : 'server'} ${call === 'receive' ? 'recv' : call}${socket}`;
  switch (result.kind) {
    case 'ok':
      return `${what} returns`;
    case 'octets':
      return `${what} returns ${result.count} octets`;
    case 'eof':
      return `${what}: EOF`;
    case 'status': {
      const { state, sendWindow, receiveWindow, unacknowledged, unread, urgent } = result.status;
      const sizes = `unacknowledged ${unacknowledged}, unread ${unread}, urgent ${urgent}`;
      return `${what}: ${state}, send window ${sendWindow}, receive window ${receiveWindow}, ${sizes}`;
    }
    case 'error':
      return `${what}: ${result.error}`;
  }
}
