// Words and ports: what tutorials name, in both languages.
import { describe, expect, it } from 'vitest';
import { readPorts, readTerms } from '../../source/scenario/handbook.ts';
import { isChinese } from '../../source/scenario/questions.ts';
import { start } from '../../source/scenario/scenario.ts';
import { perform } from '../../source/session/perform.ts';
import { begin } from '../../source/session/session.ts';
import { controls } from '../../source/tcp/segment.ts';
import { states } from '../../source/tcp/tcb.ts';
import { scenarioOf } from '../support/fixtures.ts';
import { handbook } from '../support/handbook.ts';

const { terms, ports } = handbook;
const names = new Set(terms.map(({ name }) => name.en));

describe('the glossary', () => {
  it('has every state and every flag of the six that tutorials list', () => {
    expect(states.filter((state) => !names.has(state))).toEqual([]);
    expect(['SYN', 'ACK', 'FIN', 'RST', 'PSH', 'URG'].filter((flag) => !names.has(flag))).toEqual([]);
    expect(Object.keys(controls)).toEqual(expect.arrayContaining(['SYN', 'ACK', 'FIN', 'RST', 'PSH', 'URG']));
  });

  it('knows the spellings of the tutorials', () => {
    const spelled = new Map(terms.flatMap(({ name, also }) => also.map((other) => [other, name.en] as const)));
    expect(
      ['SYN_SEND', 'SYN_REVD', 'SYN_RECV', 'SYN_RCVD', 'FIN_WAIT1', 'CLOSE'].map((name) => spelled.get(name)),
    ).toEqual(['SYN-SENT', 'SYN-RECEIVED', 'SYN-RECEIVED', 'SYN-RECEIVED', 'FIN-WAIT-1', 'CLOSED']);
  });

  it('says each thing once, in both languages', () => {
    expect(names.size).toBe(terms.length);
    for (const { meaning } of terms) {
      expect(meaning.en).toMatch(/^[\x20-\x7e]+$/);
      expect(isChinese(meaning.zh)).toBe(true);
    }
  });

  it('is refused with the line that is missing something', () => {
    expect(() => readTerms('term: X\nterm.zh: X\nmeans: Y', 'g.txt')).toThrow(
      'g.txt:1: expected a line means.zh: in this record',
    );
  });
});

describe('the ports', () => {
  it('are those of the tutorials, with what runs over them', () => {
    const found = new Map(ports.map(({ number, service, transport }) => [number, `${service} ${transport}`]));
    expect([21, 69, 23, 25, 53, 80, 22, 3306].map((number) => found.get(number))).toEqual([
      'FTP TCP',
      'TFTP UDP',
      'TELNET TCP',
      'SMTP TCP',
      'DNS UDP, TCP',
      'HTTP TCP',
      'SSH TCP',
      'MySQL TCP',
    ]);
  });

  it('stand in order, each once', () => {
    const numbers = ports.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
  });

  it('are refused where the number is none', () => {
    expect(() => readPorts('port: 70000\nservice: X\nover: TCP\nnote: a\nnote.zh: b', 'p.txt')).toThrow(
      'p.txt:1: expected a whole number from 1 to 65535, found "70000"',
    );
  });
});

describe('a session', () => {
  it('keeps the handbook when another scenario is opened', () => {
    const session = begin(start(scenarioOf('hs-basic'), null), { handbook });
    const next = perform(session, { do: 'open', start: start(scenarioOf('close-4'), null) });
    expect(next.subject.id).toBe('close-4');
    expect(next.handbook).toBe(handbook);
  });
});
