// `npm run coverage:rules`: lists every rule of the table that no scenario and no test makes the engine cite.
// Random schedules (test/law) do not count: what they reach depends on chance.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startVitest } from 'vitest/node';
import { ruleIds } from '../../source/tcp/rules.ts';

const folder = mkdtempSync(join(tmpdir(), 'tcpstep-rules-'));
process.env['TCPSTEP_RULES'] = folder;
const parts = ['test/rfc', 'test/scenario', 'test/tcp', 'test/host', 'test/world'];
const vitest = await startVitest('test', parts, {
  watch: false,
  reporters: [{}],
  setupFiles: ['test/rules/record.ts'],
});
const failed = vitest.state.getCountOfFailedTests();
await vitest.close();

const cited = new Set<string>();
for (const file of readdirSync(folder)) {
  for (const rule of JSON.parse(readFileSync(join(folder, file), 'utf8')) as string[]) cited.add(rule);
}
rmSync(folder, { recursive: true });

const missing = ruleIds.filter((rule) => !cited.has(rule));
const lines = [
  ...missing.map((rule) => `never cited: ${rule}`),
  `${ruleIds.length - missing.length} of ${ruleIds.length} rules are cited by a scenario or a test`,
];
process.stdout.write(`${lines.join('\n')}\n`);
process.exit(failed > 0 || missing.length > 0 ? 1 : 0);
