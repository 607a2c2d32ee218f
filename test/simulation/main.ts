import { parseArgs } from 'node:util';
import { firstBreach, told } from './search.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
  },
});

const began = performance.now();
const seeds = Number(values.seeds);
const breach = await firstBreach(BigInt(values.seed), seeds);
if (breach !== undefined) {
  console.log(told(breach));
  process.exitCode = 1;
} else {
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${seeds} seeds from ${values.seed} hold every law, in ${seconds} s`);
}
