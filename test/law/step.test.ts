// One step: a pure function of the world and the event, whatever led to them, and whatever the world was kept as in between.
import { describe, expect, it } from 'vitest';
import { Packer } from '../../source/session/pack.ts';
import { distance } from '../../source/tcp/seq.ts';
import { next, step } from '../../source/world/step.ts';
import { deepFreeze } from '../support/freeze.ts';
import { expectSame } from '../support/same.ts';
import { enough, hold, honest, profileNames, schedules, stepsOf } from './law.ts';

describe.each(profileNames)('in profile %s', { timeout: enough }, (profile) => {
  it('the same world and the same event give the same step, and neither is changed', () => {
    hold(
      schedules(profile),
      (course) => {
        for (const { step: once } of stepsOf(course)) {
          // What a course hands out is frozen already; the event may come from a list of decisions that is not.
          const again = step(deepFreeze(once.before), deepFreeze(once.event));
          expectSame(again, once);
        }
      },
      60,
    );
  });

  it('a world that was packed and unpacked goes on as the world that was not', () => {
    hold(
      schedules(profile),
      (course) => {
        const packer = new Packer();
        for (const { step: once } of stepsOf(course)) {
          const unpacked = packer.unpack(packer.pack(once.before));
          expectSame(unpacked, once.before);
          expect(next(unpacked)).toEqual(next(once.before));
          expectSame(step(unpacked, once.event).world, once.world);
        }
      },
      20,
    );
  });

  it('nobody acknowledges what was not sent: RCV.NXT never passes the SND.NXT of its peer', () => {
    let acknowledgments = 0;
    hold(
      schedules(profile, honest),
      (course) => {
        for (const { step: once } of stepsOf(course)) {
          for (const host of [0, 1] as const) {
            for (const socket of once.world.hosts[host].sockets.values()) {
              if (!('rcv' in socket.tcb)) continue;
              const { rcv } = socket.tcb;
              const peer = [...once.world.hosts[host === 0 ? 1 : 0].sockets.values()].find(
                ({ tcb, localPort, remotePort }) =>
                  'snd' in tcb &&
                  tcb.snd.iss === rcv.irs &&
                  localPort === socket.remotePort &&
                  remotePort === socket.localPort,
              );
              if (peer === undefined || !('snd' in peer.tcb)) continue;
              acknowledgments += 1;
              expect(distance(peer.tcb.snd.nxt, rcv.nxt), 'SND.NXT of the sender - RCV.NXT').toBeGreaterThanOrEqual(0);
            }
          }
        }
      },
      150,
    );
    expect(acknowledgments).toBeGreaterThan(1_000);
  });
});
