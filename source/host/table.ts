// A persistent table of things with deadlines, keyed by small counted ids: a tree of 32 branches in which
// every node knows its earliest deadline. Changing one entry copies one path; finding the next thing to
// happen follows one. (A sorted array would copy every entry at every step.)

const branching = 32;
const shift = 5;
const mask = branching - 1;

/** Anything with a deadline in microseconds; Infinity where there is none. */
export interface Due {
  readonly due: number;
}

interface Node<T extends Due> {
  readonly earliest: number;
  readonly count: number;
  /** Nodes above level 0, entries at level 0. */
  readonly slots: readonly (Node<T> | T | undefined)[];
}

/** An immutable map from id (integer in 0 .. 2^30-1) to entry. Iterates in the order of ids. */
export class Table<T extends Due> {
  // Truly private, so that two tables are equal when they hold the same entries, however their trees have grown.
  readonly #root: Node<T> | undefined;
  readonly #level: number;
  // Ids below this are gone for good: where they only count up, the tree stays as shallow as what is alive.
  readonly #base: number;

  private constructor(root: Node<T> | undefined, level: number, base: number) {
    this.#root = root;
    this.#level = level;
    this.#base = base;
  }

  /** A table without entries. */
  static empty<T extends Due>(): Table<T> {
    return new Table<T>(undefined, 0, 0);
  }

  /** Levels of the tree above the entries, for those who care how deep it is. */
  get depth(): number {
    return this.#level;
  }

  /** How many entries. */
  get size(): number {
    return this.#root === undefined ? 0 : this.#root.count;
  }

  /** The earliest deadline; Infinity when the table is empty. */
  get earliest(): number {
    return this.#root === undefined ? Number.POSITIVE_INFINITY : this.#root.earliest;
  }

  /** The entry of an id. */
  at(id: number): T | undefined {
    const offset = id - this.#base;
    let node = this.#root;
    if (node === undefined || offset >>> ((this.#level + 1) * shift) !== 0) return undefined;
    for (let level = this.#level; level > 0; level--) {
      node = node.slots[(offset >>> (level * shift)) & mask] as Node<T> | undefined;
      if (node === undefined) return undefined;
    }
    return node.slots[offset & mask] as T | undefined;
  }

  /** The table with an entry put or replaced. */
  with(id: number, entry: T): Table<T> {
    let root = this.#root;
    let level = this.#level;
    const offset = id - this.#base;
    if (root === undefined) return new Table<T>(put(root, 0, id & mask, entry), 0, id & ~mask);
    if (offset < 0 || offset >>> ((level + 1) * shift) !== 0) {
      const moved = this.moved(id, offset);
      if (moved !== null) return moved.with(id, entry);
    }
    while (offset >>> ((level + 1) * shift) !== 0) {
      root = { earliest: root.earliest, count: root.count, slots: [root] };
      level += 1;
    }
    return new Table<T>(put(root, level, offset, entry), level, this.#base);
  }

  // The same entries above a higher base, where that leaves room for the id without another level; from 0 on for an
  // id below the base.
  private moved(id: number, offset: number): Table<T> | null {
    const lowest = this.entries().next();
    const first = lowest.done === true ? id : lowest.value[0];
    const base = offset < 0 ? 0 : first & ~mask;
    if (offset >= 0 && (id - base) >>> ((this.#level + 1) * shift - 1) !== 0) return null;
    let table = new Table<T>(undefined, 0, base);
    for (const [other, entry] of this.entries()) table = table.grown(other, entry);
    return table;
  }

  // `with` that never moves the base.
  private grown(id: number, entry: T): Table<T> {
    let root = this.#root;
    let level = this.#level;
    const offset = id - this.#base;
    while (offset >>> ((level + 1) * shift) !== 0) {
      if (root !== undefined) root = { earliest: root.earliest, count: root.count, slots: [root] };
      level += 1;
    }
    return new Table<T>(put(root, level, offset, entry), level, this.#base);
  }

  /** The table without an entry; itself where there is none. */
  without(id: number): Table<T> {
    if (this.#root === undefined || this.at(id) === undefined) return this;
    return new Table<T>(put(this.#root, this.#level, id - this.#base, undefined), this.#level, this.#base);
  }

  /** The id and entry with the earliest deadline, the lowest id among equals; null when nothing is due ever. */
  next(): { readonly id: number; readonly entry: T } | null {
    let node = this.#root;
    if (node === undefined || node.earliest === Number.POSITIVE_INFINITY) return null;
    const due = node.earliest;
    let id = 0;
    for (let level = this.#level; level >= 0; level--) {
      const slots: readonly (Node<T> | T | undefined)[] = node.slots;
      let index = 0;
      while (index < slots.length && !isDue(slots[index], level, due)) index += 1;
      id = id * branching + index;
      const slot = slots[index];
      if (slot === undefined) return null;
      if (level === 0) return { id: this.#base + id, entry: slot as T };
      node = slot as Node<T>;
    }
    return null;
  }

  /** The same as `entries`: a table is a collection. */
  [Symbol.iterator](): Generator<readonly [number, T]> {
    return this.entries();
  }

  /** Every id with its entry, lowest id first. */
  *entries(): Generator<readonly [number, T]> {
    if (this.#root !== undefined) yield* walk(this.#root, this.#level, 0, this.#base);
  }

  /** Every entry, highest id first. */
  *backwards(): Generator<T> {
    if (this.#root !== undefined) yield* walkBack(this.#root, this.#level);
  }

  /**
   * The entries that an older table does not have or has otherwise, lowest id first. What both share is passed over as a
   * whole, so that a step of one socket among ten thousand costs what it changes.
   */
  *since(older: Table<T>): Generator<readonly [number, T]> {
    if (this.#root === undefined || this.#root === older.#root) return;
    const comparable = older.#level === this.#level && older.#base === this.#base;
    yield* difference(this.#root, comparable ? older.#root : undefined, this.#level, 0, this.#base);
  }

  /** Every entry, lowest id first. */
  *values(): Generator<T> {
    for (const [, entry] of this.entries()) yield entry;
  }
}

function isDue<T extends Due>(slot: Node<T> | T | undefined, level: number, due: number): boolean {
  return slot !== undefined && deadline(slot, level) === due;
}

function deadline<T extends Due>(slot: Node<T> | T, level: number): number {
  return level === 0 ? (slot as T).due : (slot as Node<T>).earliest;
}

const never = Number.POSITIVE_INFINITY;

function put<T extends Due>(
  node: Node<T> | undefined,
  level: number,
  id: number,
  entry: T | undefined,
): Node<T> | undefined {
  const index = (id >>> (level * shift)) & mask;
  const slots = node === undefined ? [] : node.slots.slice();
  const old = slots[index];
  while (slots.length < index) slots.push(undefined);
  const fresh = level === 0 ? entry : put(old as Node<T> | undefined, level - 1, id, entry);
  slots[index] = fresh;
  const count = (node === undefined ? 0 : node.count) + weight(fresh, level) - weight(old, level);
  if (count === 0) return undefined;
  const due = fresh === undefined ? never : deadline(fresh, level);
  let earliest = node === undefined ? never : node.earliest;
  if (due <= earliest) earliest = due;
  else if (old !== undefined && deadline(old, level) === earliest) earliest = soonest(slots, level);
  return { earliest, count, slots };
}

function weight<T extends Due>(slot: Node<T> | T | undefined, level: number): number {
  if (slot === undefined) return 0;
  return level === 0 ? 1 : (slot as Node<T>).count;
}

function soonest<T extends Due>(slots: readonly (Node<T> | T | undefined)[], level: number): number {
  let earliest = never;
  for (const slot of slots) {
    if (slot === undefined) continue;
    const due = deadline(slot, level);
    if (due < earliest) earliest = due;
  }
  return earliest;
}

function* walk<T extends Due>(
  node: Node<T>,
  level: number,
  prefix: number,
  base: number,
): Generator<readonly [number, T]> {
  for (let index = 0; index < node.slots.length; index++) {
    const slot = node.slots[index];
    if (slot === undefined) continue;
    const path = prefix * branching + index;
    if (level === 0) yield [base + path, slot as T];
    else yield* walk(slot as Node<T>, level - 1, path, base);
  }
}

function* walkBack<T extends Due>(node: Node<T>, level: number): Generator<T> {
  for (let index = node.slots.length - 1; index >= 0; index--) {
    const slot = node.slots[index];
    if (slot === undefined) continue;
    if (level === 0) yield slot as T;
    else yield* walkBack(slot as Node<T>, level - 1);
  }
}

function* difference<T extends Due>(
  node: Node<T>,
  older: Node<T> | undefined,
  level: number,
  prefix: number,
  base: number,
): Generator<readonly [number, T]> {
  for (let index = 0; index < node.slots.length; index++) {
    const slot = node.slots[index];
    const old = older?.slots[index];
    if (slot === undefined || slot === old) continue;
    const path = prefix * branching + index;
    if (level === 0) yield [base + path, slot as T];
    else yield* difference(slot as Node<T>, old as Node<T> | undefined, level - 1, path, base);
  }
}
