// Bundles the program behind the small dist/tcpstep.js. dist/main.cjs is one file with all that is ours: one that Node
// loads with `require`, because every module that it has to `import` costs a millisecond. React, Ink and what draws with
// them are parts of their own (dist/*.mjs) that are imported when the first screen stands already; of our modules they
// use those that main.cjs has.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const entry = 'source/cli.tsx';

if (!existsSync(entry)) {
  console.error(`${entry} does not exist yet: nothing to bundle`);
  process.exit(0);
}

/** Ink connects to the React developer tools when DEV is set. tcpstep opens no socket, whatever the environment says. */
const withoutDeveloperTools = {
  name: 'without-developer-tools',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^\.\/devtools\.js$/ }, ({ importer }) =>
      /[\\/]ink[\\/]build[\\/]/.test(importer) ? { path: 'nothing', namespace: 'nothing' } : undefined,
    );
    onLoad({ filter: /^nothing$/, namespace: 'nothing' }, () => ({ contents: '' }));
  },
};

/** What every start would pay for tables that few texts need. */
const withoutTables = {
  name: 'without-tables',
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /^string-width$/ }, () => ({
      path: fileURLToPath(new URL('string-width.ts', import.meta.url)),
    }));
    onResolve({ filter: /^string-width-itself$/ }, ({ resolveDir }) =>
      resolve('./node_modules/string-width/index.js', { resolveDir: dirname(resolveDir), kind: 'import-statement' }),
    );
  },
};

/**
 * Node's own modules through `require`, and only what is used of them: `import` would evaluate every lazy property of
 * each, and load half of Node with them (5 ms for node:util alone).
 */
const requiredBuiltins = {
  name: 'required-builtins',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^[a-z_:/0-9]+$/ }, ({ path, kind }) =>
      isBuiltin(path) && kind === 'import-statement'
        ? { path: path.replace(/^node:/, ''), namespace: 'builtin', sideEffects: false }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'builtin' }, async ({ path }) => {
      const names = Object.keys(await import(`node:${path}`)).filter((name) => /^[a-z]\w*$/i.test(name));
      const exports = names.flatMap((name) =>
        name === 'default' ? [] : [`export const ${name} = /* @__PURE__ */ part('${name}');`],
      );
      return {
        contents: [
          `const whole = /* @__PURE__ */ (() => require('node:${path}'))();`,
          'const part = (name) => whole[name];',
          'export default whole;',
          ...exports,
        ].join('\n'),
      };
    });
  },
};

/** What is changed in Ink, by file: what stands there, and what is to stand there. */
const changesOfInk = {
  // It sets a new object at the start, equal to the one it has: everything would be drawn twice.
  'hooks/use-window-size.js': [
    'setSize(getWindowSize(stdout));',
    `setSize((size) => {
      const next = getWindowSize(stdout);
      return next.columns === size.columns && next.rows === size.rows ? size : next;
    });`,
  ],
  // It forgets after each frame what the characters of each line are: most lines are the same in the next one.
  'output.js': [
    'caches = new OutputCaches();',
    `static #kept = new OutputCaches();
    static get kept() {
      if (Output.#kept.styledChars.size > 500) Output.#kept = new OutputCaches();
      return Output.#kept;
    }
    caches = Output.kept;`,
  ],
  // The same for what is taken out of each line.
  'sanitize-ansi.js': [
    'export default sanitizeAnsi;',
    `const kept = new Map();
    export default (text) => {
      const found = kept.get(text);
      if (found !== undefined) return found;
      if (kept.size > 500) kept.clear();
      const sanitized = sanitizeAnsi(text);
      kept.set(text, sanitized);
      return sanitized;
    };`,
  ],
};

/** Those that have been made. */
const changed = new Set();

const changedInk = {
  name: 'changed-ink',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]ink[\\/]build[\\/].*\.js$/ }, ({ path }) => {
      const [, file = ''] = /[\\/]ink[\\/]build[\\/](.*)$/.exec(path) ?? [];
      const name = file.replaceAll('\\', '/');
      const change = changesOfInk[name];
      if (change === undefined) return undefined;
      const source = readFileSync(path, 'utf8');
      const [before, after] = change;
      if (!source.includes(before)) throw new Error(`${path} is not as expected: is this still needed?`);
      changed.add(name);
      return { contents: source.replace(before, () => after) };
    });
  },
};

const common = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  jsx: 'automatic',
  minify: true,
  legalComments: 'none',
  // Node 22 has them: a literal is compiled when it is first used, `new RegExp` at once.
  supported: { 'regexp-set-notation': true, 'regexp-unicode-property-escapes': true },
};

const program = {
  ...common,
  inject: ['.build/segmenter.ts'],
  define: {
    'process.env.NODE_ENV': '"production"',
    // Yoga would fetch its own code from a data: address, for which Node loads a whole HTTP client first (20 ms).
    fetch: 'undefined',
    'Intl.Segmenter': 'Segmenter',
  },
  metafile: true,
};

/** Parts that are imported when they are needed: those that draw with Ink, and the reader of arguments. */
const parts = new Map([
  ['source/cli/interact.tsx', 'interact'],
  ['source/cli/studio.tsx', 'studio'],
  ['meow', 'meow'],
]);

/** In main.cjs the parts stay beside it. */
const partsBeside = {
  name: 'parts-beside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /./ }, ({ path, kind, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const part = parts.get(path.startsWith('.') ? relative('.', resolve(resolveDir, path)) : path);
      return part === undefined ? undefined : { path: `./${part}.mjs`, external: true };
    });
  },
};

const drawsWithInk = /^import (?!type ).* from '(?:ink|react)';$/m;

const exportsOf = async (file) => {
  const { metafile } = await build({ entryPoints: [file], format: 'esm', write: false, outdir: '.', metafile: true });
  return Object.values(metafile.outputs)[0].exports;
};

/** In the parts, modules that are ours and know neither Ink nor React are those of main.cjs, which has to export them. */
const sharedWithMain = (shared) => ({
  name: 'shared-with-main',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^\..*\.ts$/ }, ({ path, resolveDir }) => {
      const file = relative('.', resolve(resolveDir, path));
      if (!file.startsWith('source/') || drawsWithInk.test(readFileSync(file, 'utf8'))) return undefined;
      shared.add(file);
      return { path: file, namespace: 'shared', sideEffects: false };
    });
    onLoad({ filter: /./, namespace: 'shared' }, async ({ path }) => {
      const names = await exportsOf(path);
      const from = `require('./main.cjs').shared[${JSON.stringify(path)}]`;
      return {
        contents: `const whole = ${from};\n${names.map((name) => `export const ${name} = whole.${name};`).join('\n')}`,
      };
    });
  },
});

const shared = new Set();
const { metafile } = await build({
  ...program,
  entryPoints: Object.fromEntries([...parts].map(([file, name]) => [name, file])),
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  external: ['./main.cjs'],
  splitting: true,
  chunkNames: 'part-[hash]',
  plugins: [withoutDeveloperTools, withoutTables, requiredBuiltins, changedInk, sharedWithMain(shared)],
  banner: {
    // Some CommonJS packages inside call `require` for Node's own modules.
    js: [
      "import { createRequire as createRequireOfBundle } from 'node:module';",
      'const require = createRequireOfBundle(import.meta.url);',
    ].join('\n'),
  },
});

for (const name of Object.keys(changesOfInk)) {
  if (!changed.has(name)) throw new Error(`Ink has no ${name} any more: is the change to it still needed?`);
}

const names = [...shared].sort();
const whole = await build({
  ...program,
  format: 'cjs',
  stdin: {
    contents: [
      ...names.map((file, number) => `import * as shared${number} from './${file}';`),
      `export const shared = { ${names.map((file, number) => `'${file}': shared${number}`).join(', ')} };`,
      `import './${entry}';`,
    ].join('\n'),
    resolveDir: '.',
  },
  outfile: 'dist/main.cjs',
  define: { ...program.define, 'import.meta.dirname': '__dirname', 'import.meta': 'importMeta' },
  banner: { js: "const importMeta = { get url() { return require('node:url').pathToFileURL(__filename).href; } };" },
  plugins: [withoutTables, requiredBuiltins, partsBeside],
});

// One such import inside main.cjs, and every module that it needs would be wrapped to be set up later (20 ms).
for (const [file, { imports }] of Object.entries(whole.metafile.inputs)) {
  const late = imports.find(({ kind, external }) => kind === 'dynamic-import' && external !== true);
  if (late !== undefined) throw new Error(`${file} imports ${late.path} late: it can be imported at the top`);
}

await build({
  ...common,
  format: 'cjs',
  entryPoints: ['.build/launcher.ts'],
  outfile: 'dist/tcpstep.js',
  external: ['./main.cjs'],
  banner: { js: '#!/usr/bin/env node' },
});

// Or Node would start its loader of ES modules for dist/tcpstep.js (3 ms).
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');

// Those of earlier builds.
const made = Object.keys(metafile.outputs).map((path) => basename(path));
for (const name of readdirSync('dist')) {
  if (name.startsWith('part-') && !made.includes(name)) rmSync(`dist/${name}`);
  if (name === 'main.js') rmSync(`dist/${name}`);
}

// The packages inside are others' work: what their licences ask for stands beside them.
const packages = new Set(
  Object.keys({ ...metafile.inputs, ...whole.metafile.inputs }).flatMap((path) => {
    const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path) ?? [];
    return folder === undefined ? [] : [folder];
  }),
);
const own = readFileSync('LICENSE', 'utf8');
const wordsOfMit = own.slice(own.indexOf('Permission is hereby granted'));
const licences = [...packages].sort().map((folder) => {
  const { name, version, license, author } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  // Some are bundles themselves, and keep those of others in their build folder.
  const files = [folder, `${folder}/build`].flatMap((place) =>
    existsSync(place) ? readdirSync(place).flatMap((one) => (/^licen[cs]e/i.test(one) ? [`${place}/${one}`] : [])) : [],
  );
  const texts = files.map((file) => readFileSync(file, 'utf8'));
  // One comes without its licence: the words of MIT are the same for all.
  if (texts.length === 0 && license !== 'MIT') throw new Error(`${folder} has no licence file`);
  if (texts.length === 0) texts.push(`Copyright (c) ${author?.name ?? author}\n\n${wordsOfMit}`);
  return `${name} ${version} (${license})\n\n${texts.map((text) => text.trim()).join('\n\n')}\n`;
});
if (licences.length < 20) throw new Error(`only ${licences.length} packages are bundled: were the others found?`);
writeFileSync('dist/LICENSES.txt', licences.join(`\n${'-'.repeat(80)}\n\n`));

// The player of recordings stays beside the program: only web pages that are made hold it.
const player = new URL('.', import.meta.resolve('asciinema-player/dist/bundle/asciinema-player.css'));
mkdirSync('dist/player', { recursive: true });
for (const file of ['asciinema-player.min.js', 'asciinema-player.css', '../../LICENSE']) {
  copyFileSync(fileURLToPath(new URL(file, player)), `dist/player/${basename(file)}`);
}
