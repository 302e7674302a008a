// How the screens are built: components own no state, one file reads keys, one clock plays.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = resolve(import.meta.dirname, '../../source/ui');

/** Files of source/ui in which a hook is called, with how often. */
const calls = (hook: string): [string, number][] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name): [string, number] => [
      name,
      [...readFileSync(join(folder, name), 'utf8').matchAll(new RegExp(`\\b${hook}\\(`, 'g'))].length,
    ])
    .filter(([, count]) => count > 0);

describe('in source/ui', () => {
  it.each(['useState', 'useRef', 'useContext', 'useMemo', 'useCallback', 'useReducer'])(
    'no component calls %s',
    (hook) => {
      expect(calls(hook)).toEqual([]);
    },
  );

  it('the whole state is one session, outside of the components', () => {
    expect(calls('useSyncExternalStore')).toEqual([['app.tsx', 1]]);
  });

  it('the only effects are the clocks that play, with all bandwidth and with little', () => {
    expect(calls('useEffect')).toEqual([['app.tsx', 2]]);
  });

  it('one file reads keys; lists read their own while they have the focus', () => {
    expect(calls('useInput')).toEqual([['use-keys.ts', 1]]);
  });
});
