import { readdir } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import type { Ran } from './workspace.ts';

/** C0 and C1 controls but the newline, and every character that turns the direction of writing. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const stackTrace = /node:internal|\.[jt]s:\d+|^ +at \S+ \(/m;

/** Fails where a terminal would obey something in the output. */
export function expectHarmless({ stdout, stderr }: Ran): void {
  expect(stdout).not.toMatch(obeyed);
  expect(stderr).not.toMatch(obeyed);
}

export function expectNoStack({ stdout, stderr }: Ran): void {
  expect(stdout).not.toMatch(stackTrace);
  expect(stderr).not.toMatch(stackTrace);
}

/** The operations that the tenant was asked for, in order, without signing in and without repetitions. */
export function operationsOf({ tenant }: Sandbox): readonly string[] {
  const names = tenant.requests.map(({ operation }) => operation ?? 'none').filter((name) => name !== 'authenticate');
  return [...new Set(names)];
}

const writes: ReadonlySet<string> = new Set([
  'createFace',
  'createFaceV1',
  'updateFace',
  'deleteFace',
  'sendActivation',
]);

/** How often the tenant was asked to write. */
export function writesOf({ tenant }: Sandbox): number {
  return tenant.requests.filter(({ operation }) => operation !== undefined && writes.has(operation)).length;
}

export async function namesIn(directory: string): Promise<readonly string[]> {
  return (await readdir(directory, { recursive: true })).toSorted();
}

export interface Totals {
  readonly planned: number;
  readonly applied: number;
  readonly failed: number;
  readonly stale: number;
  readonly skipped: number;
  readonly unknown: number;
  readonly already: number;
}

const totalsLine =
  /(?<planned>\d+) planned = (?<applied>\d+) applied \+ (?:(?<already>\d+) already done \+ )?(?<failed>\d+) failed \+ (?<stale>\d+) stale \+ (?<skipped>\d+) skipped \+ (?<unknown>\d+) unknown/;

/** The totals of a text report, which must add up. @throws Error where there is no report. */
export function totalsOf({ stdout }: Pick<Ran, 'stdout'>): Totals {
  const found = totalsLine.exec(stdout)?.groups;
  if (found === undefined) throw new Error(`no report in: ${stdout}`);
  return addedUp(found);
}

/** The totals of a JSON report, which must add up. */
export function jsonTotalsOf({ stdout }: Ran): Totals {
  return addedUp(memberOf(JSON.parse(stdout), 'summary'));
}

function addedUp(found: unknown): Totals {
  // A resend has no such count.
  const count = (name: string): number => Number(memberOf(found, name) ?? 0);
  const totals = {
    planned: count('planned'),
    applied: count('applied'),
    already: count('already'),
    failed: count('failed'),
    stale: count('stale'),
    skipped: count('skipped'),
    unknown: count('unknown'),
  };
  const { planned, applied, already, failed, stale, skipped, unknown } = totals;
  expect(planned).toBe(applied + already + failed + stale + skipped + unknown);
  return totals;
}

/** A member of a JSON object; undefined where there is none. */
export function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}

/** A list in a JSON object; empty where there is none. */
export function listOf(value: unknown, name: string): readonly unknown[] {
  const list: unknown = memberOf(value, name);
  return Array.isArray(list) ? list : [];
}
