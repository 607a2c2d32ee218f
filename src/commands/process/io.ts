import type { Clock, ConnectRequest } from '../../provider/index.ts';

/** One of the program's two outputs. */
export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** How wide a terminal is, now; missing where there is none. */
  readonly columns?: number | undefined;
}

/** All that a command has of the world outside, but for places to print. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  /** Such as `22.11.0`. */
  readonly nodeVersion: string;
  /** Gives all of it, or more than `most` bytes where there are more. */
  readonly readStandardInput: (most: number) => Promise<Uint8Array>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Calls back on SIGINT and SIGTERM until the returned function is called. */
  readonly onSignal: (handler: (signal: StopSignal) => void) => () => void;
  /** How long calls may take; where it is missing the provider decides. */
  readonly callLimits?: NonNullable<ConnectRequest['limits']>;
  /** In place of HTTP. */
  readonly fetch?: ConnectRequest['fetch'];
}

/** What a command of the command line has; bin.ts makes it from the process, tests make their own. */
export interface Io extends Surroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Missing where nobody can answer: standard input or output is no terminal. */
  readonly ask?: (question: string) => Promise<string>;
  /** Calls back again and again until the returned function is called; keeps no process alive. Missing: never. */
  readonly every?: (ms: number, tick: () => void) => () => void;
}

export type StopSignal = 'SIGINT' | 'SIGTERM';
