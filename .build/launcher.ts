// The file that is started, dist/tcpstep.js: asks Node to keep the compiled program for the next start (two thirds of
// the time to the first frame are compiling), then runs it.
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isatty } from 'node:tty';

/** Each keeps its own: what is kept is what the first run needed, and they need different parts. */
const commands = ['list', 'run', 'check', 'render', 'export', 'explain', 'completion', 'doctor'];

const least = 22;
if (Number.parseInt(process.versions.node, 10) < least) {
  process.stderr.write(`tcpstep: expected Node ${least} or newer, found ${process.versions.node}\n`);
  process.exit(2);
}

const [, , word = ''] = process.argv;
// The first versions of Node 22 cannot keep it.
if ('enableCompileCache' in module && !/^--?[hv]/.test(word)) {
  const kind = commands.includes(word) ? word : isatty(1) ? 'screen' : 'run';
  const caches = process.env['XDG_CACHE_HOME'];
  // Not in the folder for temporary files, where others could put code for us to run. Where it cannot be written, Node
  // compiles as ever.
  module.enableCompileCache(
    join(caches?.startsWith('/') === true ? caches : join(homedir(), '.cache'), 'tcpstep', kind),
  );
}
require('./main.cjs');
