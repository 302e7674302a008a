// Anything a person could decide, at any time: values for properties.
import fc from 'fast-check';
import type { Call, Payload } from '../../source/host/call.ts';
import type { Decision } from '../../source/session/decision.ts';
import type { Profile } from '../../source/tcp/profile.ts';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { rfc9293 } from '../../source/tcp/profiles/rfc9293.ts';
import { textbook } from '../../source/tcp/profiles/textbook.ts';
import { controls, isControl } from '../../source/tcp/segment.ts';
import type { SocketOptions } from '../../source/tcp/socket.ts';
import type { Action, SegmentFields, Tamper } from '../../source/world/event.ts';
import type { Match, Nth } from '../../source/world/wire.ts';

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });

const word32 = fc.oneof(
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff),
);
const port = fc.integer({ min: 1, max: 65_535 });
const flight = fc.integer({ min: 1, max: 30 });
const duration = fc.oneof(
  fc.integer({ min: 0, max: 5_000_000 }),
  fc.integer({ min: 0, max: 400 }).map((n) => n * 1_000_000),
);
const flags = fc.uniqueArray(fc.constantFrom(...Object.keys(controls).filter(isControl)), { maxLength: 4 });
const socketName = fc.constantFrom('a', 'b', 'listener', 'x-1_y');
const payload: fc.Arbitrary<Payload> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ octets: fc.constantFrom(1, 2, 5, 100, 1_459, 1_460, 1_461, 4_380, 70_000) }) },
  { weight: 1, arbitrary: fc.record({ text: fc.string({ unit: 'binary', maxLength: 12 }) }) },
);

/** Some options of a socket. */
export const options: fc.Arbitrary<Partial<SocketOptions>> = fc.record(
  {
    nodelay: fc.boolean(),
    cork: fc.boolean(),
    quickAck: maybe(fc.boolean()),
    keepalive: fc.boolean(),
    keepaliveIdle: maybe(fc.integer({ min: 1_000_000, max: 20_000_000 })),
    keepaliveInterval: maybe(fc.integer({ min: 1_000_000, max: 20_000_000 })),
    keepaliveProbes: maybe(fc.integer({ min: 1, max: 9 })),
    userTimeout: maybe(fc.integer({ min: 1_000_000, max: 60_000_000 })),
    linger: maybe(fc.constantFrom(0, 5)),
    receiveBuffer: maybe(fc.constantFrom(10, 1_000, 4_096, 65_535)),
    sendBuffer: maybe(fc.constantFrom(100, 4_096, 65_535)),
    maxSegment: maybe(fc.constantFrom(88, 536, 1_460)),
    reuseAddress: fc.boolean(),
    urgentInline: fc.boolean(),
    congestion: maybe(fc.constantFrom('reno' as const, 'cubic' as const)),
  },
  { requiredKeys: [] },
);

/** Some values of some profile: every field, and every value that occurs in one. */
export const tuning: fc.Arbitrary<Partial<Profile>> = fc
  .constantFrom(rfc9293, textbook, linux)
  .chain(({ values }) =>
    fc
      .uniqueArray(fc.constantFrom(...Object.keys(values)), { minLength: 1, maxLength: 5 })
      .map((fields) => Object.fromEntries(Object.entries(values).filter(([field]) => fields.includes(field)))),
  );

const some = (values: fc.Arbitrary<Partial<SocketOptions>>): fc.Arbitrary<Partial<SocketOptions>> =>
  values.filter((chosen) => Object.keys(chosen).length > 0);

/** Any call. */
export const call: fc.Arbitrary<Call> = fc.oneof(
  fc.record({
    do: fc.constant('listen' as const),
    port: fc.oneof(fc.constant(80), port),
    backlog: fc.integer({ min: 0, max: 5 }),
    options: fc.oneof(fc.constant({}), options),
    as: maybe(socketName),
  }),
  fc.record({ do: fc.constant('accept' as const), on: maybe(socketName), as: maybe(socketName) }),
  fc.record({
    do: fc.constant('connect' as const),
    port: maybe(fc.oneof(fc.constant(80), port)),
    from: maybe(fc.constantFrom(80, 40_001, 50_000)),
    to: maybe(fc.constantFrom('10.0.0.1', '10.0.0.2', '192.0.2.1')),
    iss: maybe(word32),
    options: fc.oneof(fc.constant({}), options),
    payload: maybe(payload),
    as: maybe(socketName),
  }),
  fc.record({
    do: fc.constant('send' as const),
    on: maybe(socketName),
    payload,
    urgent: fc.boolean(),
    push: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('receive' as const),
    on: maybe(socketName),
    octets: fc.integer({ min: 1, max: 5_000 }),
    urgent: fc.boolean(),
  }),
  fc.record({ do: fc.constant('read' as const), on: maybe(socketName) }),
  fc.record({
    do: fc.constant('shutdown' as const),
    on: maybe(socketName),
    how: fc.constantFrom('RD' as const, 'WR' as const, 'RDWR' as const),
  }),
  fc.record({ do: fc.constantFrom('close' as const, 'abort' as const, 'status' as const), on: maybe(socketName) }),
  fc.record({ do: fc.constant('set' as const), on: maybe(socketName), options: some(options) }),
  fc.record({ do: fc.constantFrom('kill' as const, 'crash' as const, 'boot' as const) }),
  fc.record({ do: fc.constant('tune' as const), values: tuning }),
  fc.record({ do: fc.constant('bind' as const), port: fc.constantFrom(53, 69) }),
  fc.record({ do: fc.constant('sendto' as const), payload, port: fc.constantFrom(53, 69, 80) }),
);

const fields: fc.Arbitrary<SegmentFields> = fc.record(
  {
    seq: word32,
    ack: word32,
    ctl: flags,
    wnd: fc.integer({ min: 0, max: 65_535 }),
    up: fc.integer({ min: 0, max: 65_535 }),
    len: fc.constantFrom(0, 1, 100, 1_460),
    text: fc.string({ unit: 'binary', maxLength: 8 }),
    mss: maybe(fc.constantFrom(0, 1, 536, 1_460, 65_535)),
    wscale: maybe(fc.integer({ min: 0, max: 20 })),
    sackPermitted: fc.boolean(),
    tsVal: maybe(word32),
    tsEcr: word32,
  },
  { requiredKeys: [] },
);

const near: fc.Arbitrary<SegmentFields> = fc.record(
  {
    seq: fc.integer({ min: 85, max: 320 }),
    ack: fc.integer({ min: 85, max: 320 }),
    ctl: fc.constantFrom(['SYN'], ['ACK'], ['SYN', 'ACK'], ['FIN', 'ACK'], ['RST'], ['RST', 'ACK'], []),
    len: fc.constantFrom(0, 5),
    wnd: fc.constantFrom(0, 100, 65_535),
  },
  { requiredKeys: [] },
);

const notice = fc.oneof(
  fc.constantFrom('soft' as const, 'hard' as const),
  fc.record({ mtu: fc.constantFrom(68, 576, 1_400) }),
);
const relation = fc.constantFrom('=' as const, '>' as const, '<' as const);
const bound = fc.record({ is: relation, limit: fc.integer({ min: 0, max: 70_000 }) });

const match: fc.Arbitrary<Match> = fc.record(
  {
    from: maybe(fc.constantFrom('client' as const, 'server' as const, 'third' as const)),
    flags: maybe(flags),
    without: maybe(flags),
    len: maybe(fc.record({ is: relation, octets: fc.integer({ min: 0, max: 2_000 }) })),
    exactly: fc.array(flags, { minLength: 1, maxLength: 3 }),
    seq: bound,
    ack: bound,
    wnd: bound,
    size: bound,
    again: fc.boolean(),
    port,
    toPort: port,
  },
  { requiredKeys: ['from', 'flags', 'without', 'len'] },
);

const nth: fc.Arbitrary<Nth> = fc.oneof(
  fc.integer({ min: 1, max: 5 }),
  fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 4 }),
  fc.record({ from: fc.integer({ min: 1, max: 5 }) }),
);

const standing = {
  match,
  nth: maybe(nth),
  percent: maybe(fc.record({ of: fc.integer({ min: 0, max: 100 }), seed: word32 })),
  duration: maybe(duration),
  by: fc.constantFrom(0, 10_000, 1_500_000),
  after: duration,
  goesOn: fc.constant(true as const),
};
const required = ['do', 'match', 'nth', 'percent', 'duration', 'by'] as const;

// Only what is refused says something to its sender.
const order: fc.Arbitrary<Extract<Tamper, { do: 'rule' }>['rule']> = fc.oneof(
  fc.record(
    {
      do: fc.constantFrom('drop' as const, 'delay' as const, 'duplicate' as const, 'hold' as const, 'mark' as const),
      ...standing,
    },
    { requiredKeys: [...required] },
  ),
  fc.record({ do: fc.constant('refuse' as const), what: notice, ...standing }, { requiredKeys: [...required] }),
);

/** Any interference with the network. */
export const tamper: fc.Arbitrary<Tamper> = fc.oneof(
  fc.record({
    do: fc.constantFrom('drop' as const, 'release' as const, 'swap' as const, 'corrupt' as const),
    flight,
  }),
  fc.record({ do: fc.constant('mark' as const), flight }),
  fc.record({
    do: fc.constant('refuse' as const),
    flight,
    what: notice,
  }),
  fc.record({ do: fc.constant('delay' as const), flight, until: maybe(duration) }),
  fc.record({ do: fc.constant('duplicate' as const), flight, at: maybe(duration) }),
  fc.record({
    do: fc.constant('edit' as const),
    flight,
    fields: fc.oneof(fields, near).filter((chosen) => Object.keys(chosen).length > 0),
  }),
  fc.record({
    do: fc.constant('forge' as const),
    from: fc.constantFrom('client' as const, 'server' as const, 'third' as const),
    to: fc.constantFrom('client' as const, 'server' as const),
    address: maybe(fc.constantFrom('10.0.0.9', '192.0.2.66')),
    port: maybe(port),
    toPort: maybe(fc.constantFrom(80, 40_001)),
    fields: fc.oneof(fields, near),
    at: maybe(duration),
  }),
  fc.record({ do: fc.constant('rule' as const), rule: order }),
  fc.record({ do: fc.constantFrom('cut' as const, 'mend' as const) }),
  fc.record({ do: fc.constant('third' as const), answers: fc.constantFrom('silent' as const, 'reset' as const) }),
);

/** Anything that can be decided. */
export const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('call' as const), host: fc.constantFrom(0 as const, 1 as const), call }),
  fc.record({ kind: fc.constant('tamper' as const), tamper }),
);

/** Any decision within the first few seconds, or much later. */
export const decision: fc.Arbitrary<Decision> = fc.record({
  at: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 60 }).map((n) => n * 50_000) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 4_000_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 300_000_000 }) },
  ),
  after: maybe(fc.integer({ min: 0, max: 3 })),
  action,
  by: fc.constantFrom('scenario' as const, 'person' as const),
  off: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

/** A list of decisions in order of time. */
export const decisions = (most: number): fc.Arbitrary<readonly Decision[]> =>
  fc.array(decision, { maxLength: most }).map((list) => list.toSorted((a, b) => a.at - b.at));

const busy = fc.integer({ min: 1, max: 40 });

/** What two applications and a bad network do: much is sent and read, little is closed; nothing is forged or changed. */
const trafficAction: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('call' as const),
      host: fc.constantFrom(0 as const, 1 as const),
      call: fc.oneof(
        {
          weight: 5,
          arbitrary: fc.record({
            do: fc.constant('send' as const),
            on: fc.constant(null),
            payload: fc.record({ octets: fc.constantFrom(1, 5, 100, 1_460, 4_380, 20_000, 70_000) }),
            urgent: fc.constant(false),
            push: fc.boolean(),
          }),
        },
        { weight: 2, arbitrary: fc.record({ do: fc.constant('read' as const), on: fc.constant(null) }) },
        {
          weight: 2,
          arbitrary: fc.record({
            do: fc.constant('receive' as const),
            on: fc.constant(null),
            octets: fc.constantFrom(1, 100, 5_000),
            urgent: fc.constant(false),
          }),
        },
        {
          weight: 1,
          arbitrary: fc.record({ do: fc.constant('set' as const), on: fc.constant(null), options: some(options) }),
        },
        {
          weight: 1,
          arbitrary: fc.record({
            do: fc.constant('shutdown' as const),
            on: fc.constant(null),
            how: fc.constant('WR' as const),
          }),
        },
        { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), on: fc.constant(null) }) },
      ),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('tamper' as const),
      tamper: fc.oneof(
        fc.record({
          do: fc.constantFrom(
            'drop' as const,
            'release' as const,
            'swap' as const,
            'corrupt' as const,
            'mark' as const,
          ),
          flight: busy,
        }),
        fc.record({ do: fc.constant('delay' as const), flight: busy, until: maybe(duration) }),
        fc.record({ do: fc.constant('duplicate' as const), flight: busy, at: maybe(duration) }),
        fc.record({
          do: fc.constant('rule' as const),
          rule: fc.record({
            do: fc.constantFrom('drop' as const, 'delay' as const, 'duplicate' as const),
            match: fc.record({
              from: maybe(fc.constantFrom('client' as const, 'server' as const)),
              flags: fc.constant(null),
              without: fc.constant(null),
              len: fc.constant(null),
            }),
            nth: maybe(fc.integer({ min: 1, max: 9 })),
            percent: maybe(fc.record({ of: fc.integer({ min: 5, max: 40 }), seed: word32 })),
            duration: fc.integer({ min: 100_000, max: 5_000_000 }),
            by: fc.constantFrom(10_000, 200_000, 1_500_000),
          }),
        }),
      ),
    }),
  },
);

/** Traffic over a bad network, in order of time, from 0.2 s on. */
export const traffic = (most: number): fc.Arbitrary<readonly Decision[]> =>
  fc
    .array(
      fc.record({
        at: fc.integer({ min: 4, max: 200 }).map((n) => n * 50_000),
        after: maybe(fc.integer({ min: 0, max: 3 })),
        action: trafficAction,
        by: fc.constant('person' as const),
        off: fc.constant(false),
      }),
      { maxLength: most },
    )
    .map((list) => list.toSorted((a, b) => a.at - b.at));
