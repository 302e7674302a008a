// (world, event) -> (world, findings): same world, same event, same result; nothing else is looked at.

import { perform } from '../host/perform.ts';
import { expireTimer, receivePacket, takeNotice } from '../host/receive.ts';
import { type Packet, Work } from '../host/work.ts';
import { arriveClosed } from '../tcp/arrival/closed.ts';
import type { NetworkNotice } from '../tcp/notice.ts';
import { Turn } from '../tcp/outcome.ts';
import type { RuleId } from '../tcp/rules.ts';
import type { Segment } from '../tcp/segment.ts';
import { first } from '../tcp/timers.ts';
import { Draft } from './draft.ts';
import { type Event, other } from './event.ts';
import { launch } from './launch.ts';
import type { Step } from './outcome.ts';
import { tamper } from './tamper.ts';
import type { FateReason, Flight } from './wire.ts';
import type { World } from './world.ts';

/** The next thing that happens by itself: the earliest arrival or timer; null when the network is quiet. */
export function next(world: Readonly<World>): Event | null {
  const landing = world.wire.flights.earliest;
  const [client, server] = world.hosts;
  const due = Math.min(client.sockets.earliest, server.sockets.earliest);
  if (landing === Number.POSITIVE_INFINITY && due === Number.POSITIVE_INFINITY) return null;
  if (landing <= due) {
    const found = world.wire.flights.next();
    return found === null ? null : { kind: 'arrival', at: Math.max(landing, world.now), flight: found.entry };
  }
  const host = client.sockets.earliest <= server.sockets.earliest ? 0 : 1;
  const found = world.hosts[host].sockets.next();
  if (found === null || !('timers' in found.entry.tcb)) return null;
  const timer = first(found.entry.tcb.timers);
  if (timer === null) return null;
  return { kind: 'expiry', at: Math.max(due, world.now), host, socket: found.id, timer };
}

/**
 * One event. The world passed in is not changed. Without `explain` the step carries no findings; everything else
 * is the same, so long stretches can be replayed for less.
 */
export function step(world: World, event: Event, explain = true): Step {
  const draft = new Draft(world, event.at, explain);
  const work = happen(draft, event);
  if (work !== null) {
    work.publish();
    draft.world.hosts = work.host.index === 0 ? [work.host, world.hosts[1]] : [world.hosts[0], work.host];
    for (const packet of work.packets) launch(draft, packet);
    draft.refused ??= work.refused;
  }
  return {
    event,
    before: world,
    world: draft.world,
    findings: draft.findings ?? [],
    sent: draft.sent,
    fates: draft.fates,
    returns: work === null ? [] : work.returns,
    deliveries: work === null ? [] : work.deliveries,
    transitions: work === null ? [] : work.transitions,
    refused: draft.refused,
  };
}

function happen(draft: Draft, event: Event): Work | null {
  switch (event.kind) {
    case 'arrival':
      return land(draft, event.flight);
    case 'expiry': {
      const work = workOn(draft, event.host);
      expireTimer(work, event.socket, event.timer);
      return work;
    }
    case 'decision': {
      const { action } = event;
      if (action.kind === 'tamper') {
        const then = tamper(draft, action.tamper, event.ghost);
        if (then === null) return null;
        return then.kind === 'land' ? land(draft, then.flight) : tell(draft, then.flight, then.what);
      }
      const work = workOn(draft, action.host);
      perform(work, action.call);
      return work;
    }
  }
}

function workOn(draft: Draft, index: 0 | 1): Work {
  const { world } = draft;
  return new Work(world.hosts[index], world.now, world.hosts[other(index)].address, draft.findings);
}

// A segment reaches the end of its way, if nothing stands in it.
function land(draft: Draft, flight: Flight): Work | null {
  const { world } = draft;
  if (world.wire.cut) return lost(draft, flight, 'cable-cut', 'net.cut');
  if (world.now - flight.sentAt > world.wire.lifetime) return lost(draft, flight, 'expired', 'net.msl-expired');
  if (flight.to.host === -1) return reachThird(draft, flight);
  if (!world.hosts[flight.to.host].running) return lost(draft, flight, 'host-down', 'net.host-down');
  if (flight.corrupt) return lost(draft, flight, 'corrupt', 'net.corrupt');
  if (flight.refusal !== null) {
    lost(draft, flight, 'refused', 'net.refuse');
    return tell(draft, flight, flight.refusal);
  }
  draft.end(flight, 'delivered');
  const work = workOn(draft, flight.to.host);
  work.marked = flight.marked;
  receivePacket(work, packetOf(flight));
  return work;
}

// A router cannot carry this segment on and says so to its sender.
function tell(draft: Draft, flight: Flight, what: NetworkNotice): Work | null {
  if (flight.from.host === -1) return null;
  const work = workOn(draft, flight.from.host);
  takeNotice(work, packetOf(flight), what);
  return work;
}

function lost(draft: Draft, flight: Flight, reason: FateReason, rule: RuleId): null {
  draft.find(rule, 'segment', flight.id);
  draft.end(flight, reason);
  return null;
}

// An address that belongs to neither host: nobody there, or somebody who never asked for this.
function reachThird(draft: Draft, flight: Flight): null {
  if (draft.world.wire.third === 'silent') return lost(draft, flight, 'third-party', 'net.third-silent');
  lost(draft, flight, 'third-party', 'net.third-reset');
  for (const reply of refusals(draft, flight.segment)) {
    launch(draft, {
      fromAddress: flight.to.address,
      fromPort: flight.to.port,
      toAddress: flight.from.address,
      toPort: flight.from.port,
      segment: reply,
    });
  }
  return null;
}

function refusals(draft: Draft, segment: Segment): readonly Segment[] {
  const { profile } = draft.world.hosts[0];
  const place = { host: -1, socket: 0 };
  const turn = new Turn(
    {
      now: draft.world.now,
      profile,
      place,
      listening: false,
      admission: 'open',
      marked: false,
      repetitionsLeft: null,
      fresh: false,
      findings: draft.findings,
    },
    { state: 'LISTEN' },
  );
  arriveClosed(turn, segment);
  return turn.segments;
}

function packetOf(flight: Flight): Packet {
  return {
    fromAddress: flight.from.address,
    fromPort: flight.from.port,
    toAddress: flight.to.address,
    toPort: flight.to.port,
    segment: flight.segment,
  };
}
