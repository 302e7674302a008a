// The connection states of RFC 9293, Figure 5, with the states of both ends lit and the way they took. Left out, as the
// figure leaves out resets: CLOSE before the handshake is through, and SEND in LISTEN.

import { timelineOf } from '../session/session.ts';
import { chosenStates } from '../session/shown.ts';
import type { State } from '../tcp/tcb.ts';
import { Canvas, type Spot } from './canvas.ts';
import { blank, exactly, type Line, span, wrap } from './line.ts';
import type { Look } from './look.ts';
import type { Scene } from './scene.ts';

/** Cells and rows that the diagram itself takes. */
export const diagram = { columns: 58, rows: 14 } as const;

/** Where the name of each state begins; CLOSED stands at the top and at the foot. */
const spots: readonly (readonly [State, Spot])[] = [
  ['CLOSED', [0, 25]],
  ['LISTEN', [2, 2]],
  ['SYN-SENT', [2, 45]],
  ['SYN-RECEIVED', [4, 20]],
  ['ESTABLISHED', [6, 26]],
  ['FIN-WAIT-1', [8, 3]],
  ['CLOSE-WAIT', [8, 42]],
  ['FIN-WAIT-2', [11, 0]],
  ['CLOSING', [11, 20]],
  ['LAST-ACK', [11, 42]],
  ['TIME-WAIT', [13, 11]],
  ['CLOSED', [13, 42]],
];

/** A way from one state to another. */
interface Edge {
  readonly from: State;
  readonly to: State;
  readonly path: readonly Spot[];
  /** What leads there and what is sent, and where that stands. */
  readonly label: readonly [text: string, row: number, column: number];
}

const edges: readonly Edge[] = [
  {
    from: 'CLOSED',
    to: 'LISTEN',
    path: [
      [0, 28],
      [1, 28],
      [1, 6],
      [2, 6],
    ],
    label: ['listen', 1, 12],
  },
  {
    from: 'CLOSED',
    to: 'SYN-SENT',
    path: [
      [0, 28],
      [1, 28],
      [1, 50],
      [2, 50],
    ],
    label: ['connect / SYN', 1, 33],
  },
  {
    from: 'LISTEN',
    to: 'SYN-RECEIVED',
    path: [
      [2, 6],
      [4, 6],
      [4, 19],
    ],
    label: ['SYN / SYN,ACK', 3, 8],
  },
  {
    from: 'SYN-SENT',
    to: 'SYN-RECEIVED',
    path: [
      [2, 50],
      [4, 50],
      [4, 36],
    ],
    label: ['SYN / SYN,ACK', 3, 36],
  },
  {
    from: 'SYN-SENT',
    to: 'ESTABLISHED',
    path: [
      [2, 50],
      [6, 50],
      [6, 41],
    ],
    label: ['SYN,ACK / ACK', 5, 36],
  },
  {
    from: 'SYN-RECEIVED',
    to: 'ESTABLISHED',
    path: [
      [4, 30],
      [6, 30],
    ],
    label: ['ACK', 5, 31],
  },
  {
    from: 'SYN-RECEIVED',
    to: 'FIN-WAIT-1',
    path: [
      [4, 22],
      [7, 22],
      [7, 8],
      [8, 8],
    ],
    label: ['close / FIN', 7, 10],
  },
  {
    from: 'ESTABLISHED',
    to: 'FIN-WAIT-1',
    path: [
      [6, 30],
      [7, 30],
      [7, 8],
      [8, 8],
    ],
    label: ['close / FIN', 7, 10],
  },
  {
    from: 'ESTABLISHED',
    to: 'CLOSE-WAIT',
    path: [
      [6, 30],
      [7, 30],
      [7, 46],
      [8, 46],
    ],
    label: ['FIN / ACK', 7, 34],
  },
  {
    from: 'FIN-WAIT-1',
    to: 'FIN-WAIT-2',
    path: [
      [8, 8],
      [9, 8],
      [9, 4],
      [11, 4],
    ],
    label: ['ACK', 10, 5],
  },
  {
    from: 'FIN-WAIT-1',
    to: 'TIME-WAIT',
    path: [
      [8, 8],
      [9, 8],
      [9, 16],
      [13, 16],
    ],
    label: ['FIN,ACK', 10, 17],
  },
  {
    from: 'FIN-WAIT-1',
    to: 'CLOSING',
    path: [
      [8, 8],
      [9, 8],
      [9, 26],
      [11, 26],
    ],
    label: ['FIN', 10, 27],
  },
  {
    from: 'CLOSE-WAIT',
    to: 'LAST-ACK',
    path: [
      [8, 46],
      [11, 46],
    ],
    label: ['close / FIN', 9, 47],
  },
  {
    from: 'FIN-WAIT-2',
    to: 'TIME-WAIT',
    path: [
      [11, 4],
      [13, 4],
      [13, 10],
    ],
    label: ['FIN / ACK', 12, 5],
  },
  {
    from: 'CLOSING',
    to: 'TIME-WAIT',
    path: [
      [11, 26],
      [13, 26],
      [13, 23],
    ],
    label: ['ACK', 12, 27],
  },
  {
    from: 'TIME-WAIT',
    to: 'CLOSED',
    path: [
      [13, 23],
      [13, 41],
    ],
    label: ['2MSL', 13, 31],
  },
  {
    from: 'LAST-ACK',
    to: 'CLOSED',
    path: [
      [11, 46],
      [13, 46],
    ],
    label: ['ACK', 12, 47],
  },
];

/** Changes of state that are looked through for the way. */
const patience = 400;

/** The diagram in exactly `height` lines of `width` cells; below it, where there is room, the way of each end. */
export function stateDiagram(scene: Scene, look: Look, width: number, height: number): readonly Line[] {
  const ways = waysOf(scene);
  const passed = ways.map((way) => new Set(way));
  const canvas = new Canvas(diagram.columns, diagram.rows, look);
  const taken = new Set(
    ways.flatMap((way) => way.flatMap((to, place) => (place === 0 ? [] : [`${way[place - 1]} ${to}`]))),
  );
  for (const { from, to, path } of edges) canvas.path(path, taken.has(`${from} ${to}`) ? 'strong' : 'dim');
  for (const {
    label: [text, row, column],
  } of edges)
    canvas.text(row, column, text, 'dim');
  const now = ways.map((way) => way[way.length - 1]);
  for (const [place, [state, [row, column]]] of spots.entries()) {
    const top = state === 'CLOSED' && place === 0;
    const marks = (['C', 'S'] as const).map((letter, host) => {
      // At the top stands who has not begun, at the foot who has come to the end.
      const began = (ways[host]?.length ?? 0) > 1;
      if (state === 'CLOSED' && began === top)
        return passed[host]?.has(state) === true && top ? letter.toLowerCase() : ' ';
      if (now[host] === state) return letter;
      return passed[host]?.has(state) === true ? letter.toLowerCase() : ' ';
    });
    const lit = marks.some((letter) => letter === 'C' || letter === 'S');
    canvas.text(row, column, ` ${state}`.slice(column === 0 ? 1 : 0), lit ? 'selected' : 'plain');
    canvas.text(row, column + state.length + (column === 0 ? 0 : 1), ` ${marks.join('')}`, 'selected');
  }
  const before = Math.max(0, Math.floor((width - diagram.columns) / 2));
  const drawn = canvas.lines().map((one) => [span(' '.repeat(before)), ...one]);
  const told = [[], ...ways.flatMap((way, host) => wayLines(way, host, look, width))];
  const lines: Line[] = [...drawn, ...(height >= diagram.rows + 3 ? told : [])].slice(0, height);
  while (lines.length < height) lines.push(blank);
  return lines.map((one) => exactly(one, width, look.ruler, look.glyphs.ellipsis));
}

function wayLines(way: readonly State[], host: number, look: Look, width: number): readonly Line[] {
  const who = look.words.party[host === 0 ? 'client' : 'server'];
  const text = `${host === 0 ? 'C' : 'S'} ${who}${look.words.colon}${way.join(` ${look.glyphs.becomes} `)}`;
  return wrap(text, width - 2, look.ruler).map((one) => [span(` ${one}`)]);
}

// The states that each end has shown up to the cursor, in order.
function waysOf(scene: Scene): readonly [State[], State[]] {
  const { session } = scene;
  const timeline = timelineOf(session);
  const changes: number[] = [];
  for (let index = session.cursor.index; index >= 1 && changes.length < patience; index--) {
    if (timeline.changedState(index)) changes.unshift(index);
  }
  const first = (changes[0] ?? session.cursor.index + 1) - 1;
  const ways: [State[], State[]] = [[], []];
  for (const index of [first, ...changes]) {
    // While the checks of an event are gone through, its change has not happened yet.
    const world = index === session.cursor.index ? scene.world : timeline.worldAt(index);
    for (const [host, state] of chosenStates(world, session.shown).entries()) {
      const way = ways[host === 0 ? 0 : 1];
      if (way[way.length - 1] !== state) way.push(state);
    }
  }
  return ways;
}
