import { loadDesired, loadEach, type Loaded, type LoadedEach, type LoadRequest } from '../../desired/index.ts';
import type { DesiredState } from '../../model/enrollment.ts';
import { InputError } from '../process/command-error.ts';
import type { CreateApiOptions, EnvironmentOptions } from '../process/options.ts';
import type { World } from '../process/watch.ts';
import { currentInstant } from '../process/current-instant.ts';
import { chosenEnvironment } from './chosen-environment.ts';
import { credentialVariables } from './credential-variables.ts';
import { tokenVariables } from './token-variables.ts';

/** Reads the files; without any path, all of the working directory. */
export async function load(
  paths: readonly string[],
  { env, createApi }: EnvironmentOptions & CreateApiOptions,
  world: World,
): Promise<Loaded> {
  const chosen = chosenEnvironment({ env }, world);
  return told(await loadDesired({ ...requestOf(paths, 'ignore', world), createApi, chosen }), world);
}

/** Reads the files for each of their environments. */
export async function loadAll(
  paths: readonly string[],
  { secrets, createApi }: Pick<LoadRequest, 'secrets' | 'createApi'>,
  world: World,
): Promise<LoadedEach> {
  return told(await loadEach({ ...requestOf(paths, secrets, world), createApi }), world);
}

function requestOf(paths: readonly string[], secrets: LoadRequest['secrets'], world: World): LoadRequest {
  const { workingDirectory, readStandardInput, environment } = world;
  return {
    paths: paths.length === 0 ? ['.'] : paths,
    workingDirectory,
    readStandardInput,
    environment,
    tokenVariables: tokenVariables(world),
    credentialVariables: credentialVariables(world),
    secrets,
    now: currentInstant(world),
  };
}

function told<T extends Pick<Loaded, 'skipped'>>(loaded: T, { watch }: World): T {
  for (const file of loaded.skipped) watch.skipped(file);
  return loaded;
}

export interface ValidFiles {
  readonly desired: DesiredState;
  /** Found while loading. */
  readonly warnings: Loaded['diagnostics'];
  readonly checkTokens: Loaded['checkTokens'];
  readonly loadFrom: Loaded['loadFrom'];
}

/** The desired state; tokens are not looked at yet. @throws InputError where the files have errors. */
export async function loadValid(
  paths: readonly string[],
  options: EnvironmentOptions & CreateApiOptions,
  world: World,
): Promise<ValidFiles> {
  const { state, diagnostics, checkTokens, loadFrom } = await load(paths, options, world);
  if (state === undefined) throw new InputError(diagnostics);
  return { desired: state, warnings: diagnostics, checkTokens, loadFrom };
}
