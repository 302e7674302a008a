// The builders that other tests rely on: each reaches its state, on both ends, along the states of RFC 9293 Figure 5.
import { describe, expect, it } from 'vitest';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { rfc9293 } from '../../source/tcp/profiles/rfc9293.ts';
import { textbook } from '../../source/tcp/profiles/textbook.ts';
import {
  closeWait,
  closing,
  type Endpoints,
  established,
  finWait1,
  finWait2,
  lastAck,
  listening,
  synReceived,
  synSent,
  timeWait,
} from './endpoints.ts';
import type { Lab } from './lab.ts';

const reached: readonly (readonly [builder: (setup: Endpoints) => Lab, client: string, server: string])[] = [
  [listening, 'CLOSED', 'LISTEN'],
  [synSent, 'SYN-SENT', 'LISTEN'],
  [synReceived, 'SYN-SENT', 'SYN-RECEIVED'],
  [established, 'ESTABLISHED', 'ESTABLISHED'],
  [finWait1, 'FIN-WAIT-1', 'ESTABLISHED'],
  [finWait2, 'FIN-WAIT-2', 'CLOSE-WAIT'],
  [closeWait, 'CLOSE-WAIT', 'FIN-WAIT-2'],
  [closing, 'CLOSING', 'CLOSING'],
  [lastAck, 'LAST-ACK', 'FIN-WAIT-2'],
  [timeWait, 'TIME-WAIT', 'CLOSED'],
];

describe.each([rfc9293, textbook, linux])('endpoints in profile $name', ({ values: profile }) => {
  it.each(reached.map((row) => [row[0].name, ...row] as const))('%s', (_, builder, client, server) => {
    const lab = builder({ profile });
    expect([lab.client.state, lab.server.state]).toEqual([client, server]);
  });
});

it('pass through the same states when every segment is handed over by hand', () => {
  for (const [builder, client, server] of reached) {
    const lab = builder({ handOver: true, values: { finAck: 'immediate' } });
    expect([lab.client.state, lab.server.state]).toEqual([client, server]);
    expect(lab.clock).toBe(0);
  }
});
