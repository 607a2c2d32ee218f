import type { Validated } from '../../report/index.ts';
import type { World } from '../process/watch.ts';
import { load } from './load.ts';

/** Checks files offline. `check`: token variables must be set and token files readable. */
export async function validateFiles(
  paths: readonly string[],
  secrets: 'check' | 'ignore',
  world: World,
): Promise<Validated> {
  const { files, entries, skipped, diagnostics, leftOut } = await load(paths, { secrets }, world);
  return { files, enrollments: entries, skipped: skipped.length, diagnostics, leftOut };
}
