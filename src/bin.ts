#!/usr/bin/env node
import { setTimeout as sleep } from 'node:timers/promises';
import { main } from './cli.ts';
import type { Io, Output, StopSignal } from './commands/process/io.ts';

let held = '';

/**
 * Holds text for standard output back until the events at hand have been worked on: a run prints a line for each change,
 * and each write on its own is a call of the system.
 */
function hold(text: string): void {
  if (held === '') setImmediate(release);
  held += text;
}

function release(): void {
  const text = held;
  held = '';
  if (text !== '') process.stdout.write(text);
}

/** What was printed before goes first: both outputs may be the same terminal or file. */
function writeError(text: string): void {
  release();
  process.stderr.write(text);
}

function outputTo(stream: NodeJS.WriteStream, write: Output['write']): Output {
  return {
    write,
    isTerminal: stream.isTTY,
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
  };
}

/** An end of input, such as Ctrl-D, is the empty answer. Ctrl-C ends at once: nothing is under way at a prompt. */
async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  release();
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  terminal.once('SIGINT', () => {
    process.stdout.write('\n');
    process.exit(130);
  });
  try {
    const closed = new Promise<string>((resolve) => {
      terminal.once('close', () => {
        resolve('');
      });
    });
    return await Promise.race([terminal.question(question), closed]);
  } finally {
    terminal.close();
  }
}

/** Stops beyond `most` bytes: what comes through a pipe may have no end. */
async function readStandardInput(most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin) {
    const part = Buffer.from(chunk);
    chunks.push(part);
    bytes += part.length;
    if (bytes > most) break;
  }
  return Buffer.concat(chunks);
}

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;
const signals = ['SIGINT', 'SIGTERM'] as const;

/** Commands that handle signals themselves at the moment. */
let handlers = 0;

/**
 * The first signal is the command's to handle. After it, and while no command asks for signals, nothing is caught: the
 * system ends the process at once then, even in the middle of a long computation, where a handler would have to wait.
 */
function onSignal(handler: (signal: StopSignal) => void): () => void {
  const listeners = signals.map((signal) => ({
    signal,
    listener: () => {
      stopListening();
      handler(signal);
    },
  }));
  let isListening = true;
  const stopListening = (): void => {
    if (isListening) handlers -= 1;
    isListening = false;
    for (const { signal, listener } of listeners) process.off(signal, listener);
  };
  for (const { signal, listener } of listeners) process.on(signal, listener);
  handlers += 1;
  return stopListening;
}

// The first process of a container is not ended by a signal that it leaves to the system.
if (process.pid === 1) {
  for (const signal of signals) {
    process.on(signal, () => {
      if (handlers === 0) process.exit(exitCodes[signal]);
    });
  }
}

function every(ms: number, tick: () => void): () => void {
  const timer = setInterval(tick, ms).unref();
  return () => {
    clearInterval(timer);
  };
}

const io: Io = {
  stdout: outputTo(process.stdout, hold),
  stderr: outputTo(process.stderr, writeError),
  environment: process.env,
  workingDirectory: process.cwd(),
  nodeVersion: process.versions.node,
  readStandardInput,
  ...(process.stdin.isTTY && process.stdout.isTTY ? { ask } : {}),
  clock: { now: () => Date.now(), sleep: (ms, signal) => sleep(ms, undefined, signal && { signal }) },
  random: () => Math.random(),
  every,
  onSignal,
};

// A reader that goes away, as `head` does, is no failure of ours. What is under way goes on to its end, since an apply
// that stopped here would leave its changes half done; only the rest of the output is lost.
// The same goes for a disk that is full, but then somebody wanted to read it.
let lost: string | undefined;
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') lost ??= code ?? 'unknown';
  });
}

let run: 'under way' | 'ended' = 'under way';

/** What no command expects. The text may be from outside, so that Node must not print it as it is. */
function crash(error: unknown): void {
  release();
  run = 'ended';
  process.exitCode = 1;
  void import('./commands/process/failure.ts')
    .then(({ showFailure }) => showFailure(error, io, { color: false, debug: process.argv.includes('--debug') }))
    .catch((broken: unknown) => process.stderr.write(`Error: faceform is not whole: ${String(broken)}\n`))
    .finally(() => process.stderr.write('', () => process.exit()));
}

process.on('uncaughtException', crash);

// Nothing is left that could go on, and no command has ended: Node would say nothing, and exit with 13.
process.on('beforeExit', () => {
  if (run === 'ended') return;
  crash(new Error('it waits for something that never comes'));
});

main(process.argv.slice(2), io).then((code) => {
  run = 'ended';
  process.exitCode = code;
}, crash);

process.on('exit', (code) => {
  release();
  if (lost === undefined) return;
  if (code === 0) process.exitCode = 1;
  process.stderr.write(`Error: some output could not be written (${lost})\n  The run itself went to its end.\n`);
});
