import type { Outcome } from '../../model/outcome.ts';
import { writingChanges } from '../../model/plan.ts';
import { outcomeText } from '../../report/index.ts';
import { eraseLine } from '../process/console-watch.ts';
import { paletteFor } from '../process/console.ts';
import type { Io } from '../process/io.ts';
import type { OutputOptions } from '../process/options.ts';
import type { RunEvents } from './run-events.ts';

/** The same events, printed as well: a line for each outcome as it happens. Those not begun are only counted at the end. */
export function printedEvents(events: RunEvents, options: OutputOptions, io: Io): RunEvents {
  const told = new Set<Outcome['change']>();
  let textOf: (outcome: Outcome) => string = () => '';
  const print = (outcomes: readonly Outcome[]): void => {
    const fresh = outcomes.filter(({ change, state }) => state !== 'skipped' && !told.has(change));
    for (const { change } of fresh) told.add(change);
    if (fresh.length === 0) return;
    if (io.stderr.isTerminal && options.quiet !== true) io.stderr.write(eraseLine);
    io.stdout.write(fresh.map(textOf).join(''));
  };
  return {
    openFile: events.openFile,
    planned: (plan) => {
      const palette = paletteFor(io.stdout, io, options);
      textOf = outcomeText(writingChanges(plan), { palette, verb: 'apply', width: io.stdout.columns });
      events.planned(plan);
    },
    started: events.started,
    ended: (outcomes) => {
      print(outcomes);
      events.ended(outcomes);
    },
    end: (report, held) => {
      print(report.outcomes);
      events.end(report, held);
    },
  };
}
