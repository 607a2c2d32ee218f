import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ApplyReport, Outcome, Task } from '../../model/outcome.ts';
import type { Plan } from '../../model/plan.ts';
import {
  diagnosticEvent,
  endEvent,
  eventLine,
  failureEvent,
  outcomeEvent,
  planEvents,
  startEvent,
  versionEvent,
  type RunEvent,
} from '../../report/index.ts';
import { CommandError, InputError } from '../process/command-error.ts';
import type { ExitCode } from '../process/exit-code.ts';
import { wordsFor } from '../process/failure.ts';
import type { Io } from '../process/io.ts';
import { LineFile } from '../files/line-file.ts';
import type { ApplyOptions } from '../process/options.ts';
import { reasonOf } from '../files/out-file.ts';
import { toolVersion } from '../version.ts';

/** What is told of a run while it goes on, as JSON lines: on stdout with `--format ndjson`, in a file with `--json-into`. */
export interface RunEvents {
  /** From now on the file is told as well. @throws CommandError where it cannot be written. */
  readonly openFile: () => Promise<void>;
  readonly planned: (plan: Plan) => void;
  readonly started: (changes: readonly Task[]) => void;
  readonly ended: (outcomes: readonly Outcome[]) => void;
  /** Outcomes that were not told of yet, and the totals. */
  readonly end: (report: ApplyReport) => void;
}

/** Events are made only where somebody hears of them. */
type Tell = (events: () => readonly RunEvent[]) => void;

type Options = Pick<ApplyOptions, 'format' | 'jsonInto'>;

/** Tells of a run; of what ends it early, too. @throws CommandError where a line could not be written to the file. */
export async function withEvents(
  { format, jsonInto }: Options,
  io: Io,
  run: (events: RunEvents) => Promise<ExitCode>,
): Promise<ExitCode> {
  const sinks: ((line: string) => void)[] = [];
  if (format === 'ndjson') {
    sinks.push((line) => {
      io.stdout.write(line);
    });
  }
  let close = (): Promise<void> => Promise.resolve();
  const lineOf = (event: RunEvent): string => eventLine(event, Math.floor(io.clock.now() / 1000));
  const tell: Tell = (events) => {
    if (sinks.length === 0) return;
    for (const event of events()) {
      const line = lineOf(event);
      for (const sink of sinks) sink(line);
    }
  };
  tell(() => [versionEvent(toolVersion())]);
  const openFile = async (): Promise<void> => {
    if (jsonInto === undefined) return;
    const file = await openEventFile(jsonInto, io);
    close = file.close;
    file.lines.add(lineOf(versionEvent(toolVersion())));
    sinks.push((line) => {
      file.lines.add(line);
    });
  };
  try {
    return await run({ openFile, ...telling(tell, io) });
  } catch (error) {
    tell(() => endedBy(error));
    throw error;
  } finally {
    await close();
  }
}

function endedBy(error: unknown): readonly RunEvent[] {
  if (error instanceof InputError) return error.diagnostics.map(diagnosticEvent);
  const { summary, detail } = wordsFor(error);
  return [failureEvent(summary, detail)];
}

function telling(tell: Tell, io: Io): Omit<RunEvents, 'openFile'> {
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
    end: (report) => {
      ended(report.outcomes);
      tell(() => [endEvent(report)]);
    },
  };
}

interface EventFile {
  readonly lines: LineFile;
  readonly close: () => Promise<void>;
}

async function openEventFile(name: string, io: Io): Promise<EventFile> {
  const failed = (error: unknown): CommandError =>
    new CommandError(
      `the events cannot be written to ${name} (${reasonOf(error)})`,
      'Name a file that can be written.',
    );
  try {
    const handle = await open(resolve(io.workingDirectory, name), 'w', 0o600);
    await handle.chmod(0o600);
    const lines = new LineFile(handle);
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
