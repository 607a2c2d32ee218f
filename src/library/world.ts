import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '../commands/process/watch.ts';
import type { ProgressEvent, TenantChoice } from './options.ts';

/** The process, as far as the caller has given nothing else. Signals are the caller's `AbortSignal`. */
export function worldFrom(
  {
    workingDirectory,
    environment,
    signal,
    fetch,
  }: Pick<TenantChoice, 'workingDirectory' | 'environment' | 'signal' | 'fetch'>,
  onEvent: (event: ProgressEvent) => void = () => undefined,
): World {
  return {
    environment: environment ?? process.env,
    workingDirectory: workingDirectory ?? process.cwd(),
    nodeVersion: process.versions.node,
    readStandardInput: () => Promise.resolve(new Uint8Array()),
    clock: { now: () => Date.now(), sleep: (ms, abort) => sleep(ms, undefined, abort && { signal: abort }) },
    random: () => Math.random(),
    fetch,
    onSignal: (handler) => {
      const stop = (): void => {
        handler('SIGTERM');
      };
      if (signal?.aborted === true) stop();
      signal?.addEventListener('abort', stop);
      return () => signal?.removeEventListener('abort', stop);
    },
    watch: {
      begin: (activity) => ({
        update: (done, total) => {
          onEvent({ type: 'progress', activity, done, total });
        },
        end: () => undefined,
      }),
      interrupted: () => undefined,
      skipped: () => undefined,
    },
  };
}

/** A caller's listener, asynchronous ones too, whose mistakes do not end a run half-way. */
export function harmless<E>(listener: ((event: E) => unknown) | undefined): ((event: E) => void) | undefined {
  if (listener === undefined) return undefined;
  const warn = (error: unknown): void => {
    process.emitWarning(error instanceof Error ? error : String(error));
  };
  return (event) => {
    try {
      Promise.resolve(listener(event)).catch(warn);
    } catch (error) {
      warn(error);
    }
  };
}
