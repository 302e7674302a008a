// Decisions that only the linux profile takes.
import { describe, expect, it } from 'vitest';
import { optionLength } from '../../source/tcp/options.ts';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { established, listening, synSent } from '../support/endpoints.ts';
import { ms, s } from '../support/lab.ts';

describe('under the linux profile', () => {
  it('a window that the application did not use for a whole timeout decays (RFC 2861)', () => {
    const here = established({ profile: linux.values, clientOptions: { nodelay: true } });
    here.server.read();
    here.client.send(200_000);
    here.run(ms(220));
    const grown = here.client.tcb.congestion.cwnd;
    // Two at a time, without a pause of a whole timeout between them: the connection is not idle, only frugal.
    for (let round = 0; round < 40; round++) {
      here.client.send(100).send(100);
      here.run(ms(120));
    }
    expect(here.rules).toContain('cc.application-limited');
    expect(here.client.tcb.congestion.cwnd).toBeLessThan(grown);
  });

  it('an orphan with TCP_LINGER2 of nothing does not wait in FIN-WAIT-2', () => {
    const here = established({ profile: linux.values, clientOptions: { linger2: 0 } });
    here.client.close();
    here.run(s(1));
    expect(here.client.state).toBe('CLOSED');
    expect(here.rules).toContain('fin-wait-2.refused');
  });

  it('a segment fits the path with the SACK blocks it carries, a repeated one too (tcp_current_mss)', () => {
    const here = established({ profile: linux.values });
    // The server's first segment is lost again and again, so that the client reports a gap while it repeats its own.
    const first = here.server.tcb.snd.nxt;
    here.drop((sent) => sent.from === 'server' && sent.seq === first && sent.len > 0, 4);
    here.drop((sent) => sent.from === 'client' && sent.len > 0, 3);
    here.client.send(3_000);
    here.run(ms(15));
    here.server.send(6_000);
    here.run(ms(15));
    here.client.send(3_000);
    here.run(s(5));
    for (const { len, options } of here.sent) expect(40 + optionLength(options) + len).toBeLessThanOrEqual(1_500);
    // 1500 less 40 of headers, 12 for timestamps, and 12 for one block with its padding.
    expect(here.client.sent.filter(({ options, len }) => len > 0 && options.sack.length === 1)[0]).toMatchObject({
      len: 1_436,
    });
    expect(here.rules).toContain('rtx.cut');
    expect(here.server.tcb.rcv.nxt - here.server.tcb.rcv.irs - 1).toBe(6_000);
  });

  it('a path that carries less: the flight is cut anew chunk by chunk, as far as the window of packets goes (tcp_simple_retransmit)', () => {
    const here = established({ profile: linux.values, values: { timestamps: false, sack: false }, handOver: true });
    here.client.send(8_760);
    const [first] = here.client.sent;
    expect(here.client.sent.map(({ len }) => len)).toEqual(Array(6).fill(1_460));
    const before = here.client.sent.length;
    here.tamper({ do: 'refuse', flight: first?.flight.id ?? 0, what: { mtu: 640 } });
    here.when(({ client }) => client.sent.length > before);
    // A chunk of two segments, 2920 octets, comes to four of 600 and one of 520; the window is ten packets.
    expect(here.client.sent.slice(before).map(({ len }) => len)).toEqual([
      600, 600, 600, 600, 520, 600, 600, 600, 600, 520,
    ]);
    expect(here.client.tcb.congestion).toMatchObject({ phase: 'loss', cwnd: 6_000 });
    expect(here.rules).toContain('rtx.cut');
  });

  it('a timeout in the middle of a recovery leaves the threshold where the recovery has put it (tcp_enter_loss)', () => {
    const thresholds = (['keeps', 'reduces'] as const).map((timeoutInRecovery) => {
      const here = established({ profile: linux.values, values: { timeoutInRecovery } });
      here.client.send(14_480);
      const lost = here.client.sent.find(({ len }) => len > 0);
      if (lost === undefined) throw new Error('data leaves');
      // The first segment is lost, and so is its repetition.
      here.lose(lost);
      here.drop(({ seq, from }) => from === 'client' && seq === lost.seq, 1);
      here.when(({ rules }) => rules.includes('cc.fast-retransmit'));
      const halved = here.client.tcb.congestion.ssthresh;
      here.when(({ rules }) => rules.includes('cc.rto'));
      return here.client.tcb.congestion.ssthresh / halved;
    });
    expect(thresholds[0]).toBe(1);
    expect(thresholds[1]).toBeLessThan(1);
  });

  it('no peer makes segments tiny: 48 octets less the options at least (tcp_min_snd_mss)', () => {
    const here = listening({ profile: linux.values, handOver: true });
    here.client.connect();
    here.tamper({ do: 'edit', flight: here.client.last.flight.id, fields: { mss: 1 } });
    here.land(here.client.last);
    here.land(here.server.last);
    here.land(here.client.last);
    here.server.send(100);
    expect(here.server.sent.filter(({ len }) => len > 0).map(({ len }) => len)).toEqual([36, 36, 28]);
    expect(here.rules).toContain('opt.mss-floor');
  });

  it('without a round trip from the handshake the first timeout allows for a slow path (tcp_init_metrics)', () => {
    const here = listening({ profile: linux.values, values: { timestamps: false }, handOver: true });
    here.client.connect();
    here.tamper({ do: 'duplicate', flight: here.client.last.flight.id, at: null });
    const copies = here.sent.filter(({ ctl }) => ctl === 'SYN');
    here.land(copies[0] ?? here.client.last);
    here.run(s(0.6));
    here.land(copies[1] ?? here.client.last);
    here.land(here.server.last);
    here.land(here.client.last);
    expect(here.rules).toContain('rto.unmeasured');
    expect(here.server.tcb.rtt.rto).toBe(s(3));
  });

  it('closing with unread data resets even when both FINs are on their way (__tcp_close)', () => {
    const here = established({ profile: linux.values, handOver: true });
    here.server.send('unread').shutdown('WR');
    for (const sent of here.server.sent) here.land(sent);
    here.client.shutdown('WR');
    expect(here.client.state).toBe('LAST-ACK');
    here.client.close();
    expect(here.client.last).toMatchObject({ ctl: 'RST,ACK' });
    expect(here.rules).toContain('close.unread-rst');
  });

  it.each(['RD', 'WR', 'RDWR'] as const)('shutdown(%s) in SYN-SENT ends the attempt: measured, ECONNRESET', (how) => {
    const here = synSent({ profile: linux.values, handOver: true });
    here.client.shutdown(how);
    expect(here.client.state).toBe('CLOSED');
    expect(here.client.result('shutdown')).toEqual({ kind: 'ok' });
    expect(here.client.result('connect')).toEqual({ kind: 'error', error: 'ECONNRESET' });
    expect(here.client.sent).toHaveLength(1);
  });

  it('an ACK whose delay has nearly run out leaves with the next segment', () => {
    const here = established({ profile: linux.values, clientOptions: { nodelay: true } });
    // Far more than the segments that are acknowledged at once in the beginning; then at a pace just below the delay.
    for (let round = 0; round < 300; round++) {
      here.client.send(10);
      here.run(ms(20 + (round % 40)));
    }
    expect(here.rules).toContain('ack.delay-ends');
  });
});
