import { loadDesired, type Loaded } from '../desired/index.ts';
import type { DesiredState } from '../model/enrollment.ts';
import { InputError } from './command-error.ts';
import type { Io } from './io.ts';

/** Reads the files; without any path, all of the working directory. */
export async function load(paths: readonly string[], secrets: 'check' | 'ignore', io: Io): Promise<Loaded> {
  const { workingDirectory, readStandardInput, environment } = io;
  return loadDesired({
    paths: paths.length === 0 ? ['.'] : paths,
    workingDirectory,
    readStandardInput,
    environment,
    secrets,
    now: Math.floor(io.clock.now() / 1000),
  });
}

/** The desired state with its warnings. @throws InputError where the files have errors. */
export async function loadValid(
  paths: readonly string[],
  io: Io,
): Promise<{ readonly desired: DesiredState; readonly warnings: Loaded['diagnostics'] }> {
  const { state, diagnostics } = await load(paths, 'check', io);
  if (state === undefined) throw new InputError(diagnostics);
  return { desired: state, warnings: diagnostics };
}
