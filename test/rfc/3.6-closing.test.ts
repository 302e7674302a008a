// RFC 9293 section 3.6: closing a connection.
import { describe, expect, it } from 'vitest';
import { closeWait, established, finWait2, timeWait } from '../support/endpoints.ts';
import { type Lab, ms, s } from '../support/lab.ts';

describe('what the application learns', () => {
  it('MUST-12: a normal close is end-of-file', () => {
    const here = established();
    here.server.read();
    here.client.send(10);
    here.client.close();
    here.run(ms(100));
    expect(here.server.received).toHaveLength(10);
    expect(here.server.result('read')).toEqual({ kind: 'eof' });
  });

  it('MUST-12: an abort of the peer is ECONNRESET', () => {
    const here = established();
    here.server.read();
    here.client.abort();
    here.run(ms(100));
    expect(here.server.result('read')).toEqual({ kind: 'error', error: 'ECONNRESET' });
  });
});

describe('TIME-WAIT', () => {
  it('MUST-13: the active closer stays 2MSL, four minutes, in TIME-WAIT', () => {
    const here = timeWait({ delay: 0 });
    here.until(s(240) - 1);
    expect(here.client.state).toBe('TIME-WAIT');
    here.until(s(240));
    expect(here.client.state).toBe('CLOSED');
  });

  it('MUST-13: the passive closer does not', () => {
    const here = timeWait();
    expect(here.server.state).toBe('CLOSED');
  });

  it('MUST-13: 2MSL begins again when the FIN of the peer comes again', () => {
    const here = finWait2();
    here.drop(({ from }) => from === 'client', 1).server.shutdown('WR');
    here.until(ms(1_010) + s(240) - 1);
    expect(here.client.state).toBe('TIME-WAIT');
    here.run(1);
    expect(here.client.state).toBe('CLOSED');
  });

  it('MAY-2: a SYN above the last sequence number opens the connection again', () => {
    const here = reopen(5_000);
    expect(here.server.state).toBe('SYN-RECEIVED');
    expect(here.server.last).toMatchObject({ ack: 5_001, ctl: 'SYN,ACK' });
  });

  it('MAY-2 (1): with an ISS above every number of the old connection', () => {
    const here = reopen(5_000);
    expect((here.server.last.seq - 302) | 0).toBeGreaterThan(0);
  });

  it('MAY-2: a SYN below the last sequence number does not', () => {
    const here = reopen(90);
    expect(here.server.state).toBe('TIME-WAIT');
    expect(here.server.last).toMatchObject({ seq: 302, ack: 102, ctl: 'ACK' });
  });

  it('SHLD-4: a newer timestamp shortens TIME-WAIT even for a lower sequence number', () => {
    const here = reopen(90, { timestamps: true }, 60_000);
    expect(here.server.state).toBe('SYN-RECEIVED');
    expect(here.server.last).toMatchObject({ ack: 91, ctl: 'SYN,ACK' });
  });

  it('SHLD-4: an older timestamp does not, even for a higher sequence number', () => {
    const here = reopen(5_000, { timestamps: true }, -60_000);
    expect(here.server.state).toBe('TIME-WAIT');
  });
});

// The server closed first, so that it is in TIME-WAIT (SND.NXT 302, RCV.NXT 102) beside its listener; then a SYN comes,
// with a timestamp so much later (in milliseconds) than the last one where timestamps are on.
function reopen(seq: number, values: { timestamps?: boolean } = {}, later = 0): Lab {
  const here = established({ values, listening: true });
  here.server.shutdown('WR');
  here.run(ms(50)).client.shutdown('WR');
  here.run(ms(50));
  expect(here.server.tcb).toMatchObject({ state: 'TIME-WAIT', snd: { nxt: 302 }, rcv: { nxt: 102 } });
  here.mark();
  const stamped = values.timestamps === true ? { tsVal: (here.server.tcb.tsRecent + later) >>> 0 } : {};
  here.forge('server', { seq, ctl: ['SYN'], ...stamped }, { port: 40_001, toPort: 80 });
  return here;
}

describe('half-closed and half-duplex', () => {
  it('SHLD-3: closing with unread data resets, so that the peer knows of the loss', () => {
    const here = established();
    here.server.send(10);
    here.run(ms(50)).client.close();
    expect(here.client.last).toMatchObject({ seq: 101, ctl: 'RST' });
    here.run(ms(50));
    here.server.receive(1);
    expect(here.server.result('receive')).toEqual({ kind: 'error', error: 'ECONNRESET' });
    expect(here.client.state).toBe('CLOSED');
  });

  it('MAY-1: close ends both directions: data that comes afterwards is answered with a reset', () => {
    const here = established();
    here.client.close();
    here.run(ms(50)).server.send(10);
    here.run(ms(10));
    expect(here.client.last).toMatchObject({ seq: 102, ctl: 'RST' });
    here.run(ms(10));
    here.server.receive(1);
    expect(here.server.result('receive')).toEqual({ kind: 'error', error: 'ECONNRESET' });
  });

  it('MAY-1: shutdown ends one direction only: data that comes afterwards is received', () => {
    const here = finWait2();
    here.server.send(10);
    here.client.receive(100);
    here.run(ms(50));
    expect(here.client.result('receive')).toEqual({ kind: 'octets', count: 10 });
    expect(here.client.state).toBe('FIN-WAIT-2');
  });

  it('data may still be sent in CLOSE-WAIT', () => {
    const here = closeWait();
    here.client.send(10);
    here.server.receive(100);
    here.run(ms(50));
    expect(here.server.result('receive')).toEqual({ kind: 'octets', count: 10 });
  });
});
