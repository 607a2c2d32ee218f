import { CommandError } from './command-error.ts';
import type { Io } from './io.ts';

/**
 * Asks before anything is sent.
 *
 * @param question such as `Apply these changes?`.
 * @param declined what to say where the answer is not `yes`, such as `nothing was applied`.
 * @throws CommandError, also where there is no terminal.
 */
export async function confirm(question: string, declined: string, io: Io): Promise<void> {
  if (io.ask === undefined) {
    throw new CommandError(
      `there is no terminal to ask for approval, ${declined}`,
      'Pass --auto-approve to not be asked.',
    );
  }
  const answer = await io.ask(`\n${question} Only 'yes' is taken as approval: `);
  if (answer.trim() !== 'yes') throw new CommandError(declined, "The answer was not 'yes'.");
}
