import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const builtProgram = fileURLToPath(new URL('../../../dist/bin.js', import.meta.url));

export interface Ended {
  /** As a shell tells it: 128 and the number of the signal where one has ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  readonly ended: Promise<Ended>;
  /** How it ended: by itself with a code, or by a signal. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Waits until it has printed this on stdout; gives all that it has printed there. */
  readonly printed: (text: string) => Promise<string>;
  /** The same for stderr. */
  readonly complained: (text: string) => Promise<string>;
  /** Stops reading its stdout, as `head` does when it has enough. */
  readonly stopReading: () => void;
}

export interface StartOptions {
  readonly cwd?: string;
  /** The whole of it: nothing is inherited. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Default: the program that was built last. */
  readonly file?: string;
  /** A file that is its standard input; without it there is none. */
  readonly stdin?: string;
  /** A file that takes its stdout, of which nothing is seen then. */
  readonly stdout?: string;
}

/** Starts the built program as a process of its own, without a terminal; it ends with the test at the latest. */
export function start(args: readonly string[], options: StartOptions = {}): Program {
  const { cwd, environment = {}, file = builtProgram } = options;
  const words = [process.execPath, file, ...args];
  const redirected = redirect('>', options.stdout, redirect('<', options.stdin, words));
  const [command = '', ...rest] = redirected;
  const child = spawn(command, rest, { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const bySignal = signal === null ? -1 : 128 + constants.signals[signal];
      resolve({ code: code ?? bySignal, stdout: stdout.text(), stderr: stderr.text() });
    });
  });
  const exited: Program['exited'] = new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
    });
  });
  return {
    ended,
    exited,
    kill: (signal) => void child.kill(signal),
    printed: stdout.waitFor,
    complained: stderr.waitFor,
    stopReading: () => void child.stdout.destroy(),
  };
}

function redirect(sign: '<' | '>', file: string | undefined, words: readonly string[]): readonly string[] {
  return file === undefined ? words : ['/bin/sh', '-c', `exec "$@" ${sign} "$0"`, file, ...words];
}

export function runProgram(args: readonly string[], options: StartOptions = {}): Promise<Ended> {
  return start(args, options).ended;
}

function collect(stream: NodeJS.ReadableStream): {
  readonly text: () => string;
  readonly waitFor: (text: string) => Promise<string>;
} {
  let all = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => (all += chunk));
  return {
    text: () => all,
    waitFor: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (all.includes(wanted)) resolve(all);
        };
        look();
        stream.on('data', look).once('close', () => {
          reject(new Error(`it ended without ${wanted}: ${all}`));
        });
      }),
  };
}
