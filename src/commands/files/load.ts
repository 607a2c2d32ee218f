import { loadDesired, type Loaded, type LoadRequest } from '../../desired/index.ts';
import type { DesiredState } from '../../model/enrollment.ts';
import { plain } from '../../report/index.ts';
import { InputError } from '../process/command-error.ts';
import type { Io } from '../process/io.ts';
import type { CreateApiOptions, OutputOptions } from '../process/options.ts';
import { paletteFor } from '../process/console.ts';
import { tokenVariables } from './token-variables.ts';

/** Reads the files; without any path, all of the working directory. */
export async function load(
  paths: readonly string[],
  options: Pick<LoadRequest, 'secrets' | 'createApi'> & OutputOptions,
  io: Io,
): Promise<Loaded> {
  const { workingDirectory, readStandardInput, environment } = io;
  const { secrets, createApi } = options;
  const loaded = await loadDesired({
    paths: paths.length === 0 ? ['.'] : paths,
    workingDirectory,
    readStandardInput,
    environment,
    tokenVariables: tokenVariables(io),
    secrets,
    createApi,
    now: Math.floor(io.clock.now() / 1000),
  });
  if (options.debug === true) traceSkipped(loaded, options, io);
  return loaded;
}

function traceSkipped({ skipped }: Loaded, options: OutputOptions, io: Io): void {
  const { faint } = paletteFor(io.stderr, io, options);
  for (const { file, what } of skipped) io.stderr.write(`${faint(plain(`skipped ${file}: ${what}`))}\n`);
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
  options: CreateApiOptions & OutputOptions,
  io: Io,
): Promise<ValidFiles> {
  const { state, diagnostics, checkTokens } = await load(paths, { ...options, secrets: 'ignore' }, io);
  if (state === undefined) throw new InputError(diagnostics);
  return { desired: state, warnings: diagnostics, checkTokens };
}
