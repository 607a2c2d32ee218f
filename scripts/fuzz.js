// Fuzzes the readers of files and plans and the decoders of answers; see CONTRIBUTING.md. Without --target it takes each
// in turn, for its share of --minutes, which are six unless --runs says how many inputs. The seed is that of the commit,
// so that each looks somewhere else.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../', import.meta.url));
const cache = join(root, 'node_modules/.cache');
const args = process.argv.slice(2);
const text = { type: 'string' };
const { values } = parseArgs({
  args,
  strict: false,
  options: { target: text, seed: text, minutes: text, runs: text, input: text },
});
if (values.input !== undefined && values.target === undefined) {
  console.error('--input needs --target: files, plan or answers');
  process.exit(2);
}

function seedOfCommit() {
  try {
    return parseInt(execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).slice(0, 8), 16);
  } catch {
    return 1;
  }
}

mkdirSync(cache, { recursive: true });
const dir = mkdtempSync(join(cache, 'faceform-fuzz-'));
try {
  const bundle = await rolldown({ input: join(root, 'test/fuzz/main.ts'), platform: 'node', external: ['yaml'] });
  // A block for each thing that a schema forbids: hundreds, which lead nowhere. In a chunk of their own they are not watched.
  const codeSplitting = { groups: [{ name: 'generated', test: /generated/ }] };
  await bundle.write({ dir, format: 'esm', chunkFileNames: '[name].js', codeSplitting });
  await bundle.close();
  const targets = values.target === undefined ? ['files', 'plan', 'answers'] : [values.target];
  const seed = values.seed === undefined ? ['--seed', String(seedOfCommit())] : [];
  const share = Number(values.minutes ?? 6) / targets.length;
  const minutes = values.runs === undefined ? ['--minutes', String(share)] : [];
  for (const target of targets) {
    const given = [...args, '--target', target, ...seed, ...minutes];
    const { status } = spawnSync(process.execPath, [join(dir, 'main.js'), ...given], { cwd: root, stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
} finally {
  rmSync(dir, { recursive: true });
}
