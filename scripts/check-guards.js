// Takes away one guard after another, and demands that a test notices. Arguments: words that a guard's name must hold.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startVitest } from 'vitest/node';
import { guards } from './guards.js';

const root = new URL('../', import.meta.url);

/** Whether the named tests fail once the guard is gone. */
async function isMissed({ file, from, to, tests }) {
  const source = readFileSync(new URL(file, root), 'utf8');
  if (source.split(from).length !== 2) throw new Error(`${file} does not hold just once: ${from}`);
  const plugin = {
    name: 'without-guard',
    enforce: 'pre',
    transform: (code, id) => (id.endsWith(`/${file}`) ? code.replace(from, () => to) : undefined),
  };
  const options = { watch: false, bail: 1, maxWorkers: 1, reporters: [{}], coverage: { enabled: false } };
  const vitest = await startVitest('test', [...tests], options, { plugins: [plugin] });
  const modules = vitest.state.getTestModules();
  const broken = modules.flatMap((each) => each.errors());
  await vitest.close();
  if (broken.length > 0) throw new Error(`without its guard, ${file} cannot even be loaded: ${broken[0].message}`);
  if (modules.length === 0) throw new Error(`there are no such tests: ${tests.join(' ')}`);
  return modules.some((each) => !each.ok());
}

/** Tries every `count`th guard, from the one at `index`. @returns how many nobody noticed. */
async function checkPart(wanted, index, count) {
  const rows = guards.filter(({ guard }) => wanted.every((word) => guard.includes(word)));
  let unnoticed = 0;
  for (const row of rows.filter((_, at) => at % count === index)) {
    const isNoticed = await isMissed(row);
    if (!isNoticed) unnoticed += 1;
    console.log(`${isNoticed ? 'noticed ' : 'UNNOTICED'}  without: ${row.guard}`);
  }
  return unnoticed;
}

/** The same program for a part of the guards. @returns its exit code. */
function startPart(index, count, wanted) {
  const args = [fileURLToPath(import.meta.url), `--part=${index}/${count}`, ...wanted];
  return new Promise((resolve) => {
    spawn(process.execPath, args, { stdio: 'inherit' }).once('exit', (code) => resolve(code ?? 1));
  });
}

const [first = '', ...others] = process.argv.slice(2);
const part = /^--part=(\d+)\/(\d+)$/.exec(first);
if (part === null) {
  const count = availableParallelism();
  const ends = Array.from({ length: count }, (_, index) => startPart(index, count, process.argv.slice(2)));
  process.exitCode = Math.max(...(await Promise.all(ends)));
} else {
  const unnoticed = await checkPart(others, Number(part[1]), Number(part[2]));
  // Vitest sets the exit code of the failures that were wanted here.
  process.exitCode = unnoticed === 0 ? 0 : 1;
}
