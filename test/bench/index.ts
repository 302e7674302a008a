// `npm run bench`: every figure on one line, as the median of several runs after the compiler has warmed up.

import { bulk, connections, type Figure, jumps } from './engine.ts';
import { stepsOf } from './octets.ts';
import { waits } from './start.ts';

function print({ name, value }: Figure): void {
  process.stdout.write(`${name.padEnd(64)} ${value}\n`);
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function repeated(times: number, run: () => number): number {
  return median(Array.from({ length: times }, run));
}

bulk(400_000_000);
const transfers = Array.from({ length: 5 }, () => bulk(100_000_000));
const rate = median(transfers.map((run) => run.rate));
const memory = median(transfers.map((run) => run.memory));
print({ name: '100 MB, 1 % of the segments lost, history kept', value: `${Math.round(rate)} segments/s` });
print({ name: 'memory of that history', value: `${memory.toFixed(1)} octets a step` });
print(jumps(1_000_000));

for (let round = 0; round < 3; round++) connections(2_000, 1_000, 10_000);
const thousand = repeated(5, () => connections(1_000, 1_000, 10_000).rate);
print({ name: '1,000 connections: handshake, 1 KB, close', value: `${Math.round(thousand)} connections/s` });
const runs = (times: number, count: number, apart: number, open: number): ReturnType<typeof connections>[] =>
  Array.from({ length: times }, () => connections(count, apart, open));
const rates = (list: ReturnType<typeof runs>): number => median(list.map(({ rate }) => rate));
const most = (list: ReturnType<typeof runs>): number => Math.max(...list.map((run) => run.most));
const hundred = runs(15, 100, 1_000, 40_000);
const thousands = runs(5, 5_000, 1_000, 40_000);
const crowd = runs(5, 5_000, 100, 500_000);
print({
  name: '5,000 connections one after another, against 100',
  value: `${(rates(thousands) / rates(hundred)).toFixed(2)} of the rate`,
});
print({
  name: `${most(crowd)} connections open at once, against ${most(thousands)}`,
  value: `${(rates(crowd) / rates(thousands)).toFixed(2)} of the rate`,
});

for (const figure of await waits()) print(figure);

for (const [columns, rows] of [
  [80, 24],
  [120, 40],
] as const) {
  const { sent, fewest } = stepsOf('life', columns, rows);
  const share = sent.reduce((sum, octets) => sum + octets, 0) / fewest.reduce((sum, octets) => sum + octets, 0);
  print({
    name: `a step of the lesson life at ${columns}x${rows}`,
    value: `median ${median(sent)} octets; all ${sent.length}: ${share.toFixed(2)} of the fewest a VT100 can do with`,
  });
}
