// How fast the engine is and how much its history costs. Run with `npm run bench`; nothing here is a test.

import type { Call } from '../../source/host/call.ts';
import type { Decision } from '../../source/session/decision.ts';
import { Timeline } from '../../source/session/timeline.ts';
import type { Profile } from '../../source/tcp/profile.ts';
import { rfc9293 } from '../../source/tcp/profiles/rfc9293.ts';
import type { Action } from '../../source/world/event.ts';
import { next, step } from '../../source/world/step.ts';
import { type World, world } from '../../source/world/world.ts';

/** One figure of the report. */
export interface Figure {
  readonly name: string;
  readonly value: string;
}

function beginning(overrides: Partial<Profile>, delay: number): World {
  return world({
    profile: { ...rfc9293.values, ...overrides },
    seed: 1,
    delay: [delay, delay],
    iss: [[], []],
    addresses: ['10.0.0.1', '10.0.0.2'],
    ports: [null, null],
    overrides: [{}, {}],
  });
}

function decision(at: number, action: Action): Decision {
  return { at, after: null, action, by: 'scenario', off: false };
}

function call(at: number, host: 0 | 1, made: Call): Decision {
  return decision(at, { kind: 'call', host, call: made });
}

const listen: Call = { do: 'listen', port: 80, backlog: 10_000, options: {}, as: null };
const accept: Call = { do: 'accept', on: null, as: null };
const connect = {
  do: 'connect',
  port: null,
  from: null,
  to: null,
  iss: null,
  options: {},
  payload: null,
  as: null,
} as const satisfies Call;
const read: Call = { do: 'read', on: null };

// Twice, because buffers are let go of only in the collection after that of their objects.
function collect(): void {
  globalThis.gc?.();
  globalThis.gc?.();
}

// Objects and the octets of buffers, which the heap does not count.
function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

// Time of this thread, so that other programs on the machine do not count.
function seconds(work: () => void): number {
  const from = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(from);
  return (user + system) / 1_000_000;
}

/** So many octets from client to server with 1 % of the segments lost, every step kept in the history. */
function transfer(octets: number): Timeline {
  const drop = decision(0, {
    kind: 'tamper',
    tamper: {
      do: 'rule',
      rule: {
        do: 'drop',
        match: { from: 'client', flags: null, without: null, len: { is: '>', octets: 0 } },
        nth: null,
        percent: { of: 1, seed: 7 },
        duration: null,
        by: 0,
      },
    },
  });
  const decisions = [
    call(0, 1, listen),
    call(0, 1, accept),
    call(0, 0, connect),
    drop,
    call(1_000_000, 1, read),
    call(1_000_000, 0, { do: 'send', on: null, payload: { octets }, urgent: false, push: true }),
  ];
  return new Timeline(beginning({}, 5_000), decisions);
}

/** Segments a second, and octets kept a step, until all octets are read. */
export function bulk(octets: number): { readonly rate: number; readonly memory: number } {
  const timeline = transfer(octets);
  collect();
  const before = memory();
  const took = seconds(() => {
    timeline.reach(10_000_000);
  });
  collect();
  const kept = memory() - before;
  const last = timeline.worldAt(timeline.reached);
  const received = [...last.hosts[1].sockets.values()].reduce((sum, socket) => sum + socket.read, 0);
  if (received !== octets) throw new Error(`${received} of ${octets} octets arrived`);
  return { rate: (last.nextFlight - 1) / took, memory: kept / timeline.reached };
}

/** Jumps to random steps of a history of so many. */
export function jumps(steps: number): Figure {
  const timeline = transfer(1_000_000_000);
  timeline.reach(steps);
  const times: number[] = [];
  let state = 12_345;
  for (let count = 0; count < 5_000; count++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const index = 1 + (state % (timeline.reached - 1));
    const from = performance.now();
    timeline.stepAt(index);
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(3);
  return { name: `jump to any of ${timeline.reached} steps`, value: `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms` };
}

/**
 * So many connections, each with a handshake, 1 KB and a close, one every `apart` microseconds, and each open for
 * `open` microseconds: the CPU seconds of it all give the rate.
 */
export function connections(
  count: number,
  apart: number,
  open: number,
): { readonly rate: number; readonly most: number } {
  const overrides: Partial<Profile> = { timeWait: 20_000, ports: [1_024, 65_535], msl: 1_000_000 };
  const decisions: Decision[] = [call(0, 1, listen)];
  for (let index = 0; index < count; index++) {
    const name = `k${index}`;
    const at = 1_000 + index * apart;
    decisions.push(call(at, 0, { ...connect, as: name }));
    decisions.push(call(at + 15_001, 1, { do: 'accept', on: null, as: name }));
    decisions.push(call(at + 15_002, 1, { do: 'read', on: name }));
    decisions.push(
      call(at + 20_000, 0, { do: 'send', on: name, payload: { octets: 1_000 }, urgent: false, push: true }),
    );
    decisions.push(call(at + 20_000 + open, 0, { do: 'close', on: name }));
    decisions.push(call(at + 30_000 + open, 1, { do: 'close', on: name }));
  }
  decisions.sort((a, b) => a.at - b.at);
  let now = beginning(overrides, 5_000);
  let most = 0;
  const took = seconds(() => {
    let position = 0;
    for (;;) {
      const event = next(now);
      const decision = decisions[position];
      if (decision !== undefined && (event === null || decision.at < event.at)) {
        position += 1;
        now = step(now, { kind: 'decision', at: decision.at, action: decision.action, ghost: null }, false).world;
      } else if (event !== null) now = step(now, event, false).world;
      else break;
      most = Math.max(most, now.hosts[0].sockets.size);
    }
  });
  const left = now.hosts[0].sockets.size + now.hosts[1].sockets.size;
  if (left !== 1) throw new Error(`${left} sockets are left, not the listener alone`);
  return { rate: count / took, most };
}
