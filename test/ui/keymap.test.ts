// Keys of one's own, from a file that was written by hand.
import { describe, expect, it } from 'vitest';
import { perform } from '../../source/session/perform.ts';
import type { Session } from '../../source/session/session.ts';
import { readKeymap } from '../../source/ui/keymap.ts';
import { keyOf, keys, rowOf, rowsOf } from '../../source/ui/keys.ts';
import { pressed } from '../support/keyboard.ts';
import { opened } from '../support/sessions.ts';

const withKeys = (map: unknown): Session => ({ ...opened('hs-basic'), keys: readKeymap(map).keys });

describe('an action', () => {
  it('has the keys that the file gives it, and no others', () => {
    const session = withKeys({ drop: ['X', 'ctrl-d'] });
    expect(rowOf(session, 'X')?.id).toBe('drop');
    expect(rowOf(session, 'ctrl-d')?.id).toBe('drop');
    expect(rowOf(session, 'x')).toBeUndefined();
    expect(keyOf(session, 'drop')).toBe('X');
  });

  it('loses a usual key that the file gives to another one', () => {
    const session = withKeys({ forward: ['n'] });
    expect(rowOf(session, 'n')?.id).toBe('forward');
    expect(keyOf(session, 'next-match')).toBeNull();
  });

  it('may have a single key without a list, or none', () => {
    expect(rowOf(withKeys({ zoom: 'f' }), 'f')?.id).toBe('zoom');
    expect(keyOf(withKeys({ zoom: [] }), 'zoom')).toBeNull();
  });

  it('does what it did under its other key', () => {
    expect(pressed(withKeys({ forward: ['f'] }), 'f').cursor.index).toBe(
      pressed(opened('hs-basic'), 'right').cursor.index,
    );
  });

  it('has still one meaning for each key', () => {
    const session = withKeys({ forward: ['n'], drop: ['k'], 'next-match': ['x'] });
    const all = rowsOf(session).flatMap((row) => row.keys);
    expect(all).toEqual([...new Set(all)]);
  });

  it('keeps its keys when another scenario is opened', () => {
    const session = withKeys({ drop: ['X'] });
    const { subject, profile, setting, captions } = session;
    const start = { subject, profile, setting, captions, decisions: [], opening: { position: 0, at: 0 }, ways: [] };
    expect(keyOf(perform(session, { do: 'open', start }), 'drop')).toBe('X');
  });
});

describe('what cannot be used', () => {
  it.each([
    [[], 'expected an object'],
    [{ dorp: ['x'] }, 'keys.dorp: no such action; did you mean drop?'],
    [{ drop: 5 }, 'keys.drop: expected a list of keys'],
    [{ drop: ['rihgt'] }, '"rihgt" is not a key; did you mean right?'],
    [{ drop: ['D'] }, 'a torn arrow key leaves it behind'],
    [{ drop: ['['] }, 'a torn arrow key leaves it behind'],
    [{ drop: ['3'] }, 'digits focus panes'],
    [{ drop: ['ctrl-z'] }, 'belongs to the terminal'],
    [{ drop: ['esc'] }, 'cannot be taken'],
    [{ close: ['f'] }, 'keeps its keys'],
    [{ drop: ['f'], zoom: ['f'] }, 'is already that of drop'],
    [{ drop: ['\u001b[A'] }, 'is not a key'],
  ])('%j is told, and the rest is used', (map, complaint) => {
    const { keys: found, complaints } = readKeymap(map);
    expect(complaints.join('\n')).toContain(complaint);
    expect(complaints.join('\n')).not.toMatch(/\p{Cc}/u);
    expect(rowOf({ keys: found }, 'right')?.id).toBe('forward');
    expect(rowOf({ keys: found }, 'esc')?.id).toBe('close');
  });

  it('is nothing where every action has its usual keys', () => {
    const usual = Object.fromEntries(keys.map((row) => [row.id, row.keys] as const));
    expect(readKeymap(usual).complaints).toEqual([]);
  });
});
