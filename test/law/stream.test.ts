// Whatever the network does, applications read what the other application wrote: from its beginning, in order, nothing twice.
// (As long as nobody forges or changes segments, and initial sequence numbers are not chosen to collide.)
import { describe, expect, it } from 'vitest';
import type { Socket } from '../../source/host/host.ts';
import type { Timeline } from '../../source/session/timeline.ts';
import type { World } from '../../source/world/world.ts';
import { enough, hold, honest, profileNames, schedules, stepsOf } from './law.ts';

/** A direction of a connection: who sends, between which ports, from which ISS on. */
const writerKey = (host: number, socket: Socket): string | null =>
  'snd' in socket.tcb ? `${host} ${socket.localPort} ${socket.remotePort} ${socket.tcb.snd.iss}` : null;

const readerKey = (host: number, socket: Socket): string | null =>
  'rcv' in socket.tcb ? `${1 - host} ${socket.remotePort} ${socket.localPort} ${socket.tcb.rcv.irs}` : null;

/** What has been written into each direction, octet by octet, as seen at the end of the send queue. */
const noteWrites = (written: Map<string, number[]>, before: World, after: World): void => {
  for (const host of [0, 1] as const) {
    for (const [id, socket] of after.hosts[host].sockets.entries()) {
      const more = socket.written - (before.hosts[host].sockets.at(id)?.written ?? 0);
      const key = writerKey(host, socket);
      if (more === 0 || key === null || !('queue' in socket.tcb)) continue;
      const { queue } = socket.tcb;
      const stream = written.get(key) ?? [];
      stream.push(...queue.peek(queue.length - more, more).bytes());
      written.set(key, stream);
    }
  }
};

/** Who reads what: a socket that is CLOSED may still hand out what had come before. */
const noteReaders = (readers: Map<string, string>, world: World): void => {
  for (const host of [0, 1] as const) {
    for (const [id, socket] of world.hosts[host].sockets.entries()) {
      const key = readerKey(host, socket);
      if (key !== null) readers.set(`${host}/${id}`, key);
    }
  }
};

const check = (course: Timeline): number => {
  const written = new Map<string, number[]>();
  const readers = new Map<string, string>();
  const read = new Map<string, number>();
  let octets = 0;
  for (const { step } of stepsOf(course)) {
    noteWrites(written, step.before, step.world);
    noteReaders(readers, step.world);
    for (const { host, socket, octets: delivered } of step.deliveries) {
      const known = readers.get(`${host}/${socket}`) ?? 'nobody';
      const key = `${known} to ${host}/${socket}`;
      const from = read.get(key) ?? 0;
      const wanted = (written.get(known) ?? []).slice(from, from + delivered.length);
      expect([...delivered.bytes()]).toEqual(wanted);
      read.set(key, from + delivered.length);
      octets += delivered.length;
    }
  }
  return octets;
};

describe.each(profileNames)('in profile %s', { timeout: enough }, (profile) => {
  it('what is read is what was written, from its beginning on', () => {
    let octets = 0;
    hold(schedules(profile, honest), (course) => {
      octets += check(course);
    });
    // The law would hold for silence as well.
    expect(octets).toBeGreaterThan(100_000);
  });
});
