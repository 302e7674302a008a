// Worlds that nobody can change any more.

import { Table } from '../../source/host/table.ts';

const frozen = new WeakSet<object>();

/** Freezes a value and everything in it. Typed arrays cannot be frozen; the engine's are written only while they are made. */
export const deepFreeze = <T>(value: T): T => {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const one = open.pop();
    if (typeof one !== 'object' || one === null || frozen.has(one) || ArrayBuffer.isView(one)) continue;
    frozen.add(one);
    Object.freeze(one);
    open.push(...(one instanceof Table ? one.values() : Object.values(one)));
  }
  return value;
};
