/** The exit codes, the same in every format. */
export const exitCode = {
  done: 0,
  /** Reason in the input, the credentials or the program. */
  error: 1,
  /** Only with `--detailed-exitcode`. */
  changes: 2,
  /** Apply ended with failed, skipped or unknown outcomes. */
  partial: 3,
  /** Stale changes were left out. */
  stale: 4,
  /** A budget or a protection refused; nothing was written. */
  refused: 5,
  /** The live state could not be read to the end. */
  incomplete: 6,
  /** A condition that `--fail-on` names holds. */
  condition: 7,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

const bySeverity: readonly ExitCode[] = [143, 130, 1, 5, 3, 4, 6, 7, 2, 0];

/** The most severe of several. */
export function worstOf(codes: readonly ExitCode[]): ExitCode {
  return bySeverity.find((code) => codes.includes(code)) ?? exitCode.done;
}
