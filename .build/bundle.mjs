// Bundles source/cli.tsx and everything it needs into one file, dist/tcpstep.js: one file to read makes the start
// two to three times faster than the separate modules of React and Ink.
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { basename } from 'node:path';
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

await build({
  entryPoints: [entry],
  outfile: 'dist/tcpstep.js',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  jsx: 'automatic',
  minify: true,
  keepNames: true,
  legalComments: 'none',
  define: {
    'process.env.NODE_ENV': '"production"',
    // Yoga would fetch its own code from a data: address, for which Node loads a whole HTTP client first (20 ms).
    fetch: 'undefined',
  },
  plugins: [withoutDeveloperTools],
  banner: {
    // The shebang makes the file itself executable. Some CommonJS packages inside call `require` for Node's own modules.
    js: [
      '#!/usr/bin/env node',
      "import { createRequire as createRequireOfBundle } from 'node:module';",
      'const require = createRequireOfBundle(import.meta.url);',
    ].join('\n'),
  },
});

// The player of recordings stays beside the program: only web pages that are made hold it.
const player = new URL('.', import.meta.resolve('asciinema-player/dist/bundle/asciinema-player.css'));
mkdirSync('dist/player', { recursive: true });
for (const file of ['asciinema-player.min.js', 'asciinema-player.css', '../../LICENSE']) {
  copyFileSync(fileURLToPath(new URL(file, player)), `dist/player/${basename(file)}`);
}
