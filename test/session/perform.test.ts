// A person at the debugger: what each intent does to the session.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asking } from '../../source/session/dialog.ts';
import type { Intent } from '../../source/session/intent.ts';
import { perform } from '../../source/session/perform.ts';
import { phrase } from '../../source/session/print.ts';
import {
  branchOf,
  decisionsOf,
  entryOf,
  eventNumbers,
  livesOf,
  type Session,
  selected,
  timelineOf,
  worldOf,
} from '../../source/session/session.ts';
import { action } from '../support/arbitrary.ts';
import { expectSame } from '../support/same.ts';
import { intent, opened, press, statesOf } from '../support/sessions.ts';

const names = (session: Session): readonly string[] => session.branches.map((branch) => branch.name);
const decided = (session: Session): readonly string[] =>
  decisionsOf(session).map(({ decision }) => phrase(decision.action));
const inFlight = (session: Session): readonly number[] =>
  [...worldOf(session).wire.flights.values()].map((flight) => flight.id);

describe('stepping', () => {
  it('opens hs-basic before the connect, with the server listening', () => {
    const session = opened('hs-basic');
    expect(statesOf(session)).toEqual(['CLOSED', 'LISTEN']);
    expect(eventNumbers(session)).toEqual({ at: 0, explored: 0 });
    expect(entryOf(session)).toBeNull();
  });

  it('five Rights in hs-basic end ESTABLISHED on both sides, the fifth says that the network is quiet', () => {
    let session = opened('hs-basic');
    const seen: (readonly [string, string])[] = [];
    for (let time = 1; time <= 4; time++) {
      session = press(session, 'forward');
      seen.push(statesOf(session));
      expect(session.notice).toBeNull();
    }
    expect(seen).toEqual([
      ['SYN-SENT', 'LISTEN'],
      ['SYN-SENT', 'SYN-RECEIVED'],
      ['ESTABLISHED', 'SYN-RECEIVED'],
      ['ESTABLISHED', 'ESTABLISHED'],
    ]);
    session = press(session, 'forward');
    expect(statesOf(session)).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    expect(session.notice).toEqual({ kind: 'quiet' });
    expect(session.cursor.at).toBe(150_000);
  });

  it('back returns to the same world, and stops at the start of recorded history', () => {
    const there = press(opened('hs-basic'), 'forward', 'forward');
    const back = press(there, 'forward', 'back');
    expectSame(worldOf(back), worldOf(there));
    const start = press(back, 'back', 'back', 'back');
    expect(start.notice).toEqual({ kind: 'start' });
    expect(statesOf(start)).toEqual(['CLOSED', 'LISTEN']);
  });

  it('goes to the next and the previous change of a state', () => {
    const first = press(opened('syn-lost'), 'next-change');
    expect(statesOf(first)).toEqual(['SYN-SENT', 'LISTEN']);
    const second = press(first, 'next-change');
    // Over the loss and the retransmission, which change no state.
    expect(second.cursor.at).toBe(1_050_000);
    expect(statesOf(second)).toEqual(['SYN-SENT', 'SYN-RECEIVED']);
    const last = press(second, 'next-change', 'next-change');
    expect(press(last, 'next-change').notice).toEqual({ kind: 'no-change', where: 'after' });
    expect(press(second, 'previous-change').cursor).toEqual(first.cursor);
    const opening = press(second, 'previous-change', 'previous-change');
    expect(eventNumbers(opening).at).toBe(0);
    expect(press(opening, 'previous-change').notice).toEqual({ kind: 'no-change', where: 'before' });
  });

  it('goes to the end, where all is quiet, and back to the start', () => {
    const end = press(opened('close-4'), 'end');
    expect(end.cursor.at).toBe(242_050_000);
    expect(statesOf(end)).toEqual(['CLOSED', 'CLOSED']);
    expect(end.notice).toEqual({ kind: 'quiet' });
    const start = press(end, 'start');
    expect(statesOf(start)).toEqual(['ESTABLISHED', 'ESTABLISHED']);
    expect(start.cursor.at).toBe(1_000_000);
  });

  it('never hangs: what never comes to an end goes on when asked again', () => {
    // RFC 9293 section 3.8.6.1: a window that stays closed is probed for as long as the probes are acknowledged.
    const endless = press(opened('hs-basic'), 'end', 'client send 500000', 'end');
    expect(endless.notice).toEqual({ kind: 'busy', steps: 20_000 });
    const further = press(endless, 'end');
    expect(further.cursor.index).toBe(endless.cursor.index + 20_000);
  });

  it('goes to a time between two events: nothing happens but time passing', () => {
    const session = press(opened('hs-basic'), 'forward', { do: 'go-to-time', time: 25_000 });
    expect(session.cursor.at).toBe(25_000);
    expect(eventNumbers(session).at).toBe(1);
    expect(press(session, 'back').cursor.at).toBe(0);
    expect(press(session, 'forward').cursor.at).toBe(50_000);
  });

  it.each([
    ['0.06', 2, 60_000],
    ['+20ms', 1, 20_000],
    ['ev 3', 3, 100_000],
    ['#3', 3, 100_000],
  ])('goes to %s as typed', (text, event, at) => {
    const prompt = press(opened('hs-basic'), 'end', 'start', 'forward', {
      do: 'open-dialog',
      dialog: asking({ of: 'go-to' }),
    });
    const session = press(prompt, { do: 'type', text }, { do: 'submit' });
    expect(session.dialog).toEqual({ kind: 'none' });
    expect(eventNumbers(session).at).toBe(event);
    expect(session.cursor.at).toBe(at);
  });

  it('says so when what was typed is no place', () => {
    const prompt = press(opened('hs-basic'), { do: 'open-dialog', dialog: asking({ of: 'go-to' }, 'nowhere') });
    expect(press(prompt, { do: 'submit' }).notice).toEqual({ kind: 'not-understood', text: 'nowhere' });
  });

  it('plays virtual time at the chosen speed, event by event, until all is quiet', () => {
    const playing = press(opened('hs-basic'), 'forward', 'play');
    const half = press(playing, { do: 'pass', elapsed: 25_000 });
    expect([half.cursor.at, eventNumbers(half).at]).toEqual([25_000, 1]);
    const faster = press(half, { do: 'faster' }, { do: 'pass', elapsed: 50_000 });
    expect(faster.speed).toBe(2);
    expect([faster.cursor.at, eventNumbers(faster).at]).toEqual([125_000, 3]);
    const over = press(faster, { do: 'pass', elapsed: 1_000_000 });
    expect([over.playing, over.notice]).toEqual([false, { kind: 'quiet' }]);
    expect(over.cursor.at).toBe(150_000);
    expect(press(over, { do: 'pass', elapsed: 1_000_000 })).toBe(over);
  });
});

describe('dropping the SYN of hs-basic', () => {
  const dropped = press(opened('hs-basic'), 'forward', 'drop');

  it('takes it off the wire and keeps it to be seen, with the reason', () => {
    expect(inFlight(dropped)).toEqual([]);
    expect(livesOf(dropped).map(({ flight, ended }) => [flight.id, ended?.fate.reason])).toEqual([[1, 'dropped']]);
    expect(dropped.notice).toEqual({ kind: 'decided', action: { kind: 'tamper', tamper: { do: 'drop', flight: 1 } } });
    expect(decided(dropped)).toEqual(['client connect', 'drop #1']);
  });

  it('is repaired by the retransmission timer after exactly one second, with the timeout doubled', () => {
    const repeated = press(dropped, 'forward');
    expect(repeated.cursor.at).toBe(1_000_000);
    const step = entryOf(repeated)?.step;
    expect(step?.event).toMatchObject({ kind: 'expiry', host: 0, timer: 'retransmission' });
    expect(step?.findings.map((finding) => finding.rule)).toEqual(
      expect.arrayContaining(['rto.backoff', 'syn-sent.rtx']),
    );
    expect(step?.sent.map((flight) => flight.segment.seq)).toEqual([100]);
    const tcb = worldOf(repeated).hosts[0].sockets.at(1)?.tcb;
    expect(tcb?.state === 'SYN-SENT' ? tcb.timers.retransmission - repeated.cursor.at : null).toBe(2_000_000);
    expect(statesOf(press(repeated, 'end'))).toEqual(['ESTABLISHED', 'ESTABLISHED']);
  });

  it('undo puts the segment back, at the same moment, and touches nothing else', () => {
    const before = press(opened('hs-basic'), 'forward');
    for (const session of [dropped, press(dropped, 'forward', 'forward')]) {
      const undone = press(session, 'undo');
      expectSame(worldOf(undone), worldOf(before));
      expect(undone.cursor).toEqual(before.cursor);
      expect(inFlight(undone)).toEqual([1]);
      expect(names(undone)).toEqual(['main']);
      expect(undone.notice).toEqual({ kind: 'undone', action: { kind: 'tamper', tamper: { do: 'drop', flight: 1 } } });
      const redone = press(undone, 'redo');
      expectSame(worldOf(redone), worldOf(dropped));
      expect(redone.cursor).toEqual(dropped.cursor);
    }
  });

  it('does not go on the list when it cannot be done', () => {
    const landed = press(opened('hs-basic'), 'forward', 'forward', 'drop #1');
    expect(landed.notice).toMatchObject({ kind: 'refused', reason: 'segment-not-in-flight' });
    expect(decided(landed)).toEqual(['client connect']);
  });

  it('of a segment that the lesson itself has dropped at that moment says what became of it', () => {
    const dropped = press(opened('ack-lost'), 'forward', 'forward', 'forward', 'forward', 'select-previous');
    const again = press(dropped, 'drop');
    expect(again.notice).toEqual({ kind: 'ended', flight: 3, reason: 'dropped', at: 125_000 });
    expect(decided(again)).toEqual(decided(dropped));
  });
});

describe('deciding', () => {
  it('at a time between two events is recorded at that time', () => {
    const session = press(opened('hs-basic'), 'forward', { do: 'go-to-time', time: 25_000 }, 'drop');
    expect(decisionsOf(session).at(-1)?.decision).toMatchObject({ at: 25_000, after: null, by: 'person' });
    expect(session.cursor.at).toBe(25_000);
    const undone = press(session, 'undo');
    expect(undone.cursor.at).toBe(25_000);
    expect(inFlight(undone)).toEqual([1]);
  });

  it('between two events of the same moment stays between them', () => {
    // Both SYNs land at 0.05 s; the second is dropped between the two.
    const between = press(opened('sim-open'), 'forward', 'forward', 'forward');
    expect(between.cursor.at).toBe(50_000);
    expect(inFlight(between)).toEqual([2, 3]);
    const session = press(between, 'drop #2');
    expect(decisionsOf(session).at(-1)?.decision).toMatchObject({ at: 50_000, after: 1 });
    expect(inFlight(session)).toEqual([3]);
    expectSame(worldOf(press(session, 'end', 'start', 'forward', 'forward', 'forward', 'forward')), worldOf(session));
  });

  it('at the furthest moment looked at goes on with the branch', () => {
    const session = press(opened('hs-basic'), 'end', 'client send 5');
    expect(names(session)).toEqual(['main']);
    expect(decided(session)).toEqual(['client connect', 'client send 5']);
  });

  it('in the past makes a branch named by the decision, and keeps the old future', () => {
    const end = press(opened('hs-basic'), 'end');
    const past = press(end, 'start', 'forward', 'drop');
    expect(names(past)).toEqual(['main', 'drop #1']);
    expect(past.current).toBe('drop #1');
    expect(past.notice).toMatchObject({ kind: 'branched', name: 'drop #1', keeps: 'main' });
    const main = press(past, { do: 'switch', branch: 'main' }, 'end');
    expectSame(worldOf(main), worldOf(end));
  });

  it('in the past keeps what the scenario decides later, and leaves what the person decided later', () => {
    const later = press(opened('close-4'), 'end', 'client connect 81', 'end');
    const past = press(later, 'start', 'forward', 'drop #4');
    expect(decided(past)).toEqual(['client close', 'drop #4', 'server close']);
    expect(decided(press(past, { do: 'switch', branch: 'main' }))).toEqual([
      'client close',
      'server close',
      'client connect 81',
    ]);
  });

  it('the same at the same point again is the same branch again', () => {
    const once = press(opened('hs-basic'), 'end', 'start', 'forward', 'drop');
    const again = press(once, { do: 'switch', branch: 'main' }, 'start', 'forward', 'drop');
    expect(names(again)).toEqual(['main', 'drop #1']);
    expect(again.current).toBe('drop #1');
    expect(again.notice).toMatchObject({ kind: 'again', name: 'drop #1' });
    const here = press(once, 'forward', 'back', 'back', 'drop');
    expect(names(here)).toEqual(['main', 'drop #1']);
    expect(here.cursor).toEqual(once.cursor);
  });

  it('names that are taken get a number', () => {
    const first = press(opened('data-lost'), 'end', 'start', 'forward', 'drop #5');
    const second = press(first, { do: 'switch', branch: 'main' }, 'start', 'forward', 'forward', 'drop #5');
    expect(names(second)).toEqual(['main', 'drop #5', 'drop #5 (2)']);
  });

  it('duplicates a segment that has landed, from history', () => {
    const session = press(opened('hs-basic'), 'end', 'duplicate #1', 'forward');
    expect(entryOf(session)?.step.event).toMatchObject({
      kind: 'arrival',
      flight: { copyOf: 1, segment: { seq: 100 } },
    });
    expect(entryOf(session)?.step.findings.map((finding) => finding.rule)).toContain('syn.challenge');
  });

  it('duplicates a segment that was lost and changed before, in its last shape', () => {
    const session = press(opened('hs-basic'), 'forward', 'edit #1 seq=4000', 'drop #1', 'duplicate #1');
    const copy = livesOf(session).at(-1)?.flight;
    expect([copy?.copyOf, copy?.segment.seq]).toEqual([1, 4_000]);
  });

  it('releases a held segment now, past others', () => {
    const sent = press(opened('data-lost'), 'forward', { do: 'select', flight: 5 }, { do: 'delay', until: null });
    expect(worldOf(sent).wire.flights.at(5)?.due).toBe(Number.POSITIVE_INFINITY);
    const overtaken = press(sent, 'forward', 'forward');
    expect(entryOf(overtaken)?.step.fates).toMatchObject([{ flight: { id: 6 }, reason: 'delivered' }]);
    const released = press(overtaken, { do: 'select', flight: 5 }, 'release');
    expect(released.cursor.at).toBe(overtaken.cursor.at);
    expect(entryOf(released)?.step.fates).toMatchObject([{ flight: { id: 5 }, reason: 'delivered' }]);
  });

  it.each([
    ['0.2', 200_000],
    ['+500ms', 550_000],
    ['hold', Number.POSITIVE_INFINITY],
  ])('delays as typed: %s', (text, due) => {
    const asked = press(opened('hs-basic'), 'forward', {
      do: 'open-dialog',
      dialog: asking({ of: 'delay', flight: 1 }, text),
    });
    expect(worldOf(press(asked, { do: 'submit' })).wire.flights.at(1)?.due).toBe(due);
  });
});

describe('undo and redo', () => {
  it('say so when there is nothing', () => {
    expect(press(opened('hs-basic'), 'forward', 'undo').notice).toEqual({ kind: 'nothing-to-undo' });
    expect(press(opened('hs-basic'), 'forward', 'redo').notice).toEqual({ kind: 'nothing-to-redo' });
  });

  it('take back one decision after another, and do them again in order', () => {
    const two = press(opened('hs-basic'), 'forward', 'drop', 'forward', 'drop');
    const none = press(two, 'undo', 'undo');
    expect(decided(none)).toEqual(['client connect']);
    expect(inFlight(none)).toEqual([1]);
    const both = press(none, 'redo', 'redo');
    expect(decided(both)).toEqual(['client connect', 'drop #1', 'drop #2']);
    expectSame(worldOf(both), worldOf(two));
  });

  it('of the decision that made a branch return to where it left, and to it', () => {
    const branched = press(opened('hs-basic'), 'end', 'start', 'forward', 'drop');
    const undone = press(branched, 'undo');
    expect(undone.current).toBe('main');
    expect(inFlight(undone)).toEqual([1]);
    expect(undone.cursor.at).toBe(0);
    const redone = press(undone, 'redo');
    expect(redone.current).toBe('drop #1');
    expectSame(worldOf(redone), worldOf(branched));
  });

  it('lose nothing: deciding something else keeps the undone future as a branch', () => {
    const dropped = press(opened('hs-basic'), 'forward', 'drop', 'end');
    const other = press(dropped, 'undo', 'duplicate #1');
    expect(names(other)).toEqual(['main', 'drop #1']);
    expect(other.current).toBe('main');
    expect(decided(other)).toEqual(['client connect', 'duplicate #1']);
    const kept = press(other, { do: 'switch', branch: 'drop #1' }, 'end');
    expectSame(worldOf(kept), worldOf(dropped));
    expect(other.notice).toMatchObject({ kind: 'decided' });
  });

  it('deciding the same again is redoing it', () => {
    const dropped = press(opened('hs-basic'), 'forward', 'drop');
    const again = press(dropped, 'undo', 'drop');
    expect(names(again)).toEqual(['main']);
    expect(again.notice).toMatchObject({ kind: 'redone' });
    expectSame(worldOf(again), worldOf(dropped));
  });
});

describe('the selected segment', () => {
  it('is the next to land, and none when nothing is on the wire', () => {
    expect(selected(opened('hs-basic'))).toBeNull();
    expect(selected(press(opened('hs-basic'), 'forward'))?.flight.id).toBe(1);
    expect(selected(press(opened('hs-basic'), 'forward', 'forward'))?.flight.id).toBe(2);
    expect(selected(press(opened('hs-basic'), 'end'))).toBeNull();
    expect(press(opened('hs-basic'), 'end', 'drop').notice).toEqual({ kind: 'nothing-selected' });
  });

  it('follows its id while it is on the way', () => {
    const session = press(opened('data-lost'), 'forward', { do: 'select', flight: 6 });
    expect(selected(press(session, 'forward'))?.flight.id).toBe(6);
    expect(selected(press(session, 'forward', 'forward'))?.flight.id).toBe(6);
    // It lands third: then the next to land is selected again.
    expect(selected(press(session, 'forward', 'forward', 'forward'))?.flight.id).toBe(7);
  });

  it('moves through all that are shown, round at the ends', () => {
    const session = press(opened('hs-basic'), 'forward', 'forward', 'forward');
    const ids: (number | undefined)[] = [];
    let one = session;
    for (let time = 0; time < 4; time++) {
      one = press(one, 'select-next');
      ids.push(selected(one)?.flight.id);
    }
    expect(ids).toEqual([1, 2, 3, 1]);
    expect(selected(press(session, 'select-previous'))?.flight.id).toBe(2);
  });
});

// A slow machine takes its time.
describe('recording', () => {
  const started = { kind: 'recording', file: 'a.cast', what: 'started' } as const;

  it('is told when it starts', () => {
    const session = perform(opened('hs-basic'), { do: 'recorded', recording: true, notice: started });
    expect([session.recording, session.notice]).toEqual([true, started]);
  });

  it('leaves what could not be read of a file to be seen', () => {
    const complaint = { kind: 'complaint', first: 'a.cast: it is cut off', more: 0 } as const;
    const damaged = { ...opened('hs-basic'), notice: complaint };
    const session = perform(damaged, { do: 'recorded', recording: true, notice: started });
    expect([session.recording, session.notice]).toEqual([true, complaint]);
  });
});

describe('any intents', { timeout: 120_000 }, () => {
  const anyIntent: fc.Arbitrary<Intent> = fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .constantFrom(
          'forward',
          'back',
          'next-change',
          'previous-change',
          'start',
          'end',
          'drop',
          'duplicate',
          'release',
          'swap',
          'undo',
          'redo',
          'play',
          'select-next',
          'select-previous',
        )
        .map(intent),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('decide' as const), action }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('go-to-time' as const), time: fc.integer({ min: 0, max: 3_000_000 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('go-to-event' as const), event: fc.integer({ min: 0, max: 20 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('pass' as const), elapsed: fc.integer({ min: 0, max: 2_000_000 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('switch' as const),
        branch: fc.constantFrom('main', 'drop #1', 'drop #2', 'swap #1'),
      }),
    },
  );

  it('leave a session whose screen is that of its decisions, whatever came before', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('hs-basic', 'data-lost', 'close-4', 'sim-open'),
        fc.array(anyIntent, { maxLength: 25 }),
        (id, intents) => {
          const session = press(opened(id), ...intents);
          const { timeline, explored } = branchOf(session);
          const { index, at } = session.cursor;
          expect(index).toBeGreaterThanOrEqual(timeline.openingIndex);
          expect(explored).toBeGreaterThanOrEqual(index);
          expect(at).toBeGreaterThanOrEqual(timeline.worldAt(index).now);
          expect(at).toBeLessThanOrEqual(timeline.stepAt(index + 1)?.world.now ?? Number.POSITIVE_INFINITY);
          expect(new Set(names(session)).size).toBe(session.branches.length);
          // The same decisions from the beginning make the same world.
          const fresh = timeline.fork(timeline.decisions, 0);
          expectSame(fresh.worldAt(index), worldOf(session));
          for (const branch of session.branches) {
            const times = branch.timeline.decisions.map((decision) => decision.at);
            expect(times).toEqual(times.toSorted((a, b) => a - b));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('undo and redo return to the world they left', () => {
    fc.assert(
      fc.property(fc.array(anyIntent, { maxLength: 15 }), (intents) => {
        const session = press(opened('data-lost'), ...intents);
        const undone = press(session, 'undo');
        if (undone.notice?.kind !== 'undone') return;
        const redone = press(undone, 'redo');
        expect(redone.current).toBe(session.current);
        expect(timelineOf(redone).decisions).toEqual(timelineOf(session).decisions);
        expectSame(timelineOf(redone).worldAt(session.cursor.index), worldOf(session));
      }),
      { numRuns: 200 },
    );
  });
});
