// The README says what the program does: its tables are compared with the code, and written from it with UPDATE=1.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formats } from '../source/export/index.ts';
import { keyTable } from '../source/ui/keys.ts';

const root = resolve(import.meta.dirname, '..');
const file = join(root, 'README.md');

/** The lines between `<!-- name: ... -->` and `<!-- end of name -->`. */
function block(name: string): { readonly from: number; readonly to: number; readonly text: string } {
  const readme = readFileSync(file, 'utf8');
  const from = readme.indexOf('-->', readme.indexOf(`<!-- ${name}:`)) + '-->'.length;
  const to = readme.indexOf(`<!-- end of ${name} -->`);
  return { from, to, text: readme.slice(from, to).trim() };
}

function holds(name: string, expected: string): void {
  const { from, to, text } = block(name);
  if (process.env['UPDATE'] === '1' && text !== expected) {
    const readme = readFileSync(file, 'utf8');
    writeFileSync(file, `${readme.slice(0, from)}\n${expected}\n${readme.slice(to)}`);
    return;
  }
  expect(text).toBe(expected);
}

describe('the README', () => {
  it('shows a screen as the program draws it', () => {
    const screen = readFileSync(join(root, 'test/ui/screens/syn-repeated-80x24.txt'), 'utf8');
    holds('screen', `\`\`\`\n${screen.trimEnd()}\n\`\`\``);
  });

  it('lists every key with what it does', () => {
    holds('keys', keyTable());
  });

  it('shows the command line as --help prints it', () => {
    const help = execFileSync(process.execPath, [join(root, 'dist/tcpstep.js'), '--help'], { encoding: 'utf8' });
    holds('help', `\`\`\`\n${help.trim()}\n\`\`\``);
  });

  it('lists every format of export with what it is for', () => {
    const rows = formats.map(({ name, extension, about }) => `| \`${name}\` | .${extension} | ${about} |`);
    holds('formats', ['| `--to` | file | what it is |', '|---|---|---|', ...rows].join('\n'));
  });

  it('shows the recording that its own command makes', () => {
    const words = /^ {4}tcpstep (export fixtures\/pictures\/demo\.txt .*) -o (fixtures\/pictures\/demo\.svg)$/m.exec(
      readFileSync(file, 'utf8'),
    );
    const [, args = '', picture = ''] = words ?? [];
    const made = execFileSync(process.execPath, [join(root, 'dist/tcpstep.js'), ...args.split(' ')], {
      cwd: root,
      encoding: 'utf8',
    });
    if (process.env['UPDATE'] === '1') writeFileSync(join(root, picture), made);
    expect(readFileSync(join(root, picture), 'utf8') === made, `${picture} is what the command makes`).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(`](${picture})`);
  });

  it('names only scripts that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
    const named = [...readFileSync(file, 'utf8').matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name ?? '');
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});
