import { SandboxStateError } from '../../sandbox/index.ts';
import { CommandError } from '../process/command-error.ts';

const advice =
  "Name a state of the embedded tenant, or a file that does not exist yet. A saved plan is carried out with 'apply --sandbox --plan FILE'.";

/** Throws a state that is no good, or cannot be kept, as a message; any other error as it is. */
export function tellSandboxProblem(error: unknown): never {
  throw error instanceof SandboxStateError ? new CommandError(error.message, advice) : error;
}
