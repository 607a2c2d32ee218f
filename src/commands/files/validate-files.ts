import type { Validated } from '../../report/index.ts';
import type { World } from '../process/watch.ts';
import { loadAll } from './load.ts';

/** Checks files offline, for all of their environments. `check`: token variables must be set and token files readable. */
export async function validateFiles(
  paths: readonly string[],
  secrets: 'check' | 'ignore',
  world: World,
): Promise<Validated> {
  const { files, entries, skipped, diagnostics, leftOut } = await loadAll(paths, { secrets }, world);
  return { files, enrollments: entries, skipped: skipped.length, diagnostics, leftOut };
}
