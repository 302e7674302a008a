// Equality of worlds. What two of them share is not looked into: the usual matcher would compare every octet of every queue.
import { expect } from 'vitest';
import { sameValue } from '../../source/session/decision.ts';

/** Both are equal in depth. */
export const expectSame = (found: unknown, wanted: unknown): void => {
  if (sameValue(found, wanted)) return;
  // Shows where they differ.
  expect(found).toEqual(wanted);
  expect.unreachable('two values that differ only in what toEqual passes over');
};
