import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ApplyReport, Outcome, Task } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import {
  endEvent,
  eventLine,
  outcomeEvent,
  planEvents,
  startEvent,
  versionEvent,
  type RunEvent,
} from '../report/index.ts';
import { CommandError } from './command-error.ts';
import type { Io } from './io.ts';
import { LineFile } from './line-file.ts';
import type { ApplyOptions } from './options.ts';
import { reasonOf } from './out-file.ts';
import { toolVersion } from './version.ts';

/** What is told of a run while it goes on, as JSON lines: on stdout with `--format ndjson`, in a file with `--json-into`. */
export interface RunEvents {
  readonly planned: (plan: Plan) => void;
  readonly started: (changes: readonly Task[]) => void;
  readonly ended: (outcomes: readonly Outcome[]) => void;
  /** Outcomes that were not told of yet, and the totals. */
  readonly end: (report: ApplyReport) => void;
  /** @throws CommandError where a line could not be written to the file. */
  readonly close: () => Promise<void>;
}

type Options = Pick<ApplyOptions, 'format' | 'jsonInto'>;

/** @throws CommandError where the file cannot be written. */
export async function openEvents({ format, jsonInto }: Options, io: Io): Promise<RunEvents> {
  const file = jsonInto === undefined ? undefined : await openFile(jsonInto, io);
  const sinks: readonly ((line: string) => void)[] = [
    ...(format === 'ndjson'
      ? [
          (line: string) => {
            io.stdout.write(line);
          },
        ]
      : []),
    ...(file === undefined
      ? []
      : [
          (line: string) => {
            file.lines.add(line);
          },
        ]),
  ];
  const tell = (event: RunEvent): void => {
    const line = eventLine(event, Math.floor(io.clock.now() / 1000));
    for (const sink of sinks) sink(line);
  };
  const close = file?.close ?? (() => Promise.resolve());
  if (sinks.length === 0) return { planned: none, started: none, ended: none, end: none, close };
  tell(versionEvent(toolVersion()));
  return { ...telling(tell, io), close };
}

function none(): void {
  // Nobody wants to know.
}

function telling(tell: (event: RunEvent) => void, io: Io): Omit<RunEvents, 'close'> {
  const startedAt = new Map<Task, number>();
  const told = new Set<Task>();
  const ended = (outcomes: readonly Outcome[]): void => {
    for (const outcome of outcomes) {
      const { change } = outcome;
      if (told.has(change)) continue;
      told.add(change);
      const now = io.clock.now();
      tell(outcomeEvent(outcome, Math.floor((now - (startedAt.get(change) ?? now)) / 1000)));
    }
  };
  return {
    planned: (plan) => {
      for (const event of planEvents(plan)) tell(event);
    },
    started: (changes) => {
      for (const change of changes) {
        startedAt.set(change, io.clock.now());
        tell(startEvent(change));
      }
    },
    ended,
    end: (report) => {
      ended(report.outcomes);
      tell(endEvent(report));
    },
  };
}

interface EventFile {
  readonly lines: LineFile;
  readonly close: () => Promise<void>;
}

async function openFile(name: string, io: Io): Promise<EventFile> {
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
