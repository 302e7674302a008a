// Conditions: their words, and at which events they hold.
import { describe, expect, it } from 'vitest';
import { conditionExamples } from '../../source/session/command.ts';
import { conditionWords, holds, readCondition } from '../../source/session/condition.ts';
import { timelineOf } from '../../source/session/session.ts';
import { Misread } from '../../source/session/words.ts';
import { ruleIds } from '../../source/tcp/rules.ts';
import { opened, press } from '../support/sessions.ts';

/** The events, counted from the opening, at which a condition holds. */
const eventsOf = (id: string, words: string, ...keys: readonly string[]): readonly number[] => {
  const session = press(opened(id), ...keys, 'end');
  const course = timelineOf(session);
  const condition = readCondition(words);
  return [...course.steps(course.openingIndex + 1, session.cursor.index)]
    .filter((entry) => holds(condition, entry, course))
    .map((entry) => entry.index - course.openingIndex);
};

describe('the words of a condition', () => {
  it.each([
    ...conditionExamples,
    'enters CLOSED',
    'client change',
    'client timer fires',
    'timer fires',
    'flags=SYN,ACK',
    'broken stream-equal',
    'server timer.retransmission changes',
  ])('%s is read and printed as such', (words) => {
    expect(conditionWords(readCondition(words))).toBe(words);
  });

  it.each([
    ['S enters TIME-WAIT', 'server enters TIME-WAIT'],
    ['TIME-WAIT', 'enters TIME-WAIT'],
    ['state=TIME-WAIT', 'enters TIME-WAIT'],
    ['RST', 'flags=RST'],
    ['client retransmission', 'client retransmission fires'],
    ['client RTX', 'client retransmission fires'],
    ['2msl fires', 'time-wait fires'],
    ['client SND.UNA', 'client snd.una changes'],
  ])('%s is short for %s', (words, full) => {
    expect(conditionWords(readCondition(words))).toBe(full);
  });

  it.each([
    ['server enters TIMEWAIT', 'TIME-WAIT'],
    ['server enetrs CLOSED', 'enters'],
    ['rule rst.exat', 'rst.exact'],
    ['broken steam-equal', 'stream-equal'],
  ])('%s: the nearest word is %s', (words, near) => {
    let found: Misread | null = null;
    try {
      readCondition(words);
    } catch (error) {
      if (error instanceof Misread) found = error;
    }
    expect(found?.nearest).toBe(near);
  });

  it('know every rule', () => {
    for (const rule of ruleIds) expect(readCondition(`rule ${rule}`)).toEqual({ on: 'rule', rule });
  });
});

describe('a condition holds', () => {
  // syn-lost: 1 SYN, 2 it is lost, 3 it is repeated, 4 SYN-RECEIVED, 5 and 6 ESTABLISHED.
  it.each([
    ['loss', [2]],
    ['rtx', [3]],
    ['client retransmission fires', [3]],
    ['timer fires', [3]],
    ['server timer fires', []],
    ['enters ESTABLISHED', [5, 6]],
    ['server enters ESTABLISHED', [6]],
    ['both ESTABLISHED', [6]],
    ['any change', [1, 4, 5, 6]],
    ['client change', [1, 5]],
    ['flags=SYN', [1, 3, 4]],
    ['flags=SYN,ACK', [4]],
    ['flags=RST', []],
    ['client snd.una changes', [1, 5]],
    ['rule rto.backoff', [3]],
    ['error', []],
    ['broken', []],
  ])('%s: at the events %j of syn-lost', (words, events) => {
    expect(eventsOf('syn-lost', words)).toEqual(events);
  });

  it('error: where a call fails', () => {
    expect(eventsOf('refused', 'error')).toEqual([3]);
  });

  it('broken: where the server is ESTABLISHED though nobody has acknowledged its SYN (two-way handshake)', () => {
    const broken = eventsOf('why2-synack-lost', 'broken');
    expect(broken.length).toBeGreaterThan(0);
    expect(eventsOf('why2-synack-lost', 'broken open-by-both')).toEqual(broken);
    expect(eventsOf('why2-synack-lost', 'rule syn-rcvd.two-way')).toEqual(broken);
    expect(eventsOf('why2-synack-lost', 'broken stream-equal')).toEqual([]);
  });
});
