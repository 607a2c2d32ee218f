import type { LoadRequest } from '../../desired/index.ts';
import { isEnvironmentName } from '../../model/values/environment.ts';
import { CommandError } from '../process/command-error.ts';
import type { Surroundings } from '../process/io.ts';
import type { EnvironmentOptions } from '../process/options.ts';
import { readVariable } from '../process/read-variable.ts';

type Choice = NonNullable<LoadRequest['chosen']>;

/** The environment that the flag, else FACEFORM_ENV, chooses. @throws CommandError where that is no name of one. */
export function chosenEnvironment({ env }: EnvironmentOptions, io: Surroundings): Choice | undefined {
  const source = env === undefined ? 'FACEFORM_ENV' : '--env';
  const name = env ?? readVariable('FACEFORM_ENV', io);
  if (name === undefined) return undefined;
  if (isEnvironmentName(name)) return { name, source };
  throw name === 'all'
    ? new CommandError(`${source} is all, and this run is about one environment`, "'plan --env all' shows all of them.")
    : new CommandError(`${source} names '${name}', which cannot be an environment`, 'Use a name such as prod.');
}
