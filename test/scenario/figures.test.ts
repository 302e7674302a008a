// Figures 6 to 13 of RFC 9293 (sections 3.5 and 3.6), line by line: the lines as the RFC prints them, against the
// scenarios fig-06 ... fig-13. A line says who sends what, whether it arrives at once (--> or <-- on both sides), only
// leaves (...  on the far side) or arrives later (... on the near side), and the states of both ends after it.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { shownStates } from '../../source/session/shown.ts';
import type { Timeline } from '../../source/session/timeline.ts';
import { notation } from '../../source/tcp/segment.ts';
import { states } from '../../source/tcp/tcb.ts';
import type { Flight } from '../../source/world/wire.ts';
import { courseOf, scenarioOf } from '../support/fixtures.ts';

const printed: Readonly<Record<string, string>> = {
  'fig-06': `
   1.  CLOSED                                               LISTEN
   2.  SYN-SENT    --> <SEQ=100><CTL=SYN>               --> SYN-RECEIVED
   3.  ESTABLISHED <-- <SEQ=300><ACK=101><CTL=SYN,ACK>  <-- SYN-RECEIVED
   4.  ESTABLISHED --> <SEQ=101><ACK=301><CTL=ACK>       --> ESTABLISHED
   5.  ESTABLISHED --> <SEQ=101><ACK=301><CTL=ACK><DATA> --> ESTABLISHED`,
  'fig-07': `
   1.  CLOSED                                           CLOSED
   2.  SYN-SENT     --> <SEQ=100><CTL=SYN>              ...
   3.  SYN-RECEIVED <-- <SEQ=300><CTL=SYN>              <-- SYN-SENT
   4.               ... <SEQ=100><CTL=SYN>              --> SYN-RECEIVED
   5.  SYN-RECEIVED --> <SEQ=100><ACK=301><CTL=SYN,ACK> ...
   6.  ESTABLISHED  <-- <SEQ=300><ACK=101><CTL=SYN,ACK> <-- SYN-RECEIVED
   7.               ... <SEQ=100><ACK=301><CTL=SYN,ACK> --> ESTABLISHED`,
  'fig-08': `
   1.  CLOSED                                               LISTEN
   2.  SYN-SENT    --> <SEQ=100><CTL=SYN>               ...
   3.  (duplicate) ... <SEQ=90><CTL=SYN>               --> SYN-RECEIVED
   4.  SYN-SENT    <-- <SEQ=300><ACK=91><CTL=SYN,ACK>  <-- SYN-RECEIVED
   5.  SYN-SENT    --> <SEQ=91><CTL=RST>               --> LISTEN
   6.              ... <SEQ=100><CTL=SYN>               --> SYN-RECEIVED
   7.  ESTABLISHED <-- <SEQ=400><ACK=101><CTL=SYN,ACK>  <-- SYN-RECEIVED
   8.  ESTABLISHED --> <SEQ=101><ACK=401><CTL=ACK>      --> ESTABLISHED`,
  'fig-09': `
   1.  (REBOOT)                              (send 300,receive 100)
   2.  CLOSED                                           ESTABLISHED
   3.  SYN-SENT --> <SEQ=400><CTL=SYN>              --> (??)
   4.  (!!)     <-- <SEQ=300><ACK=100><CTL=ACK>     <-- ESTABLISHED
   5.  SYN-SENT --> <SEQ=100><CTL=RST>              --> (Abort!!)
   6.  SYN-SENT                                         CLOSED
   7.  SYN-SENT --> <SEQ=400><CTL=SYN>              -->`,
  'fig-10': `
   1.  (REBOOT)                                   (send 300,receive 100)
   2.  (??)    <-- <SEQ=300><ACK=100><DATA=10><CTL=ACK> <-- ESTABLISHED
   3.          --> <SEQ=100><CTL=RST>                   --> (ABORT!!)`,
  'fig-11': `
   1.  LISTEN                                                LISTEN
   2.       ... <SEQ=Z><CTL=SYN>                -->  SYN-RECEIVED
   3.  (??) <-- <SEQ=X><ACK=Z+1><CTL=SYN,ACK>   <--  SYN-RECEIVED
   4.       --> <SEQ=Z+1><CTL=RST>              -->  (return to LISTEN!)
   5.  LISTEN                                                LISTEN`,
  'fig-12': `
   1.  ESTABLISHED                                               ESTABLISHED
   2.  FIN-WAIT-1  --> <SEQ=100><ACK=300><CTL=FIN,ACK>  --> CLOSE-WAIT
   3.  FIN-WAIT-2  <-- <SEQ=300><ACK=101><CTL=ACK>      <-- CLOSE-WAIT
   4.  TIME-WAIT   <-- <SEQ=300><ACK=101><CTL=FIN,ACK>  <-- LAST-ACK
   5.  TIME-WAIT   --> <SEQ=101><ACK=301><CTL=ACK>      --> CLOSED
   6.  CLOSED`,
  'fig-13': `
   1.  ESTABLISHED                                               ESTABLISHED
   2.  FIN-WAIT-1  --> <SEQ=100><ACK=300><CTL=FIN,ACK>  ... FIN-WAIT-1
                   <-- <SEQ=300><ACK=100><CTL=FIN,ACK>  <--
                   ... <SEQ=100><ACK=300><CTL=FIN,ACK>  -->
   3.  CLOSING     --> <SEQ=101><ACK=301><CTL=ACK>      ... CLOSING
                   <-- <SEQ=301><ACK=101><CTL=ACK>      <--
                   ... <SEQ=101><ACK=301><CTL=ACK>      -->
   4.  TIME-WAIT                                            TIME-WAIT
       CLOSED                                               CLOSED`,
};

/** The letters of Figure 11: any old sequence number, and the ISS of the answering end. */
const letters: Readonly<Record<string, string>> = { Z: '90', 'Z+1': '91', X: '300' };

type Line = {
  readonly text: string;
  readonly left: string;
  readonly right: string;
  /** As this program prints it; null on a line of states only. */
  readonly segment: string | null;
  readonly from: 'client' | 'server' | null;
  readonly way: 'both' | 'depart' | 'arrive' | 'none';
};

const linesOf = (figure: string): readonly Line[] =>
  figure
    .split('\n')
    .filter((text) => text.trim() !== '')
    .map((text) => {
      const body = text.replace(/^\s*\d+\./, '').trim();
      const sent = /^(.*?)(-->|<--|\.\.\.)\s*(<.*>)\s*(-->|<--|\.\.\.)(.*)$/.exec(body);
      if (sent === null) {
        const [left = '', right = ''] = body.split(/\s{2,}/);
        return { text, left, right, segment: null, from: null, way: 'none' };
      }
      const [, left = '', near, segment = '', far, right = ''] = sent;
      const from = near === '<--' || far === '<--' ? 'server' : 'client';
      const way = far === '...' ? 'depart' : near === '...' ? 'arrive' : 'both';
      return { text, left: left.trim(), right: right.trim(), segment: segmentOf(segment), from, way };
    });

// Control bits come before the data here, and the data is a count of octets.
const segmentOf = (rfc: string): string => {
  const data = /<DATA(?:=(\d+))?>/.exec(rfc);
  const plain = rfc.replace(/<DATA[^>]*>/, '').replace(/(?<==)[XZ](?:\+1)?/g, (letter) => letters[letter] ?? letter);
  return data === null ? plain : `${plain}<LEN=${data[1] ?? 'any'}>`;
};

/** What a figure's remark says of a state; '' where it says nothing. */
const stateIn = (column: string): string => {
  if (states.some((state) => state === column)) return column;
  if (/abort/i.test(column)) return 'CLOSED';
  return /return to LISTEN/.test(column) ? 'LISTEN' : '';
};

const fits = (flight: Flight, from: 'client' | 'server' | null, segment: string): boolean => {
  const side = from === null ? flight.from.host : from === 'client' ? 0 : 1;
  const text = notation(flight.segment);
  return flight.from.host === side && text === segment.replace('<LEN=any>', `<LEN=${flight.segment.data.length}>`);
};

const arrivalAfter = (course: Timeline, index: number, line: Pick<Line, 'from' | 'segment'>): number => {
  const found = course.search(index, 1_000, ({ step: { event } }) => {
    return event.kind === 'arrival' && line.segment !== null && fits(event.flight, line.from, line.segment);
  });
  expect(found, `${line.segment} arrives`).not.toBeNull();
  return found ?? index;
};

const departure = (course: Timeline, line: Pick<Line, 'from' | 'segment'>): number => {
  const found = course.search(course.openingIndex, 1_000, ({ step }) =>
    step.sent.some((flight) => line.segment !== null && fits(flight, line.from, line.segment)),
  );
  expect(found, `${line.segment} leaves`).not.toBeNull();
  return found ?? 0;
};

const stateAt = (course: Timeline, index: number, side: 0 | 1): string => shownStates(course.worldAt(index))[side];

describe.each(['rfc9293', 'textbook'])('under %s', (profile) => {
  it.each(Object.keys(printed))('%s comes out as RFC 9293 prints it', (id) => {
    const course = courseOf(id, profile);
    let index = course.openingIndex;
    // A state printed beyond "..." is that of an end the line does not reach: it is due by the next line.
    let later: { readonly side: 0 | 1; readonly state: string } | null = null;
    for (const line of linesOf(printed[id] ?? '')) {
      const [left, right] = [stateIn(line.left), stateIn(line.right)];
      if (line.way === 'both' || line.way === 'arrive') index = arrivalAfter(course, index, line);
      else if (line.way === 'depart') index = Math.max(index, departure(course, line));
      else {
        // Time passes until the states are those of the line (2 MSL); nothing else may happen meanwhile.
        while (
          [left, right].some((state, side) => state !== '' && stateAt(course, index, side === 0 ? 0 : 1) !== state)
        ) {
          const event = course.stepAt(index + 1)?.event;
          expect(event?.kind, line.text).toBe('expiry');
          index += 1;
        }
      }
      if (later !== null) expect(stateAt(course, index, later.side), line.text).toBe(later.state);
      later = null;
      for (const [side, state] of [left, right].entries()) {
        const one = side === 0 ? 0 : 1;
        if (state === '') continue;
        if (line.way === 'depart' && one === (line.from === 'client' ? 1 : 0)) later = { side: one, state };
        else expect(stateAt(course, index, one), line.text).toBe(state);
      }
    }
    expect(later).toBeNull();
  });

  it('has no line of a figure that the reader of figures passes over', () => {
    for (const figure of Object.values(printed)) {
      const lines = linesOf(figure);
      const arrows = figure.split('\n').filter((line) => /<SEQ/.test(line)).length;
      expect(lines.filter((line) => line.segment !== null)).toHaveLength(arrows);
    }
  });
});

/** The same figures as a table of every state on every line, where it lies beside the project. */
const table = resolve(import.meta.dirname, '../../../shared/protocol/figures.json');

type Row = {
  readonly line: number | string;
  readonly where: 'both' | 'depart' | 'arrive' | 'none';
  readonly from: string;
  readonly seq: number | string | null;
  readonly ack: number | string | null;
  readonly ctl: string;
  readonly len: number | string;
  readonly A: string;
  readonly B: string;
};

const rowSegment = (row: Row): string => {
  const number = (value: number | string): string => letters[String(value)] ?? String(value);
  const ack = row.ack === null || row.ack === '' ? '' : `<ACK=${number(row.ack)}>`;
  const data = row.len === 0 ? '' : `<LEN=${typeof row.len === 'number' ? row.len : 'any'}>`;
  return `<SEQ=${number(row.seq ?? '')}>${ack}<CTL=${row.ctl}>${data}`;
};

describe.skipIf(!existsSync(table))('table of the figures beside the project', () => {
  const figures: readonly { readonly id: string; readonly lines: readonly Row[] }[] = existsSync(table)
    ? JSON.parse(readFileSync(table, 'utf8'))
    : [];

  it.each(['F6', 'F7', 'F8', 'F9', 'F10', 'F11', 'F12', 'F13'])('%s agrees in every line', (name) => {
    const rows = figures.find((figure) => figure.id === name)?.lines ?? [];
    expect(rows.length).toBeGreaterThan(0);
    const course = courseOf(`fig-${name.slice(1).padStart(2, '0')}`);
    let index = course.openingIndex;
    for (const row of rows) {
      const from = row.from === 'A' ? 'client' : row.from === 'B' ? 'server' : null;
      const line = { from, segment: rowSegment(row) } as const;
      if (row.where === 'both' || row.where === 'arrive') index = arrivalAfter(course, index, line);
      else if (row.where === 'depart') index = Math.max(index, departure(course, line));
      else
        while (stateIn(row.A) !== '' && stateAt(course, index, 0) !== row.A && course.stepAt(index + 1) !== null)
          index += 1;
      if (row.where === 'none' && row.B === 'CLOSED') {
        while (stateAt(course, index, 1) !== row.B && course.stepAt(index + 1) !== null) index += 1;
      }
      if (stateIn(row.A) !== '') expect(stateAt(course, index, 0), `${name} line ${row.line}, A`).toBe(row.A);
      expect(stateAt(course, index, 1), `${name} line ${row.line}, B`).toBe(row.B);
    }
  });
});

describe('scenarios of the figures', () => {
  it.each(Object.keys(printed))('%s is checked under each of its profiles', (id) => {
    expect([...scenarioOf(id).profiles].sort()).toEqual(['rfc9293', 'textbook']);
  });
});
