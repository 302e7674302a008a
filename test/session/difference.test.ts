// What changed at the two ends: the marks of the screen.
import { describe, expect, it } from 'vitest';
import { differences } from '../../source/session/difference.ts';
import { courseOf } from '../support/fixtures.ts';

const changes = (id: string, event: number) => {
  const course = courseOf(id);
  const step = course.stepAt(course.openingIndex + event);
  if (step === null) throw new Error(`${id} has no event ${event}`);
  return differences(step.before, step.world);
};

describe('what changed', () => {
  it('by a connect: the state, the send sequence space and the timer of the client, nothing at the server', () => {
    const [client, server] = changes('hs-basic', 1);
    expect(client.state).toEqual({ was: 'CLOSED', is: 'SYN-SENT' });
    expect([...client.fields]).toEqual(
      expect.arrayContaining(['snd.una', 'snd.nxt', 'iss', 'timer.retransmission', 'pending']),
    );
    expect(server).toEqual({ state: null, fields: new Set() });
  });

  it('by an expiry: timeout, timer and the count of repetitions, but no sequence number', () => {
    const [client, server] = changes('syn-lost', 3);
    expect(client.state).toBeNull();
    expect([...client.fields].sort()).toEqual(expect.arrayContaining(['repetitions', 'rto', 'timer.retransmission']));
    for (const name of ['snd.una', 'snd.nxt', 'iss']) expect(client.fields).not.toContain(name);
    expect(server.fields.size).toBe(0);
  });

  it('by a SYN at a listener: what is shown is its child', () => {
    const [, server] = changes('hs-basic', 2);
    expect(server.state).toEqual({ was: 'LISTEN', is: 'SYN-RECEIVED' });
    expect([...server.fields]).toEqual(expect.arrayContaining(['irs', 'rcv.nxt', 'snd.nxt']));
  });

  it('by a loss: nothing at either end', () => {
    expect(changes('syn-lost', 2)).toEqual([
      { state: null, fields: new Set() },
      { state: null, fields: new Set() },
    ]);
  });
});
