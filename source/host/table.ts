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

/** A level above the entries: what is below it, and the earliest deadline of all that. */
interface Branch<T extends Due> extends Due {
  readonly leaf: false;
  readonly count: number;
  readonly slots: readonly (Node<T> | undefined)[];
}

/** The lowest level: entries. */
interface Leaf<T extends Due> extends Due {
  readonly leaf: true;
  readonly count: number;
  readonly slots: readonly (T | undefined)[];
}

type Node<T extends Due> = Branch<T> | Leaf<T>;

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
    return this.#root === undefined ? never : this.#root.due;
  }

  /** The entry of an id. */
  at(id: number): T | undefined {
    const offset = id - this.#base;
    let node = this.#root;
    if (node === undefined || offset >>> ((this.#level + 1) * shift) !== 0) return undefined;
    for (let level = this.#level; !node.leaf; level--) {
      const below: Node<T> | undefined = node.slots[(offset >>> (level * shift)) & mask];
      if (below === undefined) return undefined;
      node = below;
    }
    return node.slots[offset & mask];
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
      root = above(root);
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
      if (root !== undefined) root = above(root);
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
    if (node === undefined || node.due === never) return null;
    const { due } = node;
    let id = 0;
    for (;;) {
      const index = firstDue(node.slots, due);
      id = id * branching + index;
      if (node.leaf) {
        const entry = node.slots[index];
        return entry === undefined ? null : { id: this.#base + id, entry };
      }
      const below: Node<T> | undefined = node.slots[index];
      if (below === undefined) return null;
      node = below;
    }
  }

  /** The same as `entries`: a table is a collection. */
  [Symbol.iterator](): Generator<readonly [number, T]> {
    return this.entries();
  }

  /** Every id with its entry, lowest id first. */
  *entries(): Generator<readonly [number, T]> {
    if (this.#root !== undefined) yield* walk(this.#root, 0, this.#base);
  }

  /** Every entry, highest id first. */
  *backwards(): Generator<T> {
    if (this.#root !== undefined) yield* walkBack(this.#root);
  }

  /**
   * The entries that an older table does not have or has otherwise, lowest id first. What both share is passed over as a
   * whole, so that a step of one socket among ten thousand costs what it changes.
   */
  *since(older: Table<T>): Generator<readonly [number, T]> {
    if (this.#root === undefined || this.#root === older.#root) return;
    const comparable = older.#level === this.#level && older.#base === this.#base;
    yield* difference(this.#root, comparable ? older.#root : undefined, 0, this.#base);
  }

  /** Every entry, lowest id first. */
  *values(): Generator<T> {
    for (const [, entry] of this.entries()) yield entry;
  }
}

const never = Number.POSITIVE_INFINITY;

function above<T extends Due>(node: Node<T>): Branch<T> {
  return { leaf: false, due: node.due, count: node.count, slots: [node] };
}

function firstDue(slots: readonly (Due | undefined)[], due: number): number {
  let index = 0;
  while (index < slots.length && slots[index]?.due !== due) index += 1;
  return index;
}

function put<T extends Due>(
  node: Node<T> | undefined,
  level: number,
  id: number,
  entry: T | undefined,
): Node<T> | undefined {
  if (level === 0) return putEntry(node?.leaf === true ? node : undefined, id & mask, entry);
  return putBelow(node?.leaf === false ? node : undefined, level, id, entry);
}

function putEntry<T extends Due>(leaf: Leaf<T> | undefined, index: number, entry: T | undefined): Leaf<T> | undefined {
  const slots = leaf === undefined ? [] : leaf.slots.slice();
  const old = slots[index];
  while (slots.length < index) slots.push(undefined);
  slots[index] = entry;
  const count = (leaf === undefined ? 0 : leaf.count) + (entry === undefined ? 0 : 1) - (old === undefined ? 0 : 1);
  return count === 0 ? undefined : { leaf: true, due: earliest(leaf, slots, old, entry), count, slots };
}

function putBelow<T extends Due>(
  branch: Branch<T> | undefined,
  level: number,
  id: number,
  entry: T | undefined,
): Branch<T> | undefined {
  const index = (id >>> (level * shift)) & mask;
  const slots = branch === undefined ? [] : branch.slots.slice();
  const old = slots[index];
  while (slots.length < index) slots.push(undefined);
  const fresh = put(old, level - 1, id, entry);
  slots[index] = fresh;
  const others = (branch === undefined ? 0 : branch.count) - (old === undefined ? 0 : old.count);
  const count = others + (fresh === undefined ? 0 : fresh.count);
  return count === 0 ? undefined : { leaf: false, due: earliest(branch, slots, old, fresh), count, slots };
}

// The earliest deadline once `fresh` has taken the place of `old`; all slots are asked only where `old` was the earliest.
function earliest(
  node: Due | undefined,
  slots: readonly (Due | undefined)[],
  old: Due | undefined,
  fresh: Due | undefined,
): number {
  const before = node === undefined ? never : node.due;
  const due = fresh === undefined ? never : fresh.due;
  if (due <= before) return due;
  if (old === undefined || old.due !== before) return before;
  let soonest = never;
  for (const slot of slots) if (slot !== undefined && slot.due < soonest) soonest = slot.due;
  return soonest;
}

function* walk<T extends Due>(node: Node<T>, prefix: number, base: number): Generator<readonly [number, T]> {
  for (let index = 0; index < node.slots.length; index++) {
    const path = prefix * branching + index;
    if (node.leaf) {
      const entry = node.slots[index];
      if (entry !== undefined) yield [base + path, entry];
    } else {
      const below = node.slots[index];
      if (below !== undefined) yield* walk(below, path, base);
    }
  }
}

function* walkBack<T extends Due>(node: Node<T>): Generator<T> {
  for (let index = node.slots.length - 1; index >= 0; index--) {
    if (node.leaf) {
      const entry = node.slots[index];
      if (entry !== undefined) yield entry;
    } else {
      const below = node.slots[index];
      if (below !== undefined) yield* walkBack(below);
    }
  }
}

function* difference<T extends Due>(
  node: Node<T>,
  older: Node<T> | undefined,
  prefix: number,
  base: number,
): Generator<readonly [number, T]> {
  for (let index = 0; index < node.slots.length; index++) {
    const path = prefix * branching + index;
    if (node.leaf) {
      const entry = node.slots[index];
      if (entry !== undefined && entry !== older?.slots[index]) yield [base + path, entry];
    } else {
      const below = node.slots[index];
      const old = older?.leaf === false ? older.slots[index] : undefined;
      if (below !== undefined && below !== old) yield* difference(below, old, path, base);
    }
  }
}
