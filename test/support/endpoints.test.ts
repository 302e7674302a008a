// The builders that other tests rely on: each reaches its state, on both ends, along the states of RFC 9293 Figure 5.
import { describe, expect, it } from 'vitest';
import { linux } from '../../source/tcp/profiles/linux.ts';
import { rfc9293 } from '../../source/tcp/profiles/rfc9293.ts';
import { textbook } from '../../source/tcp/profiles/textbook.ts';
import * as endpoints from './endpoints.ts';

const reached = [
  ['listening', 'CLOSED', 'LISTEN'],
  ['synSent', 'SYN-SENT', 'LISTEN'],
  ['synReceived', 'SYN-SENT', 'SYN-RECEIVED'],
  ['established', 'ESTABLISHED', 'ESTABLISHED'],
  ['finWait1', 'FIN-WAIT-1', 'ESTABLISHED'],
  ['finWait2', 'FIN-WAIT-2', 'CLOSE-WAIT'],
  ['closeWait', 'CLOSE-WAIT', 'FIN-WAIT-2'],
  ['closing', 'CLOSING', 'CLOSING'],
  ['lastAck', 'LAST-ACK', 'FIN-WAIT-2'],
  ['timeWait', 'TIME-WAIT', 'CLOSED'],
] as const;

describe.each([rfc9293, textbook, linux])('endpoints in profile $name', ({ values: profile }) => {
  it.each(reached)('%s: client %s, server %s', (builder, client, server) => {
    const lab = endpoints[builder]({ profile });
    expect([lab.client.state, lab.server.state]).toEqual([client, server]);
  });
});

it('pass through the same states when every segment is handed over by hand', () => {
  for (const [builder, client, server] of reached) {
    const lab = endpoints[builder]({ handOver: true, values: { finAck: 'immediate' } });
    expect([lab.client.state, lab.server.state]).toEqual([client, server]);
    expect(lab.clock).toBe(0);
  }
});
