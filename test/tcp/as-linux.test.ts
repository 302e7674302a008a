// Decisions that only the linux profile takes.
import { describe, expect, it } from 'vitest';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { established } from '../support/endpoints.ts';
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
