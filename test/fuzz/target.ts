/** What is fuzzed, and the laws it is held to. */
export interface Target {
  /** What its inputs look like, which decides how they are changed. */
  readonly form: 'bytes' | 'json' | 'yaml';
  /** Mends what a change must not break, such as a digest, where the laws behind it are to be reached. */
  readonly repair?: (input: Uint8Array) => Uint8Array;
  /** @throws anything where the input breaks a law. */
  readonly run: (input: Uint8Array) => Promise<void>;
}

/** A law that an input breaks. */
export class BrokenLaw extends Error {
  override readonly name = 'BrokenLaw';
}

export function demand(holds: boolean, law: string, found: () => string): void {
  if (!holds) throw new BrokenLaw(`${law}\n${found()}`);
}

/** Looks like a token wherever it stands, so that no output about a file or an answer may repeat it. */
export const canary = 'eyJ0b2tlbiI6IkNBTkFSWSJ9Q0FOQVJZLUNBTkFSWQ';

const unprintable = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const ciCommand = /##[\w.-]*\[/;

/** Holds an output to what any output promises. */
export function demandHarmless(output: string): void {
  demand(!unprintable.test(output), 'no output has characters that cannot be seen', () => JSON.stringify(output));
  demand(!ciCommand.test(output), 'no output has a command to a CI system', () => output);
}

/** Holds an output to what is promised where the input may hold a token. A plan holds none, and shows what it holds. */
export function demandTokenless(output: string): void {
  demandHarmless(output);
  demand(!output.includes(canary), 'no output repeats a token', () => output);
}
