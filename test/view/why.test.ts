// Why a step went as it did: the deciding rules first, with numbers and citations.
import { describe, expect, it } from 'vitest';
import { handbook } from '../../source/cli/handbook.ts';
import { decisionsOf, type Session } from '../../source/session/session.ts';
import { lookOf } from '../../source/ui/look.ts';
import { textOf } from '../../source/view/line.ts';
import { sceneOf } from '../../source/view/scene.ts';
import { why } from '../../source/view/why.ts';
import { opened, press } from '../support/sessions.ts';

// Without what the lesson has to say, unless it is asked for.
const lines = (
  session: Session,
  height = 5,
  language: 'en' | 'zh' = 'en',
  detail: 'full' | 'fitting' = 'fitting',
  captions: Session['captions'] = [],
) =>
  why(sceneOf({ ...session, captions, language }), lookOf({ language, glyphs: 'ascii' }), 78, height, detail).map(
    (line) => textOf(line).trim(),
  );

describe('WHY', () => {
  it('tells at the opening what the scenario is about', () => {
    expect(lines(opened('hs-basic')).slice(0, 2)).toEqual([
      'Three-way handshake',
      'Three segments open a connection. Each SYN takes one sequence number; the',
    ]);
  });

  it('does not tell a decision that no longer applies as if it had happened', () => {
    // The repetition #2 that was dropped is not sent once the loss of #1 is switched off.
    const session = press(opened('hs-basic'), 'forward', 'drop', 'forward', 'drop');
    const [first] = decisionsOf(session).filter(({ decision }) => decision.by === 'person');
    const off = press(session, { do: 'toggle', position: first?.position ?? -1 });
    const late = press(off, { do: 'go-to-time', time: 1_000_000 });
    expect(lines(late).slice(0, 2)).toEqual([
      'drop #2: not applied',
      'does not apply here: the segment is not in flight any more',
    ]);
  });

  it('says first what happened, then what decided it, with numbers and the place in the RFC', () => {
    expect(lines(press(opened('hs-basic'), 'forward', 'drop', 'forward'))).toEqual([
      'CLIENT retransmission timer fired',
      '1 no answer in time: SYN sent again  SEG.SEQ 100      RFC 6298 5',
      '2 back off: RTO doubles                               RFC 6298 5.5',
      '',
      'Wireshark: #2 [TCP Retransmission]',
    ]);
  });

  it('says what an acknowledgment means for the state before what it covers', () => {
    const acknowledged = press(opened('close-4'), 'forward', 'forward', 'forward');
    expect(lines(acknowledged)[1]).toBe('1 our FIN is acknowledged: FIN-WAIT-2                 RFC 9293 3.10.7.4 (5)');
  });

  it('cites a place to its end, where two steps of a section decide as well', () => {
    const again = press(opened('last-ack-lost'), ...Array.from({ length: 8 }, () => 'forward'));
    expect(lines(again)[1]).toBe('1 FIN again: ACK again, 2MSL restarts  SEG.SEQ 301    RFC 9293 3.10.7.4 (5,8)');
  });

  it('puts what made the new state before bookkeeping', () => {
    expect(lines(press(opened('hs-basic'), 'forward', 'forward'))[1]).toBe(
      '1 SYN accepted: half-open connection                  RFC 9293 3.10.7.2',
    );
  });

  it('tells every rule in whole sentences when it has the screen, checks that were passed too', () => {
    const all = lines(press(opened('hs-basic'), 'forward', 'forward'), 20, 'en', 'full').join(' ');
    expect(all).toContain('The RST bit is off');
    expect(all).toContain('The half-open connection takes a place');
  });

  it('speaks Chinese with the names of states and fields as they are', () => {
    const [event, first] = lines(press(opened('hs-basic'), 'forward', 'forward'), 5, 'zh');
    expect(event).toBe('服务端收到 #1 SYN');
    expect(first).toMatch(/^1 接受 SYN：建立半连接 +RFC 9293 3\.10\.7\.2$/);
  });

  it('says what a call returned at once beside the call', () => {
    expect(lines(press(opened('data-lost'), 'forward'))[0]).toBe('CLIENT app: send(4380) = 4380');
  });

  it('says what the lesson says below the reasons, in rows of its own', () => {
    const session = press(opened('hs-basic'), 'forward', 'forward');
    const told = lines(session, 5, 'en', 'fitting', session.captions);
    expect(told[1]).toMatch(/^1 SYN accepted/);
    expect(told[3]).toMatch(/^"The server has heard the client/);
    const chinese = lines(session, 5, 'zh', 'fitting', session.captions);
    expect(chinese.some((one) => one.startsWith('「'))).toBe(true);
  });

  it('cuts a lesson that is longer than the pane, with a mark', () => {
    const text = 'One sentence that is far too long for two lines of a pane. '.repeat(5).trim();
    const anchor = { kind: 'rule', rule: 'open.active', nth: 1 } as const;
    const told = lines(press(opened('hs-basic'), 'forward'), 5, 'en', 'fitting', [
      { anchor, text: { en: text, zh: text } },
    ]);
    expect(told[1]).toMatch(/^1 /);
    expect(told[4]).toMatch(/~$/);
  });

  it('shows the prompt of the first run instead', () => {
    const first = { ...opened('hs-basic'), tour: true };
    expect(lines(first)[0]).toBe('Press Right. The client will send SYN.');
    expect(lines(press(first, 'forward'), 5, 'en', 'fitting', first.captions)[3]).toMatch(/^Right again/);
  });

  it('with much room tells what tutorials say of it', () => {
    const reading = { ...press(opened('hs-basic'), 'forward', 'forward'), handbook: handbook() };
    expect(lines(reading, 16).join(' ')).toContain('Many tutorials say:');
    expect(lines(reading, 5).join(' ')).not.toContain('Many tutorials say:');
  });

  it('names who dropped a segment', () => {
    expect(lines(press(opened('hs-basic'), 'forward', 'drop'))[0]).toBe('dropped #1 SYN');
  });
});
