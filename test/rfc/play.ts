// Plays a printed exchange with the engine: calls and forged segments where the script has them, everything else is
// what the endpoints do; each line is compared as it happens.

import { expect } from 'vitest';
import { isControl } from '../../source/tcp/segment.ts';
import { type Lab, ms, type Party, type Sent, type Side } from '../support/lab.ts';
import type { Exchange, Line, Printed } from './exchanges.ts';

/** What a figure does not print: where it begins, and what the applications do before a line. */
export interface Script {
  /** The laboratory at the first line. */
  readonly begin: () => Lab;
  /** Which host is A; the client unless said otherwise. */
  readonly a?: Side;
  /** By label of the line before which it happens. */
  readonly before?: Readonly<Record<string, (figure: Figure) => void>>;
  /** Values of the figure's symbols. */
  readonly symbols?: Readonly<Record<string, number>>;
  /** Lines whose segment comes from neither endpoint although the figure gives it to one. */
  readonly stray?: readonly string[];
  /** Lines that the profile at hand does not have. */
  readonly without?: readonly string[];
  /** What is left when the last line is over; by default nothing may have been sent that the figure does not print. */
  readonly end?: (figure: Figure) => void;
}

/** A figure while it is played. */
export interface Figure {
  readonly lab: Lab;
  readonly A: Party;
  readonly B: Party;
  /** Segments that were sent and not yet printed by a line. */
  readonly unprinted: () => Sent[];
}

/** Compares every line, in order. */
export function play(exchange: Exchange, script: Script): void {
  const lab = script.begin();
  const A = lab.party(script.a ?? 'client');
  const B = lab.party(script.a === 'server' ? 'client' : 'server');
  const printed = new Set<number>();
  const unprinted = (): Sent[] => lab.sent.filter(({ flight }) => !flight.forged && !printed.has(flight.id));
  const figure: Figure = { lab, A, B, unprinted };
  const departed: { readonly sent: Sent; readonly printed: Printed }[] = [];
  lab.mark();

  for (const line of exchange.lines) {
    if (script.without?.includes(line.label) === true) continue;
    script.before?.[line.label]?.(figure);
    const where = `${exchange.id} line ${line.label}`;
    if (line.segment !== null) move(line, line.segment, where);
    expect({ A: A.state, B: B.state }, where).toEqual({ A: line.A, B: line.B });
  }
  if (script.end === undefined) expect(unprinted().map(({ flight }) => flight.segment)).toEqual([]);
  else script.end(figure);

  function move(line: Line, segment: Printed, where: string): void {
    if (segment.where === 'arrive') {
      const index = departed.findIndex((held) => same(held.printed, segment));
      const held = departed[index];
      if (held !== undefined) {
        departed.splice(index, 1);
        lab.land(held.sent);
      } else if (segment.made !== null || script.stray?.includes(line.label) === true) forge(segment);
      else throw new Error(`${where}: nothing is on its way`);
      return;
    }
    const time = /^t=(\d+)/.exec(line.label)?.[1];
    if (time !== undefined) lab.when(() => unprinted().length > 0);
    const [sent] = unprinted();
    if (sent === undefined) throw new Error(`${where}: nothing was sent`);
    printed.add(sent.flight.id);
    expect(summary(sent), where).toEqual(expected(segment));
    if (time !== undefined) expect(sent.at, where).toBe(ms(Number(time)));
    if (segment.where === 'depart') {
      if (time === undefined) departed.push({ sent, printed: segment });
      else lab.lose(sent);
    } else if (time === undefined) lab.land(sent);
    else lab.when(() => lab.fate(sent) === 'delivered');
  }

  function forge(segment: Printed): void {
    const { seq, ack, ctl, len } = expected(segment);
    const victim = segment.from === 'A' ? B : A;
    const attacker = segment.from === 'A' ? A : B;
    const text = 'x'.repeat(len);
    lab.forge(
      victim.side,
      { seq, ...(ack === null ? {} : { ack }), ctl: ctl.split(',').filter(isControl), text },
      { from: attacker.side },
    );
  }

  function expected({ from, seq, ack, ctl, len }: Printed): Summary {
    return {
      from: (from === 'A' ? A : B).side,
      seq: number(seq),
      ack: ack === null ? null : number(ack),
      ctl,
      len: number(len),
    };
  }

  // A number, a symbol, or a sum or difference of them.
  function number(text: string): number {
    const parts = text.match(/[+-]?\w+/g) ?? [];
    const sum = parts.reduce((total, part) => {
      const name = part.replace(/^[+-]/, '');
      const value = script.symbols?.[name] ?? Number(name);
      if (Number.isNaN(value)) throw new Error(`${exchange.id}: what is ${name}?`);
      return total + (part.startsWith('-') ? -value : value);
    }, 0);
    return sum >>> 0;
  }
}

type Summary = Pick<Sent, 'from' | 'seq' | 'ack' | 'ctl' | 'len'>;

function summary({ from, seq, ack, ctl, len }: Sent): Summary {
  return { from, seq, ack, ctl, len };
}

function same(a: Printed, b: Printed): boolean {
  return a.from === b.from && a.seq === b.seq && a.ack === b.ack && a.ctl === b.ctl && a.len === b.len;
}
