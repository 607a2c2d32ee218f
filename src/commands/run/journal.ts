import { tenantText } from '../../model/tenant-id.ts';
import { resolve } from 'node:path';
import { errorCode } from '../../files/error-code.ts';
import type { ApplyReport, Outcome } from '../../model/outcome.ts';
import type { CreatingChange, Plan, WritingChange } from '../../model/plan.ts';
import { LocalError } from '../../model/failure.ts';
import type { OnWrite } from '../../provider/index.ts';
import { outcomeJson, startedJson, userJson } from '../../report/index.ts';
import { CommandError } from '../process/command-error.ts';
import { exitCode } from '../process/exit-code.ts';
import { closing, type Closed } from '../process/closing.ts';
import type { Surroundings } from '../process/io.ts';
import { demandFileName } from '../files/out-file.ts';
import { openLineFile, type LineFile } from '../files/line-file.ts';
import { toolVersion } from '../process/version.ts';

/** What a run is going to do, as far as the first line of its journal tells. */
export interface Begun {
  /** How many outcomes there will be. */
  readonly planned: number;
  /** Of the order of users, where it was drawn. */
  readonly seed?: number | undefined;
}

/** What of an apply is written down while it goes on: JSON lines, each with `time` and `event`. */
export interface Journal {
  /** `before` and `after` of each call that writes; the first is on the disk before the call goes out. */
  readonly onWrite: OnWrite;
  /** `start`, with the plan's tenant, how many changes it has, and the seed of the order of users. */
  readonly start: (plan: Pick<Plan, 'tenant'>, run: Begun) => Promise<void>;
  /**
   * `change` for each change of a user whose work begins, with the values from before and after. They are on the disk
   * before the first call of the user is, so that a run that is killed can be undone.
   */
  readonly started: (changes: readonly WritingChange[]) => void;
  /** `created` with the id of a new face, whatever becomes of the rest of its change. */
  readonly created: (change: CreatingChange, faceId: string) => void;
  /** `outcome` of each change, with its place, annotations and what the tenant said. */
  readonly ended: (outcomes: readonly Outcome[]) => void;
  /** `outcome` of changes that were not told of yet, and `end` with the totals. */
  readonly end: (report: ApplyReport) => void;
}

/** A tenant may answer with anything for an id, and with an activation secret too; revert can do without the line. */
const plainId = /^[\w-]{1,40}$/;

/** Writes nothing down. */
const noJournal: Journal = {
  onWrite: () => Promise.resolve(() => undefined),
  start: () => Promise.resolve(),
  started: () => undefined,
  created: () => undefined,
  ended: () => undefined,
  end: () => undefined,
};

/**
 * Appends to the file what the work does, mode 0600 where it is new; without a file nothing is written down.
 *
 * @returns as a problem that a line could not be written.
 * @throws CommandError where the file cannot be opened.
 */
export async function withJournal<T>(
  file: string | undefined,
  world: Surroundings,
  work: (journal: Journal) => Promise<Closed<T>>,
): Promise<Closed<T>> {
  if (file === undefined) return work(noJournal);
  const lines = await openLines(file, world);
  return closing(
    () => work(journalIn(lines, file, world)),
    () =>
      lines.close().catch((error: unknown) => {
        throw unwritable(file, error);
      }),
  );
}

async function openLines(file: string, { workingDirectory }: Surroundings): Promise<LineFile> {
  demandFileName(file, 'the journal');
  try {
    return await openLineFile(resolve(workingDirectory, file), 'append');
  } catch (error) {
    throw unwritable(file, error);
  }
}

function journalIn(lines: LineFile, file: string, io: Surroundings): Journal {
  const told = new Set<Outcome['change']>();
  let calls = 0;
  const line = (event: string, members: object): string =>
    `${JSON.stringify({ time: new Date(io.clock.now()).toISOString(), event, ...members })}\n`;
  const ended = (outcomes: readonly Outcome[]): void => {
    for (const outcome of outcomes) {
      if (told.has(outcome.change)) continue;
      told.add(outcome.change);
      lines.add(line('outcome', { ...outcomeJson(outcome), x_annotations: outcome.change.annotations }));
    }
  };
  return {
    ended,
    started: (changes) => {
      for (const change of changes) lines.add(line('change', startedJson(change)));
    },
    created: ({ key, user }, id) => {
      if (!plainId.test(id)) return;
      lines.add(line('created', { index: key, x_user: userJson(user), face_id: id }));
    },
    onWrite: async ({ key, ...call }) => {
      calls += 1;
      const about = { call: calls, index: key, ...call };
      try {
        await lines.flush(line('before', about));
      } catch (error) {
        const { message } = unwritable(file, error);
        throw new LocalError(`${message}; the call was not sent`);
      }
      return ({ status }) => {
        lines.add(line('after', { ...about, ...(status === undefined ? { answer: 'none' } : { status }) }));
      };
    },
    start: async (plan, run) => {
      const about = { tool: 'faceform', tool_version: toolVersion(), x_tenant: tenantText(plan.tenant), ...run };
      await lines.flush(line('start', about)).catch((error: unknown) => {
        throw unwritable(file, error);
      });
    },
    end: (report) => {
      ended(report.outcomes);
      lines.add(line('end', { summary: { ...report.totals, emails: report.emails } }));
    },
  };
}

function unwritable(file: string, error: unknown): CommandError {
  return new CommandError(
    `the journal ${file} cannot be written (${errorCode(error) ?? 'unknown'})`,
    'Name a file that can be.',
    exitCode.error,
    { cause: error },
  );
}
