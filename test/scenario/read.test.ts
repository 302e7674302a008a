// Scenario files: what they say, and what is said about those that cannot be read.
import { describe, expect, it } from 'vitest';
import { printScenario } from '../../source/scenario/print.ts';
import { limits, readScenario } from '../../source/scenario/read.ts';
import { Unreadable } from '../../source/scenario/unreadable.ts';
import { readPhrase } from '../../source/session/read.ts';
import { scenarioIds, scenarioOf } from '../support/fixtures.ts';

const read = (...lines: readonly string[]) => readScenario(lines.join('\n'), 'mine.txt', 'mine');

describe('a scenario file', () => {
  it('lays down who, where, how far apart, and what differs from the profile', () => {
    const { setting, profiles, subject } = read(
      'title: A title',
      'title.zh: 标题',
      'group: loss',
      'lesson: 13.1',
      'about: What is to be seen.',
      'cites: RFC 9293 §3.5, RFC 6298',
      'profiles: linux, textbook',
      'minutes: 5',
      'beside: syn-lost, hs-basic',
      'seed: 7',
      'delay: 10ms 20ms',
      'client: iss 100 200, port 40001, address 192.0.2.1',
      'server: iss none',
      'set: receiveBuffer=300 sack=off',
      'set.server: timeWait=60s',
      '0 client connect',
    );
    expect(subject).toEqual({
      id: 'mine',
      title: { en: 'A title', zh: '标题' },
      about: { en: 'What is to be seen.', zh: 'What is to be seen.' },
      group: 'loss',
      lesson: 13.1,
      cites: ['RFC 9293 §3.5', 'RFC 6298'],
      minutes: 5,
      beside: ['syn-lost', 'hs-basic'],
    });
    expect(profiles).toEqual(['linux', 'textbook']);
    expect(setting).toEqual({
      seed: 7,
      delay: [10_000, 20_000],
      ends: [
        { address: '192.0.2.1', port: 40_001, iss: [100, 200], values: {} },
        { address: '10.0.0.2', port: null, iss: [], values: { timeWait: 60_000_000 } },
      ],
      values: { receiveBuffer: 300, sack: false },
    });
  });

  it('with nothing but a call is the circumstances of the figures: ISS 100 and 300, port 40001, 50 ms each way', () => {
    const { setting, profiles, decisions } = read('0 client connect');
    expect(setting.delay).toEqual([50_000, 50_000]);
    expect(setting.ends.map(({ address, port, iss }) => [address, port, iss])).toEqual([
      ['10.0.0.1', 40_001, [100]],
      ['10.0.0.2', null, [300]],
    ]);
    expect([profiles, decisions.length]).toEqual([['rfc9293'], 1]);
  });

  it('has a script of decisions, an opening, and an end', () => {
    const { decisions, opening, until } = read(
      '// a remark',
      '0 server listen',
      'begin',
      '0.025/1 drop #1',
      '',
      '1s off you client send 5',
      'run until 130s',
    );
    expect(decisions).toEqual([
      { at: 0, after: null, action: readPhrase('server listen'), by: 'scenario', off: false },
      { at: 25_000, after: 1, action: readPhrase('drop #1'), by: 'scenario', off: false },
      { at: 1_000_000, after: null, action: readPhrase('client send 5'), by: 'person', off: true },
    ]);
    expect(opening).toEqual({ position: 1, at: 0 });
    expect(until).toBe(130_000_000);
  });

  it('may count time from the line above', () => {
    const { decisions } = read(
      '1 server listen',
      '+200ms server accept',
      '+0 client connect',
      'begin',
      '+1s client send 1',
    );
    expect(decisions.map((decision) => decision.at)).toEqual([1_000_000, 1_200_000, 1_200_000, 2_200_000]);
  });

  it('opens at the time it names', () => {
    expect(read('0 server listen', '2.5 begin', '3 client connect').opening).toEqual({ position: 1, at: 2_500_000 });
  });

  it('holds expected transcripts, one per profile, as they stand', () => {
    const { expected } = read('0 server listen', '---- rfc9293', '0.000 a', '  b', '', '---- textbook', 'c');
    expect([...expected]).toEqual([
      ['rfc9293', ['0.000 a', '  b']],
      ['textbook', ['c']],
    ]);
  });

  it('says things at some of its events: by time and place among the events of that time, or by the rule they cite', () => {
    const { captions } = read(
      '0 server listen',
      'begin',
      '0.05 say The server "hears" the client.',
      '0.05 say.zh 服务端听到了客户端。',
      '0.1/2 say No Chinese.',
      'by rto.fire say First.',
      'by rto.fire 2 say Second.',
    );
    expect(captions).toEqual([
      {
        anchor: { kind: 'time', at: 50_000, place: 1 },
        text: { en: 'The server "hears" the client.', zh: '服务端听到了客户端。' },
      },
      { anchor: { kind: 'time', at: 100_000, place: 2 }, text: { en: 'No Chinese.', zh: 'No Chinese.' } },
      { anchor: { kind: 'rule', rule: 'rto.fire', nth: 1 }, text: { en: 'First.', zh: 'First.' } },
      { anchor: { kind: 'rule', rule: 'rto.fire', nth: 2 }, text: { en: 'Second.', zh: 'Second.' } },
    ]);
  });

  it('may go several ways', () => {
    const { ways, decisions } = read(
      '0 server listen',
      'begin',
      '0 client connect',
      '==== syn-lost',
      'title: The SYN is lost',
      'title.zh: SYN 丢失',
      '0.025 drop #1',
      '==== cut',
      '0.01 cut',
      '---- rfc9293',
      'way',
    );
    expect(decisions).toHaveLength(2);
    expect(ways).toEqual([
      {
        name: 'syn-lost',
        title: { en: 'The SYN is lost', zh: 'SYN 丢失' },
        decisions: [{ at: 25_000, after: null, action: readPhrase('drop #1'), by: 'scenario', off: false }],
      },
      {
        name: 'cut',
        title: { en: 'cut', zh: 'cut' },
        decisions: [{ at: 10_000, after: null, action: readPhrase('cut'), by: 'scenario', off: false }],
      },
    ]);
  });

  it('may come from another system: line ends, a byte order mark, tabs', () => {
    expect(read('\ufefftitle: X\r', '0\tserver listen\r').decisions).toHaveLength(1);
  });

  it.each(scenarioIds)('%s is printed as it is read', (id) => {
    const scenario = scenarioOf(id);
    expect(readScenario(printScenario(scenario), `${id}.txt`, id)).toEqual(scenario);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    [['titel: X'], 'mine.txt:1: expected one of title,', 'found "titel"; did you mean title?'],
    [['title: X', 'title: Y'], 'mine.txt:2: title is given twice', ''],
    [
      ['profiles: linxu'],
      'mine.txt:1: expected a profile (textbook, rfc9293, linux), found "linxu"; did you mean linux?',
      '',
    ],
    [['profiles:'], 'mine.txt:1: expected a profile', ''],
    [['lesson: one'], 'mine.txt:1: expected a number such as 13 or 13.1, found "one"', ''],
    [['minutes: 0'], 'mine.txt:1: expected a whole number from 1 to 120, found "0"', ''],
    [['0.1 say'], 'mine.txt:1: expected what is to be said, found the end of the line', ''],
    [['0.1 say a', '0.2 say.zh 甲'], 'mine.txt:2: expected it below the say of the same event', ''],
    [['by rto.fier say a'], 'mine.txt:1: expected the id of a rule', 'did you mean rto.fire?'],
    [['0.1/0 say a'], 'mine.txt:1: expected a whole number from 1 to 10000, found "0"', ''],
    [['==== Way'], 'mine.txt:1: expected a name of small letters, digits and -, found "Way"', ''],
    [['==== a', '==== a'], 'mine.txt:2: expected at most 32 ways, each with a name of its own', ''],
    [['1 begin', '==== a', '0.5 cut'], 'mine.txt:3: expected a time not before the opening, 1.000', ''],
    [['client: isn 100'], 'mine.txt:1: expected one of iss, port, address, found "isn"; did you mean iss?', ''],
    [['client: iss'], 'mine.txt:1: expected a whole number from 0 to 4294967295, found the end of the line', ''],
    [['client: port 70000'], 'mine.txt:1: expected a whole number from 1 to 65535, found "70000"', ''],
    [['delay: fast'], 'mine.txt:1: expected a time', 'found "fast"'],
    [['set: timeWiat=0'], 'mine.txt:1: expected a value of the profile, found "timeWiat"; did you mean timeWait?', ''],
    [
      ['', '0 server listen', '0 sever accept'],
      'mine.txt:3: expected client, server, or one of',
      'found "sever"; did you mean server?',
    ],
    [
      ['server listen'],
      'mine.txt:1: expected a time such as 0.025 or +50ms, begin, run, or ---- and a profile, found "server"',
      '',
    ],
    [
      ['1 server listen', '0.5 server accept'],
      'mine.txt:2: expected a time not before 1.000, that of the line above, found 0.500',
      '',
    ],
    [['0/x drop #1'], 'mine.txt:1: expected a whole number from 0 to 1000000, found "x"', ''],
    [['begin', 'begin'], 'mine.txt:2: begin is given twice', ''],
    [['run', 'run'], 'mine.txt:2: run is given twice', ''],
    [[''], 'mine.txt: expected at least one decision, such as 0 client connect: nothing would happen', ''],
    [['title: Nothing', '', 'begin', 'run'], 'mine.txt: expected at least one decision', 'nothing would happen'],
    [['run for 3s'], 'mine.txt:1: expected until, or the end of the line, found "for"', ''],
    [['0 server listen', 'title: late'], 'mine.txt:2: expected a time', 'found "title:"'],
    [
      ['---- rfc9923'],
      'mine.txt:1: expected a profile (textbook, rfc9293, linux), found "rfc9923"; did you mean rfc9293?',
      '',
    ],
    [['---- linux', 'x', '---- linux'], 'mine.txt:3: a second transcript for linux', ''],
    [['title: \u001b[2J'], 'mine.txt:1: expected printable text, found the control character U+001B', ''],
    [['title: \u202egnirts'], 'mine.txt:1: expected printable text, found the control character U+202E', ''],
    [['0 client send "\u0000"'], 'mine.txt:1: expected printable text, found the control character U+0000', ''],
    [['x'.repeat(limits.line + 1)], 'mine.txt:1: expected at most 4000 characters, found 4001', ''],
    [['x\n'.repeat(limits.file)], 'mine.txt: expected at most 2000000 characters', ''],
  ])('%#: file, line, what was expected, what is near', (lines, start, end) => {
    expect(() => read(...lines)).toThrow(Unreadable);
    let message = '';
    try {
      read(...lines);
    } catch (error) {
      message = error instanceof Error ? error.message : '';
    }
    expect(message.startsWith(start), message).toBe(true);
    expect(message.endsWith(end), message).toBe(true);
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('too many decisions are refused', () => {
    const lines = Array.from({ length: limits.decisions + 1 }, () => '0 cut');
    expect(() => read(...lines)).toThrow(
      `mine.txt:${limits.decisions + 1}: expected at most ${limits.decisions} decisions`,
    );
  });

  it('a file name is shown without what a terminal would obey', () => {
    expect(() => readScenario('x', 'a\u001b[2Jb.txt', 'x')).toThrow(/^a\?\[2Jb\.txt:1: /);
  });
});
