import type { PastRun } from '../../model/shown/past-run.ts';
import { parseTenantId } from '../../model/tenant-id.ts';
import { PlanMisfit } from '../plan-json/change-from-json.ts';
import { readPlan } from '../plan-json/read-plan.ts';
import { membersOf, pastOfPlan, pastOutcome, textIn, type Members } from './past-from-json.ts';
import { readJournal } from './read-journal.ts';

/** A record that was read; else `found` says what the text is, and `expected` what it should be. */
export type PastReading =
  | { readonly state: 'read'; readonly past: PastRun }
  | { readonly state: 'unfit'; readonly found: string; readonly expected: string };

const record = "a journal, the report of 'faceform apply --format json', or a saved plan that was applied";

/** Reads what an apply has left behind. Its author is not trusted: all of it is checked, and nothing of it guessed. */
export function readPast(text: string): PastReading {
  try {
    const json = parse(text);
    if (json?.['resource_changes'] !== undefined) return ofPlan(text);
    return json?.['outcomes'] === undefined ? ofJournal(text) : { state: 'read', past: ofReport(json) };
  } catch (error) {
    if (error instanceof PlanMisfit) return { state: 'unfit', found: error.message, expected: record };
    throw error;
  }
}

function parse(text: string): Members | undefined {
  try {
    return membersOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function ofPlan(text: string): PastReading {
  const read = readPlan(text);
  if (read.state === 'unfit') return read;
  const { tenant, changes } = read.saved.plan;
  return { state: 'read', past: { tenant, changes: pastOfPlan(changes) } };
}

/** @throws PlanMisfit */
function ofReport(json: Members): PastRun {
  const { tool, format_version: version, outcomes } = json;
  if (tool !== 'faceform') throw new PlanMisfit('faceform did not write it');
  if (version !== '1.0') throw new PlanMisfit("its format_version is not '1.0'");
  if (!Array.isArray(outcomes)) throw new PlanMisfit("'outcomes' must be a list");
  const changes = outcomes.flatMap((outcome) => pastOutcome(membersOf(outcome) ?? {}) ?? []);
  return { tenant: parseTenantId(textIn(json, 'x_tenant')), changes };
}

/** @throws PlanMisfit */
function ofJournal(text: string): PastReading {
  const { tenants, changes } = readJournal(text);
  const [first, ...others] = new Set(tenants);
  if (first === undefined) throw new PlanMisfit('it has no line of any run');
  if (others.length > 0) {
    const found = `its runs belong to several tenants: ${[first, ...others].slice(0, 3).join(', ')}`;
    return { state: 'unfit', found, expected: 'the runs of one tenant' };
  }
  return { state: 'read', past: { tenant: parseTenantId(first), changes } };
}
