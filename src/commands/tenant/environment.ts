import type { Environment } from '../../model/values/environment.ts';
import type { Plan } from '../../model/plan.ts';
import { chosenEnvironment } from '../files/chosen-environment.ts';
import { CommandError } from '../process/command-error.ts';
import { exitCode } from '../process/exit-code.ts';
import type { Surroundings } from '../process/io.ts';
import type { EnvironmentOptions } from '../process/options.ts';

/** The one that files or a saved plan are for; without them, as far as its name goes, the one that is chosen. */
export function environmentOf(
  known: Environment | undefined,
  options: EnvironmentOptions,
  io: Surroundings,
): Environment | undefined {
  if (known !== undefined) return known;
  const chosen = chosenEnvironment(options, io);
  return chosen && { name: chosen.name };
}

/** @throws CommandError where another environment is chosen than that of a saved plan. */
export function demandEnvironment(
  { environment }: Pick<Plan, 'environment'>,
  options: EnvironmentOptions,
  io: Surroundings,
): void {
  const chosen = chosenEnvironment(options, io);
  if (chosen === undefined || chosen.name === environment?.name) return;
  const whose = environment === undefined ? 'no environment' : `the environment '${environment.name}'`;
  throw new CommandError(
    `the saved plan is for ${whose}, and ${chosen.source} is '${chosen.name}'`,
    'Plan again for that environment, or choose none: the plan says which.',
    exitCode.error,
    { reason: 'TENANT_CONFLICT' },
  );
}
