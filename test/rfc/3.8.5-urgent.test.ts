// RFC 9293 section 3.8.5: urgent information.
import { describe, expect, it } from 'vitest';
import { established } from '../support/endpoints.ts';
import { ms } from '../support/lab.ts';

describe('urgent data', () => {
  it('MUST-30: is marked with URG and the urgent pointer', () => {
    const here = established();
    here.client.send(10, true);
    expect(here.client.last).toMatchObject({ urg: true, len: 10 });
    here.client.send(1_460);
    here.run(ms(500));
    expect(here.client.last).toMatchObject({ urg: false, len: 1_460 });
  });

  it('MUST-62: the pointer is the number just past the last urgent octet', () => {
    const here = established();
    here.client.send(10, true);
    const { segment } = here.client.last.flight;
    expect(segment.seq + segment.up).toBe(111);
    here.run(ms(10));
    expect(here.server.tcb.rcv.up).toBe(111);
  });

  it('MUST-62: in every segment before it, too', () => {
    const here = established({ values: { initialWindow: 10 } });
    here.client.send(3_000, true);
    const ends = here.client.sent.map(({ flight: { segment } }) => segment.seq + segment.up);
    expect(ends).toEqual([3_101, 3_101]);
  });

  it('MUST-31: a run of urgent data may have any length', () => {
    const here = established({ values: { sendBuffer: 200_000, congestion: 'none' }, clientOptions: { nodelay: true } });
    here.server.read();
    here.client.send(100_000, true);
    here.run(ms(2_000));
    expect(here.server.received).toHaveLength(100_000);
    expect(here.server.tcb.rcv.up).toBe(100_101);
    // Sixteen bits of a pointer reach 65535 octets ahead, so it moves forward with the data.
    expect(here.client.sent[0]?.flight.segment.up).toBe(65_535);
  });

  it('MUST-32: the application is told, and not again by the other segments of the same run', () => {
    const here = established();
    here.client.send(3_000, true);
    here.run(ms(1_000));
    expect(here.client.sent.filter(({ urg }) => urg)).toHaveLength(3);
    expect(here.count('urg.signal')).toBe(1);
  });

  it('MUST-32: it is told again when a new run begins', () => {
    const here = established();
    here.client.send(10, true);
    here.run(ms(500)).server.receive(10);
    here.client.send(10);
    here.run(ms(500)).client.send(10, true);
    here.run(ms(500));
    expect(here.server.tcb.rcv.up).toBe(131);
    expect(here.count('urg.signal')).toBe(2);
  });

  it('MUST-32: and whenever the pointer moves on, even before the first run has been received', () => {
    const here = established();
    here.forge('server', { seq: 101, ack: 301, ctl: ['ACK', 'URG'], len: 10, up: 100 });
    here.forge('server', { seq: 111, ack: 301, ctl: ['ACK', 'URG'], len: 10, up: 200 });
    expect(here.server.tcb.rcv.up).toBe(311);
    expect(here.count('urg.signal')).toBe(2);
  });

  it('MUST-33: the application can learn how much urgent data is still to be read', () => {
    const here = established();
    here.client.send(30, true).send(100);
    here.run(ms(1_000)).server.receive(20).status();
    expect(here.server.result('status')).toMatchObject({ status: { urgent: 10, unread: 110 } });
    here.server.receive(100, null, true);
    expect(here.server.result('receive')).toEqual({ kind: 'octets', count: 10 });
    here.server.receive(100, null, true);
    expect(here.server.result('receive')).toEqual({ kind: 'error', error: 'EINVAL' });
  });
});
