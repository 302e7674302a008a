// A world as a few hundred octets. A kept world of a long history costs more than all else that is kept; packed it
// costs a tenth, and unpacking one takes less time than the replay that follows.

import { Host, Socket } from '../host/host.ts';
import { Table } from '../host/table.ts';
import { Congestion } from '../tcp/congestion.ts';
import { none, Octets } from '../tcp/octets.ts';
import { noOptions, Options } from '../tcp/options.ts';
import { Queue } from '../tcp/queue.ts';
import { Reassembly } from '../tcp/reassembly.ts';
import { ReceiveSpace } from '../tcp/receive-space.ts';
import { RoundTrip } from '../tcp/rtt.ts';
import { Segment } from '../tcp/segment.ts';
import { SendSpace } from '../tcp/send-space.ts';
import { Sent } from '../tcp/sent.ts';
import { seq } from '../tcp/seq.ts';
import { defaultOptions } from '../tcp/socket.ts';
import { closed, Joined, SynSent } from '../tcp/tcb.ts';
import { Timers } from '../tcp/timers.ts';
import { type End, Flight, Wire } from '../world/wire.ts';
import { World } from '../world/world.ts';

/** A packed world. */
export type Packed = Uint8Array;

type Fields = Record<string, unknown>;

const nobody: End = { host: 0, address: '', port: 0 };
const blankSegment = new Segment(seq(0), seq(0), 0, 0, 0, none, noOptions);
const blankRtt = new RoundTrip(0, seq(0));
const blankCongestion = new Congestion(0, 0);

// A fresh instance of every class that occurs in a world, with its fields in the usual order; unpacking fills them in.
const makers: readonly (readonly [abstract new (...never: never[]) => object, () => object])[] = [
  [Flight, () => new Flight(0, nobody, nobody, blankSegment, 0, 0, 0, false, false)],
  [Segment, () => new Segment(seq(0), seq(0), 0, 0, 0, none, noOptions)],
  [Sent, () => new Sent(seq(0), 0, 0, 0)],
  [Octets, () => new Octets(none.buffer, 0, 0)],
  [Options, () => new Options(null, null, false, null, 0, [])],
  [Queue, () => new Queue([], 0)],
  [Reassembly, () => new Reassembly([], [])],
  [SendSpace, () => new SendSpace(seq(0))],
  [ReceiveSpace, () => new ReceiveSpace(seq(0))],
  [Timers, () => new Timers()],
  [RoundTrip, () => new RoundTrip(0, seq(0))],
  [Congestion, () => new Congestion(0, 0)],
  [Joined, () => new Joined(seq(0), seq(0), 'ESTABLISHED', defaultOptions, blankRtt, blankCongestion, 0)],
  [SynSent, () => new SynSent(seq(0), defaultOptions, blankRtt, blankCongestion, 0)],
  [Socket, () => new Socket(0, '', 0, '', 0, closed, defaultOptions, 0)],
  [Wire, () => new Wire()],
];

const numberOf: ReadonlyMap<unknown, number> = new Map(makers.map(([made], index) => [made, index]));

// What begins each value.
const UNDEFINED = 0;
const NULL = 1;
const TRUE = 2;
const FALSE = 3;
const POSITIVE = 4;
const NEGATIVE = 5;
const DOUBLE = 6;
const KNOWN = 7;
const LIST = 8;
const OBJECT = 9;
const TABLE = 10;
const INSTANCE = 16;

/**
 * Packs the worlds of one history and unpacks them again. Texts, shapes of plain objects, octet buffers, and the
 * few objects that worlds share all along (profiles, options, calls) are kept once and named by number.
 */
export class Packer {
  private readonly known: unknown[] = [];
  private readonly numbers = new Map<unknown, number>();
  private readonly shapes = new Map<string, number>();
  private octets = new Uint8Array(4_096);
  private readonly view = new DataView(new ArrayBuffer(8));
  private at = 0;

  /** The world in octets. */
  pack(world: Readonly<World>): Packed {
    this.at = 0;
    for (const key of worldKeys) this.write(world[key]);
    return this.octets.slice(0, this.at);
  }

  /** The world again: equal to the one that was packed, sharing nothing with it that could be changed. */
  unpack(packed: Packed): World {
    this.octets = packed.length > this.octets.length ? new Uint8Array(packed.length * 2) : this.octets;
    this.octets.set(packed);
    this.at = 0;
    const fields = Object.fromEntries(worldKeys.map((key) => [key, this.read()])) as unknown as World;
    return new World(fields);
  }

  private byte(value: number): void {
    if (this.at === this.octets.length) {
      const larger = new Uint8Array(this.octets.length * 2);
      larger.set(this.octets);
      this.octets = larger;
    }
    this.octets[this.at++] = value;
  }

  // Seven bits an octet, lowest first; up to 2^53.
  private count(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  private write(value: unknown): void {
    if (typeof value === 'number') this.writeNumber(value);
    else if (value === undefined) this.byte(UNDEFINED);
    else if (value === null) this.byte(NULL);
    else if (typeof value === 'boolean') this.byte(value ? TRUE : FALSE);
    else if (typeof value === 'object') this.writeObject(value);
    else this.writeKnown(value);
  }

  private writeNumber(value: number): void {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
      this.byte(value < 0 ? NEGATIVE : POSITIVE);
      this.count(Math.abs(value));
      return;
    }
    this.byte(DOUBLE);
    this.view.setFloat64(0, value);
    for (let index = 0; index < 8; index++) this.byte(this.view.getUint8(index));
  }

  private writeKnown(value: unknown): void {
    let number = this.numbers.get(value);
    if (number === undefined) {
      number = this.known.length;
      this.known.push(value);
      this.numbers.set(value, number);
    }
    this.byte(KNOWN);
    this.count(number);
  }

  private writeObject(value: object): void {
    if (Array.isArray(value)) {
      this.byte(LIST);
      this.count(value.length);
      for (const item of value) this.write(item);
    } else if (value instanceof Table) this.writeTable(value);
    else if (value instanceof Host) this.writeShape(value);
    else if (value instanceof Uint8Array || isShared(value)) this.writeKnown(value);
    else {
      const number = numberOf.get(value.constructor);
      if (number === undefined) this.writeShape(value);
      else {
        this.byte(INSTANCE + number);
        for (const key of Object.keys(value)) this.write((value as Fields)[key]);
      }
    }
  }

  private writeTable(table: Table<{ due: number }>): void {
    this.byte(TABLE);
    this.count(table.size);
    for (const [id, entry] of table.entries()) {
      this.count(id);
      this.write(entry);
    }
  }

  // A plain object (or a host, which is made from its fields): the number of its list of keys, then the values.
  private writeShape(value: object): void {
    const keys = Object.keys(value);
    const name = keys.join(' ');
    let shape = this.shapes.get(name);
    if (shape === undefined) {
      shape = this.known.length;
      this.known.push({ keys, host: value instanceof Host });
      this.shapes.set(name, shape);
    }
    this.byte(OBJECT);
    this.count(shape);
    for (const key of keys) this.write((value as Fields)[key]);
  }

  private next(): number {
    return this.octets[this.at++] ?? 0;
  }

  private readCount(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.next();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  private read(): unknown {
    const tag = this.next();
    if (tag >= INSTANCE) return this.readInstance(tag - INSTANCE);
    if (tag === POSITIVE) return this.readCount();
    if (tag === NEGATIVE) return -this.readCount();
    if (tag === KNOWN) return this.known[this.readCount()];
    if (tag === LIST) return this.readList();
    if (tag === OBJECT) return this.readShape();
    if (tag === TABLE) return this.readTable();
    if (tag === DOUBLE) {
      for (let index = 0; index < 8; index++) this.view.setUint8(index, this.next());
      return this.view.getFloat64(0);
    }
    if (tag === TRUE) return true;
    if (tag === FALSE) return false;
    return tag === NULL ? null : undefined;
  }

  private readList(): unknown[] {
    const length = this.readCount();
    const list: unknown[] = [];
    for (let index = 0; index < length; index++) list.push(this.read());
    return list;
  }

  private readTable(): Table<{ due: number }> {
    let table = Table.empty<{ due: number }>();
    const size = this.readCount();
    for (let index = 0; index < size; index++) {
      const id = this.readCount();
      table = table.with(id, this.read() as { due: number });
    }
    return table;
  }

  private readShape(): unknown {
    const { keys, host } = this.known[this.readCount()] as { readonly keys: readonly string[]; readonly host: boolean };
    const fields: Fields = {};
    for (const key of keys) fields[key] = this.read();
    return host ? new Host(fields as unknown as Host) : fields;
  }

  private readInstance(number: number): object {
    const made = makers[number]?.[1]();
    if (made === undefined) throw new RangeError(`no class ${number}`);
    const fields = made as Fields;
    for (const key of Object.keys(fields)) fields[key] = this.read();
    return made;
  }
}

const worldKeys = ['now', 'seed', 'hosts', 'wire', 'nextFlight', 'events'] as const satisfies readonly (keyof World)[];

// Plain objects that live as long as the history: profiles and socket options (many fields), and calls that wait.
// Rules for the wire count what they have seen, so there is a new one for every match.
function isShared(value: object): boolean {
  if (value.constructor !== Object) return false;
  return ('do' in value && !('match' in value)) || Object.keys(value).length > 12;
}
