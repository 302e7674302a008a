// Why a step went as it did: the deciding rules first, with numbers and citations.
import { describe, expect, it } from 'vitest';
import type { Session } from '../../source/session/session.ts';
import { lookOf } from '../../source/ui/look.ts';
import { textOf } from '../../source/view/line.ts';
import { sceneOf } from '../../source/view/scene.ts';
import { why } from '../../source/view/why.ts';
import { opened, press } from '../support/sessions.ts';

const lines = (session: Session, height = 5, language: 'en' | 'zh' = 'en', detail: 'full' | 'fitting' = 'fitting') =>
  why(sceneOf(session), lookOf({ language, glyphs: 'ascii' }), 78, height, detail).map((line) => textOf(line).trim());

describe('WHY', () => {
  it('tells at the opening what the scenario is about', () => {
    expect(lines(opened('hs-basic')).slice(0, 2)).toEqual([
      'Three-way handshake',
      'Three segments open a connection. Each SYN takes one sequence number; the',
    ]);
  });

  it('says first what happened, then what decided it, with numbers and the place in the RFC', () => {
    expect(lines(press(opened('hs-basic'), 'forward', 'drop', 'forward'))).toEqual([
      'ev 3: CLIENT retransmission timer fired, #2 SYN sent',
      '1 back off: RTO doubles  RTO 2.000s  was 1.000s       RFC 6298 5.5',
      '2 no answer in time: SYN sent again  SEG.SEQ 100      RFC 6298 5',
      'Wireshark would say: #2 [TCP Retransmission]',
      '',
    ]);
  });

  it('puts what made the new state before bookkeeping', () => {
    expect(lines(press(opened('hs-basic'), 'forward', 'forward'))[1]).toBe(
      '1 SYN accepted: half-open connection  SEG.SEQ 100     RFC 9293 3.10.7.2',
    );
  });

  it('tells every rule in whole sentences when it has the screen, checks that were passed too', () => {
    const all = lines(press(opened('hs-basic'), 'forward', 'forward'), 20, 'en', 'full').join(' ');
    expect(all).toContain('The RST bit is off');
    expect(all).toContain('The half-open connection takes a place');
  });

  it('speaks Chinese with the names of states and fields as they are', () => {
    const [event, first] = lines(press(opened('hs-basic'), 'forward', 'forward'), 5, 'zh');
    expect(event).toBe('事件 2：服务端在 LISTEN 收到 #1 SYN');
    expect(first).toMatch(/^1 接受 SYN：建立半连接 {2}SEG\.SEQ 100 {2}RCV\.NXT 101 +RFC 9293 3\.10\.7\.2$/);
  });

  it('names who dropped a segment', () => {
    expect(lines(press(opened('hs-basic'), 'forward', 'drop'))[0]).toBe('ev 2: dropped #1 SYN');
  });
});
