// One course of events: order, replay, search, and the ends of history.
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../source/session/decision.ts';
import { readPhrase } from '../../source/session/read.ts';
import { usualSetting, worldBefore } from '../../source/session/setting.ts';
import { type Opening, stepLimit, Timeline } from '../../source/session/timeline.ts';
import { courseOf } from '../support/fixtures.ts';
import { expectSame } from '../support/same.ts';

const decide = (at: number, words: string, more: Partial<Decision> = {}): Decision => ({
  at,
  after: null,
  action: readPhrase(words),
  by: 'scenario',
  off: false,
  ...more,
});

const handshake = [decide(0, 'server listen'), decide(0, 'server accept'), decide(0, 'client connect')];

/** A thousand and more steps: 60,000 octets in segments of at most 50. */
const bulk = [
  decide(0, 'client tune mtu=90'),
  ...handshake,
  decide(200_000, 'server read'),
  decide(300_000, 'client send 60000'),
];

const course = (decisions: readonly Decision[], opening?: Opening): Timeline =>
  new Timeline(worldBefore(usualSetting, 'rfc9293'), decisions, opening);

const kinds = (timeline: Timeline, from = 1): readonly string[] =>
  [...timeline.steps(from, 1_000)].map(({ step }) => step.event.kind);

describe('the order of events', () => {
  it('is arrivals, then decisions, then timers, where all are at the same time', () => {
    // At 1.05 s a retransmitted SYN lands and the server's own timer is due.
    const timeline = course([...handshake, decide(75_000, 'drop #2'), decide(1_050_000, 'client send 1')]);
    const at = [...timeline.steps(1, 100)]
      .filter(({ step }) => step.event.at === 1_050_000)
      .map(({ step }) => step.event.kind);
    expect(at).toEqual(['arrival', 'decision', 'expiry']);
  });

  it('puts a decision after as many events of its moment as it says', () => {
    const place = (after: number | null): readonly string[] => {
      const timeline = course([...handshake, decide(75_000, 'drop #2'), decide(1_050_000, 'client send 1', { after })]);
      return [...timeline.steps(1, 100)]
        .filter(({ step }) => step.event.at === 1_050_000)
        .map(({ step }) => step.event.kind);
    };
    expect(place(0)).toEqual(['decision', 'arrival', 'expiry']);
    expect(place(1)).toEqual(['arrival', 'decision', 'expiry']);
    expect(place(2)).toEqual(['arrival', 'expiry', 'decision']);
    // There are only two: then it comes when they are over.
    expect(place(7)).toEqual(['arrival', 'expiry', 'decision']);
  });

  it('passes what is switched off later where it would have been passed from the beginning', () => {
    const on = [...handshake, decide(75_000, 'drop #2')];
    const off = on.map((one, number) => ({ ...one, off: number === 3 }));
    const positions = (one: Timeline): readonly number[] => [1, 2, 3, 4, 5].map((index) => one.positionAt(index));
    const before = course(on);
    expect(positions(before)).toEqual([1, 2, 3, 3, 4]);
    const { timeline } = before.rewritten(off, 3);
    expect(positions(timeline)).toEqual([1, 2, 4, 4, 4]);
    expect(positions(timeline)).toEqual(positions(course(off)));
    expect(positions(timeline.rewritten(on, 3).timeline)).toEqual(positions(course(on)));
  });

  it('passes over what is switched off, and keeps what no longer applies with the reason', () => {
    const timeline = course([...handshake, decide(25_000, 'drop #1', { off: true }), decide(30_000, 'drop #9')]);
    expect(timeline.indexOf(3)).toBeNull();
    const index = timeline.indexOf(4);
    expect(index).toBe(4);
    expect(timeline.stepAt(index ?? 0)?.refused).toBe('no-such-segment');
    expect(kinds(timeline, 5)).toEqual(['arrival', 'arrival', 'arrival']);
  });

  it('goes on to decisions that come after all is quiet', () => {
    const timeline = course([...handshake, decide(60_000_000, 'client send 1')]);
    expect(timeline.indexAt(59_999_999)).toBe(6);
    expect(timeline.stepAt(7)?.event.at).toBe(60_000_000);
  });
});

describe('history', () => {
  it('opens where the scenario says', () => {
    expect(course(handshake, { position: 2, at: 0 }).openingIndex).toBe(2);
    expect(course(handshake, { position: 3, at: 75_000 }).openingIndex).toBe(4);
    expect(course(handshake, { position: 3, at: 100_000 }).openingIndex).toBe(5);
  });

  it('ends when nothing will happen any more, and says so', () => {
    const timeline = course(handshake);
    expect(timeline.end).toBeNull();
    expect(timeline.stepAt(7)).toBeNull();
    expect([timeline.end, timeline.reached]).toEqual(['quiet', 6]);
    expect(timeline.worldAt(99)).toBe(timeline.worldAt(6));
  });

  it('is the same however often and in whatever order it is looked at', () => {
    const one = course(bulk);
    one.reach(stepLimit);
    expect(one.reached).toBeGreaterThan(1_000);
    const other = course(bulk);
    for (const index of [700, 3, 512, 511, 513, 256, 1_000, 1, 0, 700]) {
      expectSame(other.worldAt(index), one.worldAt(index));
      expectSame(other.entryAt(index), one.entryAt(index));
      expect(other.positionAt(index)).toBe(one.positionAt(index));
      expect(other.countAt(index)).toBe(one.countAt(index));
    }
  });

  it('forks: the same up to a point, other decisions from there on', () => {
    const timeline = course(bulk);
    timeline.reach(600);
    const at = timeline.worldAt(520).now;
    const decisions = [...timeline.decisions, decide(at, 'cut', { after: timeline.countAt(520) })];
    const fork = timeline.fork(decisions, 520);
    const fresh = course(decisions);
    expect(fork.worldAt(520)).toBe(timeline.worldAt(520));
    for (const index of [1, 300, 520, 521, 540]) {
      expectSame(fork.worldAt(index), fresh.worldAt(index));
      expect(fork.changedState(index)).toBe(fresh.changedState(index));
    }
    expect(fork.stepAt(521)?.event).toMatchObject({ kind: 'decision', action: { tamper: { do: 'cut' } } });
    expect(timeline.stepAt(521)?.event.kind).not.toBe('decision');
  });
});

describe('searching', () => {
  it('finds when it was how late', () => {
    const timeline = course(handshake);
    expect([0, 49_999, 50_000, 99_999, 150_000, 10_000_000].map((time) => timeline.indexAt(time))).toEqual([
      3, 3, 4, 4, 6, 6,
    ]);
  });

  it('finds the life of a segment: sent, changed, ended', () => {
    const timeline = course([...handshake, decide(10_000, 'delay #1 until 0.5s')]);
    expect(timeline.lifeOf(1, 2)).toBeNull();
    expect(timeline.lifeOf(1, 3)).toMatchObject({ sent: 3, ended: null, flight: { due: 50_000 } });
    expect(timeline.lifeOf(1, 4)).toMatchObject({ sent: 3, ended: null, flight: { due: 500_000 } });
    expect(timeline.lifeOf(1, 5)).toMatchObject({ sent: 3, ended: { at: 5, fate: { reason: 'delivered' } } });
  });

  it('knows the steps that changed a state', () => {
    const timeline = courseOf('syn-lost');
    timeline.reach(100);
    const changed = [...timeline.steps(1, 100)].filter(({ index }) => timeline.changedState(index));
    expect(changed.map(({ step }) => step.world.now)).toEqual([0, 0, 1_050_000, 1_100_000, 1_150_000]);
  });
});
