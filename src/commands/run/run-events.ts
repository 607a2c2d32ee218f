import { resolve } from 'node:path';
import type { ApplyReport, Outcome, Task } from '../../model/outcome.ts';
import type { Plan } from '../../model/plan.ts';
import type { Held } from '../../model/shown/conditions.ts';
import {
  diagnosticEvent,
  endEvent,
  eventAt,
  failureEvent,
  outcomeEvent,
  planEvents,
  startEvent,
  toJsonLine,
  versionEvent,
  type Happening,
  type RunEvent,
} from '../../report/index.ts';
import { CommandError, InputError } from '../process/command-error.ts';
import { wordsFor } from '../process/failure.ts';
import { closing, type Closed } from '../process/closing.ts';
import type { Surroundings } from '../process/io.ts';
import { demandFileName } from '../files/out-file.ts';
import { openLineFile, type LineFile } from '../files/line-file.ts';
import { currentInstant } from '../process/current-instant.ts';
import { errorCode } from '../../files/error-code.ts';
import { toolVersion } from '../process/version.ts';

/** What is told of a run while it goes on, as JSON lines: on stdout with `--format ndjson`, in a file with `--json-into`. */
export interface RunEvents {
  /** From now on the file is told as well. @throws CommandError where it cannot be written. */
  readonly openFile: () => Promise<void>;
  readonly planned: (plan: Plan) => void;
  readonly started: (changes: readonly Task[]) => void;
  readonly ended: (outcomes: readonly Outcome[]) => void;
  /** Outcomes that were not told of yet, the totals, and conditions of `--fail-on`. */
  readonly end: (report: ApplyReport, held: readonly Held[] | undefined) => void;
}

/** Events are made only where somebody hears of them. */
type Tell = (happenings: () => readonly Happening[]) => void;

/** Who hears of events beside the file. */
export interface Listener {
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** The file. */
  readonly jsonInto?: string | undefined;
}

/** Tells of a run; of what ends it early, too. @returns as a problem that a line could not be written to the file. */
export async function withEvents<T>(
  { onEvent, jsonInto }: Listener,
  io: Surroundings,
  run: (events: RunEvents) => Promise<Closed<T>>,
): Promise<Closed<T>> {
  const sinks = onEvent === undefined ? [] : [onEvent];
  let close = (): Promise<void> => Promise.resolve();
  const tell: Tell = (happenings) => {
    if (sinks.length === 0) return;
    for (const happening of happenings()) {
      const event = eventAt(happening, currentInstant(io));
      for (const sink of sinks) sink(event);
    }
  };
  const version = versionEvent(toolVersion());
  tell(() => [version]);
  const openFile = async (): Promise<void> => {
    if (jsonInto === undefined) return;
    const { lines, close: closeFile } = await openEventFile(jsonInto, io);
    close = closeFile;
    const write = (event: RunEvent): void => {
      lines.add(toJsonLine(event));
    };
    write(eventAt(version, currentInstant(io)));
    sinks.push(write);
  };
  const told = async (): Promise<Closed<T>> => {
    try {
      return await run({ openFile, ...telling(tell, io) });
    } catch (error) {
      tell(() => endedBy(error));
      throw error;
    }
  };
  return closing(told, () => close());
}

function endedBy(error: unknown): readonly Happening[] {
  if (error instanceof InputError) return error.diagnostics.map(diagnosticEvent);
  const { summary, detail } = wordsFor(error);
  return [failureEvent(summary, detail)];
}

function telling(tell: Tell, io: Surroundings): Omit<RunEvents, 'openFile'> {
  const startedAt = new Map<Task, number>();
  const told = new Set<Task>();
  const ended = (outcomes: readonly Outcome[]): void => {
    for (const outcome of outcomes) {
      const { change } = outcome;
      if (told.has(change)) continue;
      told.add(change);
      const now = io.clock.now();
      tell(() => [outcomeEvent(outcome, Math.floor((now - (startedAt.get(change) ?? now)) / 1000))]);
    }
  };
  return {
    planned: (plan) => {
      tell(() => planEvents(plan));
    },
    started: (changes) => {
      for (const change of changes) {
        startedAt.set(change, io.clock.now());
        tell(() => [startEvent(change)]);
      }
    },
    ended,
    end: (report, held) => {
      ended(report.outcomes);
      tell(() => [endEvent(report, held)]);
    },
  };
}

interface EventFile {
  readonly lines: LineFile;
  readonly close: () => Promise<void>;
}

async function openEventFile(name: string, io: Surroundings): Promise<EventFile> {
  demandFileName(name, 'the events');
  const failed = (error: unknown): CommandError =>
    new CommandError(
      `the events cannot be written to ${name} (${errorCode(error) ?? 'unknown'})`,
      'Name a file that can be written.',
    );
  try {
    const lines = await openLineFile(resolve(io.workingDirectory, name), 'anew');
    return {
      lines,
      close: () =>
        lines.close().catch((error: unknown) => {
          throw failed(error);
        }),
    };
  } catch (error) {
    throw failed(error);
  }
}
