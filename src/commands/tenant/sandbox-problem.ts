import { SandboxStateError } from '../../sandbox/index.ts';
import { CommandError } from '../process/command-error.ts';

/** Throws a state that is no good, or cannot be kept, as a message; any other error as it is. */
export function tellSandboxProblem(error: unknown): never {
  throw error instanceof SandboxStateError
    ? new CommandError(error.message, 'Name a state of the embedded tenant, or a file that does not exist yet.')
    : error;
}
