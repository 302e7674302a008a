// `npm run bench`: every figure on one line.

import { bulk, connections } from './engine.ts';

for (const { name, value } of bulk(100_000_000)) console.log(`${name.padEnd(56)} ${value}`);
connections(500, 1_000);
for (const [count, apart] of [
  [1_000, 1_000],
  [100, 10],
  [5_000, 10],
] as const) {
  const { rate, most } = connections(count, apart);
  console.log(`${`connections: ${count}, ${most} open half way`.padEnd(56)} ${Math.round(rate)} connections/s`);
}
