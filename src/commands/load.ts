import { loadDesired, type Loaded, type LoadRequest } from '../desired/index.ts';
import type { DesiredState } from '../model/enrollment.ts';
import { InputError } from './command-error.ts';
import type { Io } from './io.ts';
import type { CreateApiOptions } from './options.ts';

/** Reads the files; without any path, all of the working directory. */
export async function load(
  paths: readonly string[],
  { secrets, createApi }: Pick<LoadRequest, 'secrets' | 'createApi'>,
  io: Io,
): Promise<Loaded> {
  const { workingDirectory, readStandardInput, environment } = io;
  return loadDesired({
    paths: paths.length === 0 ? ['.'] : paths,
    workingDirectory,
    readStandardInput,
    environment,
    secrets,
    createApi,
    now: Math.floor(io.clock.now() / 1000),
  });
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
  io: Io,
): Promise<ValidFiles> {
  const { state, diagnostics, checkTokens } = await load(paths, { secrets: 'ignore', createApi }, io);
  if (state === undefined) throw new InputError(diagnostics);
  return { desired: state, warnings: diagnostics, checkTokens };
}
