import { loadDesired, type Loaded, type LoadRequest } from '../../desired/index.ts';
import type { DesiredState } from '../../model/enrollment.ts';
import { InputError } from '../process/command-error.ts';
import type { CreateApiOptions } from '../process/options.ts';
import type { World } from '../process/watch.ts';
import { currentInstant } from '../process/current-instant.ts';
import { tokenVariables } from './token-variables.ts';

/** Reads the files; without any path, all of the working directory. */
export async function load(
  paths: readonly string[],
  { secrets, createApi }: Pick<LoadRequest, 'secrets' | 'createApi'>,
  world: World,
): Promise<Loaded> {
  const { workingDirectory, readStandardInput, environment, watch } = world;
  const loaded = await loadDesired({
    paths: paths.length === 0 ? ['.'] : paths,
    workingDirectory,
    readStandardInput,
    environment,
    tokenVariables: tokenVariables(world),
    secrets,
    createApi,
    now: currentInstant(world),
  });
  for (const file of loaded.skipped) watch.skipped(file);
  return loaded;
}

export interface ValidFiles {
  readonly desired: DesiredState;
  /** Found while loading. */
  readonly warnings: Loaded['diagnostics'];
  readonly checkTokens: Loaded['checkTokens'];
}

/** The desired state; tokens are not looked at yet. @throws InputError where the files have errors. */
export async function loadValid(
  paths: readonly string[],
  { createApi }: CreateApiOptions,
  world: World,
): Promise<ValidFiles> {
  const { state, diagnostics, checkTokens } = await load(paths, { createApi, secrets: 'ignore' }, world);
  if (state === undefined) throw new InputError(diagnostics);
  return { desired: state, warnings: diagnostics, checkTokens };
}
