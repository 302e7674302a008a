// The transcript in plain lines: what is said of an event, and what is not.
import { describe, expect, it } from 'vitest';
import { transcript } from '../../source/export/transcript.ts';
import { readScenario } from '../../source/scenario/read.ts';
import { timeline } from '../../source/scenario/run.ts';
import { start } from '../../source/scenario/scenario.ts';

const lines = (...script: readonly string[]): readonly string[] => {
  const scenario = readScenario(script.join('\n'), 'x.txt', 'x');
  return [...transcript(timeline(start(scenario, null)), scenario.until)].filter((line) => !line.startsWith('  by '));
};

const handshake = ['0 server listen', '0 server accept', '0 client connect', '0.5 begin'];

describe('a transcript', () => {
  it('begins with how things stand and ends when all is quiet', () => {
    expect(lines(...handshake)).toEqual(['0.500 client ESTABLISHED, server ESTABLISHED', 'The network is quiet.']);
  });

  it('goes as far as the file says', () => {
    expect(lines('0 server listen', 'begin', '0 client connect', '0 drop #1', 'run until 0.999s')).toEqual([
      '0.000 client CLOSED, server LISTEN',
      '0.000 client calls connect',
      '  client sends #1 <SEQ=100><CTL=SYN>',
      '  client CLOSED -> SYN-SENT',
      '0.000 scenario drops #1',
    ]);
  });

  it.each([
    ['1 you client send 5', '1.000 client calls send 5 (person)'],
    ['1 client send "hi" urgent', '1.000 client calls send "hi" urgent'],
    ['1 client kill', '1.000 client process is killed'],
    ['1 client crash', '1.000 client crashes'],
    ['1 client tune sack=off', '1.000 client tunes sack=off'],
    ['1 you cut', '1.000 person cuts'],
    ['1 drop #1', '1.000 scenario drops #1: that segment is no longer on the wire'],
    ['1 client boot', '1.000 client boots: the host is up'],
    ['1 forge from third RST seq=101', '1.000 scenario forges from third RST seq=101'],
  ])('%s is said as: %s', (decision, said) => {
    expect(lines(...handshake, decision)[1]).toBe(said);
  });

  it('says what applications are told', () => {
    const said = lines(...handshake, '1 server read', '1 client send 5', '2 client close', '2.2 client send 1').join(
      '\n',
    );
    expect(said).toContain('\n  server application reads 5 octets');
    expect(said).toContain('\n  server read: EOF');
    expect(said).toContain('\n  client send returns 5 octets');
  });

  it('says what a copy and a forgery are', () => {
    expect(lines(...handshake, '1 duplicate #3', '1 forge from client RST seq=7')).toEqual(
      expect.arrayContaining([
        '  #4 <SEQ=101><ACK=301><CTL=ACK> is a copy of #3',
        '  #5 <SEQ=7><CTL=RST> is forged, from client to server',
      ]),
    );
  });
});
