import { exitCode, type ExitCode } from './exit-code.ts';
import type { StopSignal } from './io.ts';
import type { World } from './watch.ts';

/** SIGINT and SIGTERM: nothing new is started, what is in flight ends, the report is written. */
export interface Interrupt {
  readonly reason: () => string | undefined;
  readonly code: () => ExitCode;
  readonly release: () => void;
}

const codes: Readonly<Record<StopSignal, ExitCode>> = { SIGINT: exitCode.interrupted, SIGTERM: exitCode.terminated };

/** Listens until released. bin.ts ends the process at the second signal. */
export function stopOnSignal({ onSignal, watch }: World): Interrupt {
  let caught: StopSignal | undefined;
  const release = onSignal((signal) => {
    if (caught === undefined) watch.interrupted(signal);
    caught ??= signal;
  });
  return {
    reason: () => (caught === undefined ? undefined : `not started: ${caught}`),
    code: () => (caught === undefined ? exitCode.done : codes[caught]),
    release,
  };
}
