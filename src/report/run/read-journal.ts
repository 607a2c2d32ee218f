import type { PastChange } from '../../model/shown/past-run.ts';
import { PlanMisfit } from '../plan-json/change-from-json.ts';
import { membersOf, pastChange, pastOutcome, textIn, type Members } from './past-from-json.ts';

/** What the runs of a journal have changed, in the order of time. */
export interface JournalReading {
  /** Of each run, as `tenantText` writes it. */
  readonly tenants: readonly string[];
  readonly changes: readonly PastChange[];
}

/**
 * Reads the lines of a journal. The last line of a run, which a crash has cut short, is passed over: a change whose outcome
 * is thereby missing counts as one that may have been applied.
 *
 * @throws PlanMisfit where it is none, or where another line is damaged: what it told of would not be undone.
 */
export function readJournal(text: string): JournalReading {
  const runs: JournaledRun[] = [];
  let damaged: number | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const members = parseLine(line);
    if (members === undefined) {
      damaged ??= index + 1;
      continue;
    }
    if (members['event'] === 'start' && members['tool'] === 'faceform') {
      runs.push(new JournaledRun(textIn(members, 'x_tenant')));
      damaged = undefined;
      continue;
    }
    if (damaged !== undefined) throw new PlanMisfit(`its line ${damaged} is damaged`);
    const run = runs.at(-1);
    if (run === undefined) throw new PlanMisfit('its first line is not the start of a run');
    run.take(members);
  }
  return { tenants: runs.map(({ tenant }) => tenant), changes: runs.flatMap((run) => run.changes()) };
}

function parseLine(line: string): Members | undefined {
  try {
    return membersOf(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** One run, line by line. */
class JournaledRun {
  readonly tenant: string;
  readonly #ended: PastChange[] = [];
  readonly #begun = new Map<string, Members>();
  /** Keys of changes of which a call was sent, and ids of the faces that were created, by key. */
  readonly #called = new Set<unknown>();
  readonly #created = new Map<unknown, unknown>();

  constructor(tenant: string) {
    this.tenant = tenant;
  }

  /** @throws PlanMisfit */
  take(members: Members): void {
    const { event, index } = members;
    if (event === 'change') this.#begun.set(nameOf(members), members);
    if (event === 'before') this.#called.add(index);
    if (event === 'created') this.#created.set(index, members['face_id']);
    if (event !== 'outcome') return;
    this.#begun.delete(nameOf(members));
    const change = pastOutcome({ face_id: this.#created.get(index), ...members });
    if (change !== undefined) this.#ended.push(change);
  }

  /** @throws PlanMisfit */
  changes(): readonly PastChange[] {
    const open = [...this.#begun.values()].filter(({ index }) => this.#called.has(index));
    const possible = open.flatMap(
      (members) => pastChange({ ...members, face_id: this.#created.get(members['index']) }, 'possible') ?? [],
    );
    return [...this.#ended, ...possible];
  }
}

/**
 * Two faces may bear one serial number, and so be changed under one key.
 *
 * @throws PlanMisfit where the key, or the id of the face, is no text.
 */
function nameOf(members: Members): string {
  const before = membersOf(members['before']);
  return JSON.stringify([textIn(members, 'index'), before && textIn(before, 'id')]);
}
