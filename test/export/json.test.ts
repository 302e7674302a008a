// `run --format json`: one object per line and event, always with the same keys.
import { describe, expect, it } from 'vitest';
import { jsonLines } from '../../source/export/json.ts';
import { readScenario } from '../../source/scenario/read.ts';
import { timeline } from '../../source/scenario/run.ts';
import { start } from '../../source/scenario/scenario.ts';
import { courseOf } from '../support/fixtures.ts';

const records = (...script: readonly string[]): readonly Record<string, unknown>[] => {
  const scenario = readScenario(script.join('\n'), 'x.txt', 'x');
  return [...jsonLines(timeline(start(scenario, null)), scenario.until)].map((line) => JSON.parse(line));
};

const handshake = ['0 server listen', '0 server accept', 'begin', '0 client connect'];

describe('JSON of a run', () => {
  it('tells the lost SYN as the transcript does', () => {
    const lines = [...jsonLines(courseOf('syn-lost'), null)].map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({
      event: 1,
      time: 0,
      kind: 'call',
      what: 'client calls connect',
      segment: null,
      sent: [{ id: 1, from: 'client', seq: 100, ack: null, ctl: ['SYN'], len: 0, fate: 'sent' }],
      state: { client: 'SYN-SENT', server: 'LISTEN' },
    });
    expect(lines[1]).toMatchObject({
      event: 2,
      time: 0.025,
      kind: 'decision',
      what: 'scenario drops #1',
      segment: { id: 1, fate: 'dropped' },
      sent: [],
      rules: ['net.drop'],
    });
    expect(lines[2]).toMatchObject({
      event: 3,
      time: 1,
      kind: 'expiry',
      segment: null,
      sent: [{ id: 2, seq: 100, ctl: ['SYN'] }],
    });
    expect(lines[2].rules).toEqual(expect.arrayContaining(['rto.backoff', 'syn-sent.rtx']));
    expect(lines[3]).toMatchObject({
      time: 1.05,
      kind: 'arrival',
      segment: { id: 2, fate: 'delivered' },
      sent: [{ id: 3, from: 'server', seq: 300, ack: 101, ctl: ['SYN', 'ACK'] }],
      state: { client: 'SYN-SENT', server: 'SYN-RECEIVED' },
    });
  });

  it('has the same keys in every line', () => {
    for (const id of ['hs-basic', 'close-4', 'old-dup-syn', 'data-lost']) {
      for (const line of jsonLines(courseOf(id), null)) {
        expect(Object.keys(JSON.parse(line))).toEqual([
          'event',
          'time',
          'kind',
          'what',
          'segment',
          'sent',
          'state',
          'rules',
        ]);
      }
    }
  });

  it.each([
    ['0 hold #1', { id: 1, fate: 'held' }],
    ['0 delay #1 until 3s', { id: 1, fate: 'delayed' }],
    ['0 edit #1 seq=7', { id: 1, seq: 7, fate: 'changed' }],
    ['0 corrupt #1', { id: 1, fate: 'changed' }],
    ['0 release #1', { id: 1, fate: 'delivered' }],
    ['0 duplicate #1', { id: 1, fate: 'sent' }],
    ['0 drop #9', null],
    ['0 cut', null],
  ])('says what %s does to the segment it names', (words, segment) => {
    const [, decision] = records(...handshake, words);
    if (segment === null) expect(decision?.['segment']).toBeNull();
    else expect(decision?.['segment']).toMatchObject(segment);
  });

  it('says of a segment that is lost on the way why', () => {
    expect(records(...handshake, '0 cut').find((line) => line['kind'] === 'arrival')).toMatchObject({
      segment: { id: 1, fate: 'cable-cut' },
      what: '#1 <SEQ=100><CTL=SYN> is lost: the cable is cut',
    });
    expect(records('0 drop nth 1 from client', ...handshake)[0]).toMatchObject({
      sent: [{ id: 1, fate: 'dropped-by-rule' }],
    });
    expect(records(...handshake, '0 corrupt #1').at(2)).toMatchObject({ segment: { fate: 'corrupt' } });
  });

  it('has the exact decimal time', () => {
    expect(records(...handshake, '0.000007 cut').at(1)?.['time']).toBe(0.000_007);
  });
});
