// Set-up of every test file under `npm run coverage:rules`: writes down which rules the engine cited.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { Work } from '../../source/host/work.ts';
import { Turn } from '../../source/tcp/outcome.ts';
import type { RuleId } from '../../source/tcp/rules.ts';
import { Draft } from '../../source/world/draft.ts';

const folder = process.env['TCPSTEP_RULES'];
const cited = new Set<string>();

function watch(prototype: object, place: (list: readonly unknown[]) => unknown): void {
  const find = Reflect.get(prototype, 'find') as (...list: unknown[]) => void;
  Reflect.set(prototype, 'find', function (this: object, ...list: unknown[]) {
    cited.add(place(list) as RuleId);
    find.apply(this, list);
  });
}

watch(Turn.prototype, ([rule]) => rule);
watch(Work.prototype, ([, rule]) => rule);
watch(Draft.prototype, ([rule]) => rule);

afterAll(() => {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${process.pid}-${Math.random()}.json`), JSON.stringify([...cited]));
});
