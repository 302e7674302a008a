// Whatever happens, the sequence spaces stay in order (RFC 9293 section 3.4, compared on the circle).
import { describe, expect, it } from 'vitest';
import { add, atOrBefore, distance } from '../../source/tcp/seq.ts';
import type { Tcb } from '../../source/tcp/tcb.ts';
import { enough, hold, profileNames, schedules, stepsOf } from './law.ts';

/** What is wrong with one TCB, and with what it became in one step. */
const objections = (was: Tcb | undefined, is: Tcb): readonly string[] => {
  if (!('snd' in is)) return [];
  const found: string[] = [];
  const { snd, outstanding } = is;
  if (!atOrBefore(snd.una, snd.nxt)) found.push(`SND.UNA ${snd.una} > SND.NXT ${snd.nxt}`);
  if (!atOrBefore(snd.iss, snd.una)) found.push(`ISS ${snd.iss} > SND.UNA ${snd.una}`);
  let from = snd.una;
  for (const sent of outstanding) {
    if (!atOrBefore(from, add(sent.seq, sent.length)) || !atOrBefore(add(sent.seq, sent.length), snd.nxt)) {
      found.push(`in flight: ${sent.seq}+${sent.length} outside SND.UNA ${snd.una} .. SND.NXT ${snd.nxt}`);
    }
    from = sent.seq;
  }
  if (was !== undefined && 'snd' in was) {
    if (!atOrBefore(was.snd.una, snd.una)) found.push(`SND.UNA went back from ${was.snd.una} to ${snd.una}`);
    if (!atOrBefore(was.snd.nxt, snd.nxt)) found.push(`SND.NXT went back from ${was.snd.nxt} to ${snd.nxt}`);
  }
  if ('rcv' in is) {
    if (is.rcv.wnd < 0) found.push(`RCV.WND ${is.rcv.wnd} < 0`);
    if (distance(is.rcv.nxt, is.rcv.irs) < 0) found.push(`RCV.NXT ${is.rcv.nxt} < IRS ${is.rcv.irs}`);
    if (was !== undefined && 'rcv' in was && was.rcv.irs === is.rcv.irs) {
      if (!atOrBefore(was.rcv.nxt, is.rcv.nxt)) found.push(`RCV.NXT went back from ${was.rcv.nxt} to ${is.rcv.nxt}`);
      const [before, after] = [add(was.rcv.nxt, was.rcv.wnd), add(is.rcv.nxt, is.rcv.wnd)];
      // SHLD-14; a FIN takes a number that the window need not have had room for.
      if (distance(after, before) < 0) found.push(`the window's right edge went back from ${before} to ${after}`);
    }
  }
  return found;
};

describe.each(profileNames)('in profile %s', { timeout: enough }, (profile) => {
  it('SND.UNA =< SND.NXT, and no edge ever goes back, whatever is decided', () => {
    hold(schedules(profile), (course) => {
      for (const { step } of stepsOf(course)) {
        for (const host of [0, 1] as const) {
          for (const [id, socket] of step.world.hosts[host].sockets.entries()) {
            const old = step.before.hosts[host].sockets.at(id);
            if (old !== socket) expect(objections(old?.tcb, socket.tcb)).toEqual([]);
          }
        }
      }
    });
  });

  it('time never goes back, and segments are numbered in the order of sending', () => {
    hold(
      schedules(profile),
      (course) => {
        for (const { step } of stepsOf(course)) {
          expect(step.world.now).toBeGreaterThanOrEqual(step.before.now);
          expect(step.world.now).toBe(step.event.at);
          expect(step.sent.map((flight) => flight.id)).toEqual(
            step.sent.map((_, index) => step.before.nextFlight + index),
          );
          for (const flight of step.world.wire.flights.values())
            expect(flight.due).toBeGreaterThanOrEqual(step.world.now);
        }
      },
      200,
    );
  });
});
