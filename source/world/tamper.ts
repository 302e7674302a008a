// What a person does to the network, one function each. Nothing here knows TCP's rules.

import type { NetworkNotice } from '../tcp/notice.ts';
import { fromText, none, pattern } from '../tcp/octets.ts';
import { noOptions, Options } from '../tcp/options.ts';
import { ctlOf, Segment } from '../tcp/segment.ts';
import { seq } from '../tcp/seq.ts';
import type { Draft } from './draft.ts';
import { indexOf, other, type SegmentFields, type Tamper } from './event.ts';
import { changed, copyOf, launch, put } from './launch.ts';
import { type Flight, Wire } from './wire.ts';

/** What follows at once: the flight lands, or its sender is told what became of it. */
export type Consequence =
  | { readonly kind: 'land'; readonly flight: Flight }
  | { readonly kind: 'tell'; readonly flight: Flight; readonly what: NetworkNotice };

/** Does it, or says in `draft.refused` why it does not apply. */
export function tamper(draft: Draft, action: Tamper, ghost: Flight | null): Consequence | null {
  switch (action.do) {
    case 'drop':
      return onFlight(draft, action.flight, (flight) => {
        draft.find('net.drop', 'segment', flight.id);
        draft.end(flight, 'dropped');
      });
    case 'delay':
      return onFlight(draft, action.flight, (flight) => {
        draft.find(action.until === null ? 'net.hold' : 'net.delay', 'segment', flight.id);
        put(
          draft,
          changed(flight, {
            due: action.until === null ? Number.POSITIVE_INFINITY : Math.max(action.until, draft.world.now),
          }),
        );
      });
    case 'release':
      return release(draft, action.flight);
    case 'duplicate':
      return duplicate(draft, action, ghost);
    case 'swap':
      return onFlight(draft, action.flight, (flight) => swap(draft, flight));
    case 'edit':
      return onFlight(draft, action.flight, (flight) => {
        draft.find('net.edit', 'segment', flight.id);
        put(draft, changed(flight, { segment: edited(flight.segment, action.fields) }));
      });
    case 'mark':
      return onFlight(draft, action.flight, (flight) => {
        draft.find('net.mark', 'segment', flight.id);
        put(draft, changed(flight, { marked: true }));
      });
    case 'refuse':
      return refuse(draft, action.flight, action.what);
    case 'corrupt':
      return onFlight(draft, action.flight, (flight) => {
        draft.find('net.corrupt', 'segment', flight.id);
        put(draft, changed(flight, { corrupt: true }));
      });
    case 'forge':
      return forge(draft, action);
    case 'rule':
      return addRule(draft, action.rule);
    case 'cut':
      return cut(draft);
    case 'mend':
      if (!draft.world.wire.cut) draft.refused = 'nothing-to-cut';
      draft.world.wire.cut = false;
      return null;
    case 'pace':
      draft.world.wire.pace = action.by;
      return null;
    case 'third':
      draft.world.wire.third = action.answers;
      return null;
  }
}

function onFlight(draft: Draft, id: number, act: (flight: Flight) => void): null {
  const flight = draft.world.wire.flights.at(id);
  if (flight === undefined) draft.refused = id < draft.world.nextFlight ? 'segment-not-in-flight' : 'no-such-segment';
  else act(flight);
  return null;
}

function release(draft: Draft, id: number): Consequence | null {
  let found: Consequence | null = null;
  onFlight(draft, id, (flight) => {
    draft.find('net.release', 'segment', flight.id);
    found = { kind: 'land', flight };
  });
  return found;
}

function refuse(draft: Draft, id: number, what: NetworkNotice): Consequence | null {
  let found: Consequence | null = null;
  onFlight(draft, id, (flight) => {
    draft.find('net.refuse', 'segment', flight.id);
    draft.end(flight, 'refused');
    found = { kind: 'tell', flight, what };
  });
  return found;
}

function duplicate(draft: Draft, action: Extract<Tamper, { do: 'duplicate' }>, ghost: Flight | null): null {
  const flight = draft.world.wire.flights.at(action.flight) ?? ghost;
  if (flight === null || flight.id !== action.flight) {
    draft.refused = 'no-such-segment';
    return null;
  }
  const delay = draft.world.wire.delay[flight.to.host === 0 ? 1 : 0];
  draft.find('net.dup', 'segment', flight.id);
  copyOf(draft, flight, Math.max(action.at ?? draft.world.now + delay, draft.world.now));
  return null;
}

// With the next segment that lands after it in the same direction.
function swap(draft: Draft, flight: Flight): void {
  let second: Flight | null = null;
  for (const candidate of draft.world.wire.flights.values()) {
    if (candidate === flight || candidate.to.host !== flight.to.host || candidate.due === Number.POSITIVE_INFINITY)
      continue;
    const later = candidate.due > flight.due || (candidate.due === flight.due && candidate.id > flight.id);
    if (later && (second === null || candidate.due < second.due)) second = candidate;
  }
  if (second === null) {
    draft.refused = 'no-next-segment';
    return;
  }
  draft.find('net.delay', 'segment', flight.id, 'behind', second.id);
  if (flight.due === second.due) {
    moveBack(draft, flight, second);
    return;
  }
  put(draft, changed(flight, { due: second.due }));
  put(draft, changed(second, { due: flight.due }));
}

// Equal landing times keep the order of ids, so the first one, and whatever lands together with the two but after
// them, has to land a little later than the second.
function moveBack(draft: Draft, first: Flight, second: Flight): void {
  for (const flight of [...draft.world.wire.flights.values()]) {
    const follows = flight.id > second.id && flight.due === first.due && flight.to.host === first.to.host;
    if (flight === first || follows) put(draft, changed(flight, { due: flight.due + 1 }));
  }
}

function edited(segment: Segment, fields: SegmentFields): Segment {
  const { options } = segment;
  const changedOptions =
    fields.mss === undefined &&
    fields.wscale === undefined &&
    fields.sackPermitted === undefined &&
    fields.tsVal === undefined &&
    fields.tsEcr === undefined
      ? options
      : new Options(
          fields.mss === undefined ? options.mss : fields.mss,
          fields.wscale === undefined ? options.wscale : fields.wscale,
          fields.sackPermitted ?? options.sackPermitted,
          fields.tsVal === undefined ? options.tsVal : fields.tsVal,
          fields.tsEcr ?? options.tsEcr,
          options.sack,
          options.unknown,
        );
  const data =
    fields.text !== undefined
      ? fromText(fields.text)
      : fields.len === undefined
        ? segment.data
        : pattern(0, fields.len);
  return new Segment(
    fields.seq === undefined ? segment.seq : seq(fields.seq),
    fields.ack === undefined ? segment.ack : seq(fields.ack),
    fields.ctl === undefined ? segment.ctl : ctlOf(fields.ctl),
    fields.wnd ?? segment.wnd,
    fields.up ?? segment.up,
    data,
    changedOptions,
  );
}

function forge(draft: Draft, action: Extract<Tamper, { do: 'forge' }>): null {
  const { hosts, now, wire } = draft.world;
  const to = action.to === 'client' ? 0 : 1;
  const from = indexOf(action.from);
  const known = latestConnection(draft, to);
  const toPort = action.toPort ?? known?.localPort ?? 80;
  const fromPort = action.port ?? known?.remotePort ?? 40_001;
  const fromAddress = action.address ?? (from === -1 ? '192.0.2.66' : hosts[from].address);
  const blank = new Segment(seq(0), seq(0), 0, 65_535, 0, none, noOptions);
  const due = Math.max(action.at ?? now + wire.delay[to === 0 ? 1 : 0], now);
  draft.find('net.forge', 'to', toPort);
  launch(
    draft,
    { fromAddress, fromPort, toAddress: hosts[to].address, toPort, segment: edited(blank, action.fields) },
    { due, forged: true },
  );
  return null;
}

// The ports that a person most likely means: those of the target's latest connection, or of the one its peer has opened towards it.
function latestConnection(draft: Draft, host: 0 | 1): { localPort: number; remotePort: number } | null {
  let found: { localPort: number; remotePort: number } | null = null;
  let open: { localPort: number; remotePort: number } | null = null;
  for (const socket of draft.world.hosts[host].sockets.values()) {
    if (socket.remotePort !== 0) found = { localPort: socket.localPort, remotePort: socket.remotePort };
    else open = { localPort: socket.localPort, remotePort: 0 };
  }
  if (found !== null) return found;
  for (const socket of draft.world.hosts[other(host)].sockets.values()) {
    if (socket.remotePort !== 0) found = { localPort: socket.remotePort, remotePort: socket.localPort };
  }
  if (found !== null || open === null) return found;
  return { localPort: open.localPort, remotePort: draft.world.hosts[other(host)].nextPort };
}

function addRule(draft: Draft, wanted: Extract<Tamper, { do: 'rule' }>['rule']): null {
  const { wire, now } = draft.world;
  const id = wire.rules.reduce((highest, rule) => Math.max(highest, rule.id), 0) + 1;
  const since = now + (wanted.after ?? 0);
  const until = wanted.duration === null ? Number.POSITIVE_INFINITY : since + wanted.duration;
  const { match, nth, percent, by, what = 'hard', goesOn = false } = wanted;
  const next = new Wire(wire);
  const rule = { id, do: wanted.do, match, nth, percent, since, until, by, what, goesOn, seen: 0 };
  next.rules = [...wire.rules, rule];
  draft.world.wire = next;
  return null;
}

function cut(draft: Draft): null {
  if (draft.world.wire.cut) draft.refused = 'nothing-to-cut';
  draft.find('net.cut');
  draft.world.wire.cut = true;
  return null;
}
