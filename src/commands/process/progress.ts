import { progressLine } from '../../report/index.ts';
import type { Io } from './io.ts';
import type { OutputOptions } from './options.ts';

const terminalEveryMs = 100;
const elsewhereEveryMs = 10_000;
const eraseLine = '\r\u001b[2K';

export interface Progress {
  readonly update: (done: number, total: number) => void;
  /** Takes the live line away. */
  readonly end: () => void;
}

/** A live line on a terminal, one line every 10 s elsewhere; always on stderr. */
export function startProgress(verb: string, io: Io, options: OutputOptions): Progress {
  if (options.quiet === true) return { update: () => undefined, end: () => undefined };
  const live = io.stderr.isTerminal;
  const start = io.clock.now();
  let shown = live ? -Infinity : start;
  return {
    update: (done, total) => {
      const now = io.clock.now();
      if (now - shown < (live ? terminalEveryMs : elsewhereEveryMs)) return;
      shown = now;
      const line = progressLine(verb, done, total, (now - start) / 1000);
      io.stderr.write(live ? `${eraseLine}${line}` : `${line}\n`);
    },
    end: () => {
      if (live) io.stderr.write(eraseLine);
    },
  };
}
