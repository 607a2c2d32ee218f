import type { ExitCode } from '../commands/process/exit-code.ts';

/** Takes what a command ends with. Commander's actions return nothing, so the command line waits for this instead. */
export type Start = (ending: Promise<ExitCode>) => void;
