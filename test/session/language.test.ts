// The language in which decisions are written: whatever is written is read as the same decision.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phrase } from '../../source/session/print.ts';
import { quote, unquote } from '../../source/session/quote.ts';
import { readPhrase } from '../../source/session/read.ts';
import { Misread } from '../../source/session/words.ts';
import { action } from '../support/arbitrary.ts';

describe('a decision in words', () => {
  it('is read as the decision it was written from', () => {
    fc.assert(
      fc.property(action, (given) => {
        expect(readPhrase(phrase(given))).toEqual(given);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is one line of printable characters', () => {
    fc.assert(
      fc.property(action, (given) => {
        expect(phrase(given)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['server listen', { do: 'listen', port: 80, backlog: 4, options: {}, as: null }],
    [
      'server listen 8080 backlog 1 as l reuseAddress',
      { do: 'listen', port: 8080, backlog: 1, options: { reuseAddress: true }, as: 'l' },
    ],
    ['server accept on l as a', { do: 'accept', on: 'l', as: 'a' }],
    ['client send 5', { do: 'send', on: null, payload: { octets: 5 }, urgent: false, push: true }],
    ['client send 5 more', { do: 'send', on: null, payload: { octets: 5 }, urgent: false, push: false }],
    [
      'client send "GET / HTTP/1.1\\r\\n" on b',
      { do: 'send', on: 'b', payload: { text: 'GET / HTTP/1.1\r\n' }, urgent: false, push: true },
    ],
    ['server recv 10', { do: 'receive', on: null, octets: 10, urgent: false }],
    ['client shutdown', { do: 'shutdown', on: null, how: 'WR' }],
    ['client set nodelay', { do: 'set', on: null, options: { nodelay: true } }],
    [
      'client set linger=0 keepaliveIdle=2h on b',
      { do: 'set', on: 'b', options: { linger: 0, keepaliveIdle: 7_200_000_000 } },
    ],
    ['client tune timeWait=0', { do: 'tune', values: { timeWait: 0 } }],
    [
      'client tune synGiveUp=repetitions:6 ports=40001-40005',
      { do: 'tune', values: { synGiveUp: { after: 'repetitions', count: 6 }, ports: [40_001, 40_005] } },
    ],
    ['server kill', { do: 'kill' }],
  ])('%s is a call', (words, call) => {
    expect(readPhrase(words)).toEqual({ kind: 'call', host: words.startsWith('client') ? 0 : 1, call });
  });

  it('connects where, from where and as whom it says', () => {
    expect(readPhrase('client connect 8080 from 50000 to 192.0.2.1 iss 7 with 5 as b nodelay')).toEqual({
      kind: 'call',
      host: 0,
      call: {
        do: 'connect',
        port: 8080,
        from: 50_000,
        to: '192.0.2.1',
        iss: 7,
        payload: { octets: 5 },
        as: 'b',
        options: { nodelay: true },
      },
    });
  });

  const everything = { from: null, flags: null, without: null, len: null };
  it.each([
    ['drop #1', { do: 'drop', flight: 1 }],
    ['delay #3 until 1.5s', { do: 'delay', flight: 3, until: 1_500_000 }],
    ['hold #3', { do: 'delay', flight: 3, until: null }],
    ['release #3', { do: 'release', flight: 3 }],
    ['duplicate #2 at 30s', { do: 'duplicate', flight: 2, at: 30_000_000 }],
    ['swap #2', { do: 'swap', flight: 2 }],
    ['corrupt #4', { do: 'corrupt', flight: 4 }],
    ['edit #4 seq=90', { do: 'edit', flight: 4, fields: { seq: 90 } }],
    ['edit #4 RST,ACK', { do: 'edit', flight: 4, fields: { ctl: ['RST', 'ACK'] } }],
    [
      'forge from client SYN seq=90',
      {
        do: 'forge',
        from: 'client',
        to: 'server',
        address: null,
        port: null,
        toPort: null,
        fields: { ctl: ['SYN'], seq: 90 },
        at: null,
      },
    ],
    [
      'drop nth 2 from server',
      {
        do: 'rule',
        rule: { do: 'drop', match: { ...everything, from: 'server' }, nth: 2, percent: null, duration: null, by: 0 },
      },
    ],
    [
      'drop 50% seed 7 for 10s',
      {
        do: 'rule',
        rule: { do: 'drop', match: everything, nth: null, percent: { of: 50, seed: 7 }, duration: 10_000_000, by: 0 },
      },
    ],
    [
      'drop where flags=FIN',
      {
        do: 'rule',
        rule: { do: 'drop', match: { ...everything, flags: ['FIN'] }, nth: null, percent: null, duration: null, by: 0 },
      },
    ],
    [
      'delay all len>0 by 200ms',
      {
        do: 'rule',
        rule: {
          do: 'delay',
          match: { ...everything, len: { is: '>', octets: 0 } },
          nth: null,
          percent: null,
          duration: null,
          by: 200_000,
        },
      },
    ],
    ['cut', { do: 'cut' }],
    ['third reset', { do: 'third', answers: 'reset' }],
  ])('%s interferes with the network', (words, tamper) => {
    expect(readPhrase(words)).toEqual({ kind: 'tamper', tamper });
  });
});

describe('words that are no decision', () => {
  it.each([
    ['drpo #1', 'found "drpo"; did you mean drop?'],
    ['clinet connect', 'found "clinet"; did you mean client?'],
    ['client conect', 'found "conect"; did you mean connect?'],
    ['client set nodelya', 'expected an option, found "nodelya"; did you mean nodelay?'],
    ['client tune timewait=0', 'expected a value of the profile, found "timewait"; did you mean timeWait?'],
    ['client tune isn=clok', 'expected one of clock-and-hash, clock, fixed for isn, found "clok"; did you mean clock?'],
    ['drop', 'found the end of the line'],
    ['drop #x', 'expected a segment such as #1, found "#x"'],
    ['drop #1 now', 'expected the end of the line, found "now"'],
    ['client send', 'expected a number of octets or a "text", found the end of the line'],
    ['client send "abc', 'expected a number of octets or a "text"'],
    [
      'forge from client SYM',
      'expected a flag (SYN, FIN, RST, PSH, ACK, URG, ECE, CWR), found "SYM"; did you mean SYN?',
    ],
    ['delay #1 until soon', 'expected a time such as 1.5s, 200ms or 2min, found "soon"'],
    ['client close on 1', 'expected a name of letters'],
    ['client set __proto__=1', 'expected an option, found "__proto__"'],
    ['client tune constructor=1', 'expected a value of the profile, found "constructor"'],
    ['edit #1 toString=1', 'found "toString"'],
    ['client connect 80 80', 'expected an option, found "80"'],
    ['client connect 0', 'expected a whole number from 1 to 65535, found "0"'],
    ['server listen 70000', 'expected a whole number from 1 to 65535, found "70000"'],
  ])('%s: %s', (words, message) => {
    expect(() => readPhrase(words)).toThrow(Misread);
    expect(() => readPhrase(words)).toThrow(message);
  });

  it('never throw anything but Misread, and never show control characters', () => {
    const word = fc.constantFrom(
      'client',
      'server',
      'drop',
      'delay',
      'edit',
      'forge',
      'from',
      '#1',
      'set',
      'tune',
      'send',
      'on',
      'as',
      '=',
      '"',
      '50%',
      'seed',
      'flags=SYN',
      'connect',
      'isn=',
      'nodelay',
    );
    const junk = fc
      .array(fc.oneof(word, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 8 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(junk, (text) => {
        try {
          readPhrase(text);
        } catch (error) {
          expect(error).toBeInstanceOf(Misread);
          expect((error as Misread).message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('a quoted text', () => {
  it('is read as the text it was made of, and is printable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(unquote(quote(text))).toBe(text);
        expect(quote(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it.each(['"a', 'a"', '"a\\x"', '"\\u{110000}"', 'a', '""b"'])('%s is none', (text) => {
    expect(unquote(text)).toBeUndefined();
  });
});
