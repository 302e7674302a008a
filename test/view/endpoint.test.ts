// What an end of a connection shows, on real sessions.
import { describe, expect, it } from 'vitest';
import type { Session } from '../../source/session/session.ts';
import { lookOf } from '../../source/ui/look.ts';
import { endpoint } from '../../source/view/endpoint.ts';
import { textOf } from '../../source/view/line.ts';
import { sceneOf } from '../../source/view/scene.ts';
import { opened, press } from '../support/sessions.ts';

const look = lookOf({ language: 'en', glyphs: 'ascii' });
const rows = (session: Session, index: 0 | 1, width = 26, height = 10): string[] =>
  endpoint(sceneOf(session), index, look, width, height).map((line) => textOf(line).trim());

describe('a pane of 26 cells', () => {
  it('shows a client in SYN-SENT with its numbers, its timer and what its application waits for', () => {
    expect(rows(press(opened('hs-basic'), 'forward'), 0)).toEqual([
      'state   SYN-SENT*',
      'was    CLOSED',
      'SND.UNA 100*   NXT 101*',
      'SND.WND -      ISS 100*',
      'RCV.NXT -      WND -',
      'sndbuf  0      rcvbuf -',
      'RTO 1.000s  SRTT -',
      'timer   RTX in 1.000s*',
      '',
      'app   connect() waiting*',
    ]);
  });

  it('marks only what the last step changed', () => {
    const session = press(opened('hs-basic'), 'forward', 'forward');
    expect(rows(session, 0).join('\n')).not.toContain('*');
    const server = rows(session, 1);
    expect(server[0]).toBe('state   SYN-RECEIVED*');
    expect(server[8]).toMatch(/^SYN q 1\/4\* +accept q 0\/4$/);
  });

  it('tells the past of the connection that it shows, not of another that was shown meanwhile', () => {
    // The server calls out by a second socket, is refused, and its first connection is shown again.
    const calling = press(opened('hs-basic'), 'end', 'server connect');
    expect(rows(calling, 1).slice(0, 2)).toEqual(['state   SYN-SENT*', 'was    CLOSED']);
    const refused = press(calling, 'end');
    expect(rows(refused, 1).slice(0, 2)).toEqual(['state   ESTABLISHED*', 'was    SYN-RECEIVED']);
  });

  it('counts a timer down without marking it', () => {
    expect(rows(press(opened('hs-basic'), 'forward', 'forward'), 0)[7]).toBe('timer   RTX in 0.950s');
  });

  it('shows the doubled timeout and the repetitions after a loss (RFC 6298 section 5.5)', () => {
    const lost = rows(press(opened('hs-basic'), 'forward', 'drop', 'forward'), 0);
    expect(lost[6]).toBe('RTO 2.000s* retries 1');
    expect(lost[7]).toBe('timer   RTX in 2.000s*');
  });

  it('shows 2MSL of four minutes in TIME-WAIT (RFC 9293 section 3.4.2: MSL is two minutes)', () => {
    const closed = rows(press(opened('close-4'), 'forward', 'forward', 'forward', 'forward', 'forward'), 0);
    expect(closed[0]).toBe('state   TIME-WAIT*');
    expect(closed[7]).toBe('timer   2MSL in 240.000s*');
  });

  it('shows octets that wait for a gap behind a plus', () => {
    const session = press(opened('data-lost'), 'forward', 'forward', 'forward');
    expect(rows(session, 1)[5]).toMatch(/rcv 0\+1460\*$/);
  });

  it('shows what a call returned', () => {
    expect(rows(press(opened('hs-basic'), 'forward', 'forward', 'forward'), 0)[9]).toBe('app   connect() = ok*');
    expect(rows(press(opened('refused'), 'forward', 'forward', 'forward'), 0)[9]).toBe('connect() ECONNREFUSED*');
  });

  it('keeps state, numbers and application when it has few rows', () => {
    const few = rows(press(opened('hs-basic'), 'forward'), 0, 26, 4);
    expect(few).toEqual([
      'state   SYN-SENT*',
      'SND.UNA 100*   NXT 101*',
      'RCV.NXT -      WND -',
      'app   connect() waiting*',
    ]);
  });

  it('fits numbers of ten digits', () => {
    const session = press(opened('hs-basic'), {
      do: 'decide',
      action: {
        kind: 'call',
        host: 0,
        call: {
          do: 'connect',
          port: null,
          from: null,
          to: null,
          iss: 4_294_967_295,
          options: {},
          payload: null,
          as: null,
        },
      },
    });
    const numbers = rows(session, 0);
    expect(numbers[2]).toBe('SND 4294967295* NXT +1*');
    expect(numbers[3]).toBe('WND -     ISS 4294967295*');
    for (const line of numbers) expect(line.length).toBeLessThanOrEqual(26);
  });
});

describe('a wide pane', () => {
  it('has a row for each space, and bars', () => {
    const wide = rows(press(opened('hs-basic'), 'forward', 'forward'), 1, 37, 13);
    expect(wide).toEqual([
      'state     SYN-RECEIVED*',
      'was      LISTEN',
      'SND  UNA 300*  NXT 301*   WND 65535*',
      'RCV  NXT 101*  WND 65535*',
      'ISS 300*  IRS 100*',
      'sndbuf [                 ] 0',
      'rcvbuf [                 ] 0',
      'RTO 1.000s   SRTT -',
      'cwnd -       ssthresh -',
      'timer  RTX       1.000s*[     ]',
      'SYN queue    [##      ] 1/4*',
      'accept queue [        ] 0/4',
      'app       accept() waiting',
    ]);
  });
});
