// Each of the eighty rows of what tutorials say can be pointed to: claim -> scenario -> step -> rule.
import { describe, expect, it } from 'vitest';
import { claimLine, claimsAt } from '../../source/scenario/claims.ts';
import { readClaims } from '../../source/scenario/handbook.ts';
import { Unreadable } from '../../source/scenario/unreadable.ts';
import { indexOfAnchor } from '../../source/session/caption.ts';
import { decisionsOf, entryOf, type Session, timelineOf } from '../../source/session/session.ts';
import { courseOf, scenarioIds, scenarioOf } from '../support/fixtures.ts';
import { handbook } from '../support/handbook.ts';
import { opened, press } from '../support/sessions.ts';

const { claims } = handbook;

describe('the claims of the tutorials', () => {
  it('are the eighty rows of the catalogue, in its order', () => {
    expect(claims.map(({ row }) => row)).toEqual(Array.from({ length: 80 }, (_, index) => index + 1));
  });

  it.each(claims.map((claim) => [claim.row, claim] as const))(
    'row %i says who says it, in both languages',
    (_, claim) => {
      for (const text of [claim.says, claim.rfc9293, claim.linux]) {
        expect(text.en).toMatch(/^[\x20-\x7e]+$/);
        expect(text.zh.length).toBeGreaterThan(0);
      }
      for (const text of [claim.says.zh, claim.rfc9293.zh]) expect(text).toMatch(/\p{Script=Han}/u);
      expect(claim.sources.length).toBeGreaterThan(0);
      expect(claim.sources.filter((source) => !/^S[0-4]$/.test(source))).toEqual([]);
      expect(new Set(claim.verdicts).size).toBe(claim.verdicts.length);
    },
  );

  it.each(
    claims.flatMap((claim) =>
      claim.at.map((spot) => [claim.row, spot.scenario, spot.anchor.rule, claim, spot] as const),
    ),
  )('row %i can be seen in %s by %s', (_row, scenario, rule, claim, { anchor }) => {
    expect(scenarioIds).toContain(scenario);
    const seen = scenarioOf(scenario).profiles.filter((profile) => {
      const course = courseOf(scenario, profile);
      const index = indexOfAnchor(course, anchor);
      if (index === null) return false;
      expect(course.stepAt(index)?.findings.map((finding) => finding.rule)).toContain(rule);
      return claimsAt(claims, scenario, course, index).includes(claim);
    });
    expect(seen).not.toEqual([]);
  });

  it('that are wrong, dated, simplified, disputed or true are all among them', () => {
    expect(new Set(claims.flatMap(({ verdicts }) => verdicts))).toEqual(new Set(['T', 'S', 'D', 'W', 'A']));
  });

  it.each([
    [13, ['W']],
    [28, ['S', 'D']],
    [60, ['D']],
    [22, ['W']],
    [63, ['W']],
    [67, ['W']],
    [37, ['W']],
    [18, []],
  ])('row %i has its verdict', (row, verdicts) => {
    expect(claims[row - 1]?.verdicts).toEqual(verdicts);
  });
});

describe('at a step', () => {
  const at = (scenario: string, event: number): readonly number[] => {
    const course = courseOf(scenario, null);
    return claimsAt(claims, scenario, course, course.openingIndex + event).map(({ row }) => row);
  };

  it('what is wrong comes first, then what is disputed, dated, simplified and true', () => {
    // The first event of hs-basic is connect().
    expect(at('hs-basic', 1)).toEqual([22, 2, 3]);
  });

  it('the same rule says nothing in a scenario where nobody was meant to look', () => {
    const course = courseOf('syn-lost', null);
    expect(course.stepAt(course.openingIndex + 1)?.findings.map(({ rule }) => rule)).toContain('open.active');
    expect(at('syn-lost', 1)).toEqual([]);
    expect(at('hs-basic', 0)).toEqual([]);
  });

  it('nothing is said once a person has taken the lesson elsewhere, and again when that is taken back', () => {
    // The lesson loses the third segment. Whoever loses the SYN instead has another "first segment that is lost".
    const rowsOf = (session: Session): readonly number[] =>
      claimsAt(claims, 'ack-lost', timelineOf(session), session.cursor.index).map(({ row }) => row);
    const lost = press(opened('ack-lost'), 'forward', 'drop');
    expect(entryOf(lost)?.step.findings.map(({ rule }) => rule)).toContain('net.drop');
    expect(rowsOf(lost)).toEqual([]);
    const onward = (session: Session): Session => press(session, 'forward', 'forward', 'forward');
    expect(rowsOf(onward(press(lost, 'undo')))).toEqual([18]);
    const own = decisionsOf(lost).find(({ decision }) => decision.by === 'person');
    const off = press(lost, { do: 'toggle', position: own?.position ?? -1 }, 'start', 'forward');
    expect(rowsOf(onward(off))).toEqual([18]);
  });

  it('is said once: where the rule is cited again nothing is repeated', () => {
    for (const scenario of new Set(claims.flatMap(({ at: spots }) => spots.map((spot) => spot.scenario)))) {
      const course = courseOf(scenario, null);
      const last = course.reach(course.openingIndex + 30);
      const rows: number[] = [];
      for (let index = course.openingIndex; index <= Math.min(last, course.openingIndex + 30); index++) {
        rows.push(...claimsAt(claims, scenario, course, index).map(({ row }) => row));
      }
      for (const { row, at: spots } of claims) {
        const places = spots.filter((spot) => spot.scenario === scenario).length;
        expect(rows.filter((one) => one === row).length).toBeLessThanOrEqual(places);
      }
    }
  });

  it('a claim is one line: what many tutorials say, what the RFC says, what Linux does', () => {
    const claim = claims[62];
    if (claim === undefined) throw new Error('row 63');
    expect(claimLine(claim, 'en')).toBe(
      'Many tutorials say: RST asks to set up the connection anew. (wrong) RFC 9293: RST aborts. Nothing is set up ' +
        'again; whoever wants a connection sends a new SYN (3.5.2). Linux: The same.',
    );
    expect(claimLine(claim, 'zh')).toMatch(/^许多教程说：.*（错误）RFC 9293：.*Linux：相同。$/);
  });
});

describe('a file of claims that cannot be read', () => {
  const record = [
    ['row', '1'],
    ['in', 'S0'],
    ['verdict', 'T'],
    ...['claim', 'claim.zh', 'rfc9293', 'rfc9293.zh', 'linux', 'linux.zh'].map((key) => [key, 'x']),
    ['brief', 'a | b'],
    ['brief.zh', 'a | b | c'],
    ['at', 'hs-basic open.active'],
  ];
  const file = (changes: Readonly<Record<string, string | null>>): string =>
    record
      .map(([key = '', value = '']) => [key, changes[key] === undefined ? value : changes[key]] as const)
      .flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value}`]))
      .join('\n');

  it('is otherwise read', () => {
    expect(readClaims(`// a remark\n\n${file({})}\n\n${file({ row: '2', verdict: '-' })}\n`, 'c.txt')).toHaveLength(2);
  });

  it.each([
    [{ verdict: 'X' }, 'c.txt:1: expected - or some of T S D W A, found "X"'],
    [{ row: 'one' }, 'c.txt:1: expected a whole number from 1 to 10000, found "one"'],
    [{ linux: null }, 'c.txt:1: expected a line linux: in this record'],
    [{ brief: 'a' }, 'expected two or three short texts with | between them behind brief:'],
    [
      { at: 'hs-basic open.activ' },
      'expected the id of a rule, as a transcript cites it, found "open.activ"; did you mean open.active?',
    ],
    [{ at: 'hs-basic open.active 0' }, 'expected a whole number from 1 to 9999, found "0"'],
    [{ at: 'hs-basic open.active 1 2' }, 'expected a comma, found "2"'],
    [{ at: 'hs-basic 0.05' }, 'c.txt:1: expected the id of a rule behind each scenario of at:'],
  ])('%o', (changes, message) => {
    expect(() => readClaims(file(changes), 'c.txt')).toThrow(Unreadable);
    expect(() => readClaims(file(changes), 'c.txt')).toThrow(message);
  });

  it('tells a line that is none, and a key given twice', () => {
    expect(() => readClaims('row 1', 'c.txt')).toThrow('c.txt:1: expected one of row, in, verdict');
    expect(() => readClaims('row: 1\nrow: 2', 'c.txt')).toThrow('c.txt:2: row is given twice');
  });
});
