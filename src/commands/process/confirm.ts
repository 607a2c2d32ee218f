import { CommandError } from './command-error.ts';
import type { Io } from './io.ts';

export interface Approval {
  /** What would happen, and where, such as `Apply to acme.us.trustedauth.com: 1 create?` */
  readonly question: string;
  /** The one answer that approves. */
  readonly phrase: string;
  /** What to say where the answer is another, such as `nothing was applied`. */
  readonly declined: string;
}

/**
 * Asks before anything is sent.
 *
 * @throws CommandError, also where there is no terminal.
 */
export async function confirm({ question, phrase, declined }: Approval, io: Io): Promise<void> {
  if (io.ask === undefined) {
    throw new CommandError(
      `there is no terminal to ask for approval, ${declined}`,
      'Pass --auto-approve to skip the question.',
    );
  }
  const answer = await io.ask(`\n${question}\nOnly '${phrase}' is accepted: `);
  if (answer.trim() !== phrase) throw new CommandError(declined, `The answer was not '${phrase}'.`);
}
