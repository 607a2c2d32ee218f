// Lets runs, users and administrators act at once on a tenant in memory, one storm a seed; see CONTRIBUTING.md.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../', import.meta.url));
const cache = join(root, 'node_modules/.cache');

mkdirSync(cache, { recursive: true });
const dir = mkdtempSync(join(cache, 'faceform-simulate-'));
try {
  const bundle = await rolldown({ input: join(root, 'test/simulation/main.ts'), platform: 'node' });
  await bundle.write({ dir, format: 'esm', sourcemap: true });
  await bundle.close();
  const program = ['--enable-source-maps', join(dir, 'main.js'), ...process.argv.slice(2)];
  process.exitCode = spawnSync(process.execPath, program, { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(dir, { recursive: true });
}
