// The law of the house and its documentation: which part of source/ may import which.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

/** A file imports its own layer and those to its left, never one to its right. */
const layers = ['tcp', 'host', 'world', 'session', 'scenario', 'view', 'export', 'ui', 'cli'] as const;

/** Layers without files, process or clock: same arguments, same octets, everywhere. They import no package and nothing of Node. */
const pureLayers: readonly string[] = ['tcp', 'host', 'world', 'session', 'scenario', 'view', 'export'];

/** `terminal` stands beside the row: it imports nothing but itself, and only the command line imports it. */
const terminal = 'terminal';

const root = resolve(import.meta.dirname, '..');
const source = join(root, 'source');

const filesBelow = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name))
        .map((name) => join(folder, name))
    : [];

const layerOf = (file: string): string => {
  const path = relative(source, file).split(sep);
  return path.length === 1 ? 'cli' : (path[0] ?? '');
};

/** Every specifier that a file imports or exports from, type-only ones included. */
const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:^|[;\s}])(?:import|export)\b(?:[^'"`;()]*?\bfrom)?\s*\(?\s*['"]([^'"]+)['"]/g)].map(
    (match) => match[1] ?? '',
  );

/** Why `file` may not import `specifier`; undefined when it may. */
const objection = (file: string, specifier: string): string | undefined => {
  const from = layerOf(file);
  const where = `${relative(root, file)} (layer ${from})`;
  if (!specifier.startsWith('.')) {
    return pureLayers.includes(from) ? `${where} imports ${specifier}: layer ${from} imports no package` : undefined;
  }
  const target = resolve(dirname(file), specifier);
  if (relative(source, target).startsWith('..')) return `${where} imports ${specifier} from outside source/`;
  const to = layerOf(target);
  if (from === to) return undefined;
  if (to === terminal) return from === 'cli' ? undefined : `${where} imports layer terminal: only cli may`;
  if (from === terminal) return `${where} imports layer ${to}: terminal imports only itself`;
  const rank = (layer: string): number => (layers as readonly string[]).indexOf(layer);
  if (rank(from) < 0 || rank(to) < 0) return `${where} imports layer ${to}: one of them is not in the list of layers`;
  return rank(to) < rank(from) ? undefined : `${where} imports layer ${to}, which stands to the right of ${from}`;
};

describe('layers', () => {
  it('are the only folders in source/', () => {
    const folders = existsSync(source)
      ? readdirSync(source, { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map((entry) => entry.name)
      : [];
    expect(folders.filter((name) => name !== terminal && !layers.some((layer) => layer === name))).toEqual([]);
  });

  it('import one way', () => {
    const objections = filesBelow(source).flatMap((file) =>
      importsOf(readFileSync(file, 'utf8')).flatMap((specifier) => objection(file, specifier) ?? []),
    );
    expect(objections).toEqual([]);
  });

  it.each([
    ['tcp/tcb.ts', '../world/world.ts', /layer tcp.*layer world, which stands to the right of tcp/],
    ['view/endpoint.ts', 'node:fs', /layer view imports no package/],
    ['session/timeline.ts', 'immer', /layer session imports no package/],
    ['ui/app.tsx', '../terminal/screen.ts', /only cli may/],
    ['terminal/output.ts', '../ui/theme.ts', /terminal imports only itself/],
    ['world/world.ts', '../../test/law/world.ts', /from outside source/],
    ['world/world.ts', '../misc/list.ts', /layer world.*layer misc/],
  ])('refuse %s importing %s', (file, specifier, reason) => {
    expect(objection(join(source, file), specifier)).toMatch(reason);
  });

  it.each([
    ['world/world.ts', '../tcp/tcb.ts'],
    ['tcp/arrival/check/ack.ts', '../../seq.ts'],
    ['cli.tsx', './terminal/terminal.ts'],
    ['ui/app.tsx', 'ink'],
  ])('allow %s importing %s', (file, specifier) => {
    expect(objection(join(source, file), specifier)).toBeUndefined();
  });

  it('are seen through every form of import', () => {
    const text = [
      "import 'a';",
      "import b from 'b';",
      "import type { C } from 'c';",
      "import {\n  d,\n  type E,\n} from 'd';",
      "export * from 'e';",
      "export { f } from 'f';",
      "const g = await import('g');",
      "const message = 'this is imported from nowhere';",
    ].join('\n');
    expect(importsOf(text)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });
});

describe('differences between systems', () => {
  it('are values of a profile: no rule of the engine names a system', () => {
    const naming = ['tcp', 'host', 'world']
      .flatMap((layer) => filesBelow(join(source, layer)))
      .filter((file) => !relative(source, file).startsWith(join('tcp', 'profiles') + sep))
      .filter((file) => relative(source, file) !== join('tcp', 'rules.ts'))
      .filter((file) => /linux/i.test(withoutComments(readFileSync(file, 'utf8'))))
      .map((file) => relative(root, file));
    expect(naming).toEqual([]);
  });

  it('may be explained in a comment, and are found in code', () => {
    expect(withoutComments("// as Linux does\n/* linux */ const a = 'x'; // linux")).not.toMatch(/linux/i);
    expect(withoutComments("if (profile.name === 'linux') {} // note")).toMatch(/linux/);
  });
});

/** The text without comments, strings kept. */
function withoutComments(text: string): string {
  return text.replace(/('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, '$1');
}
