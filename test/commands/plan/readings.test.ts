import { describe, expect, it } from 'vitest';
import { defaultReadings, readingChoices, type Readings } from '../../../src/sandbox/index.ts';
import {
  activated,
  casesUnder,
  countsOf,
  emailOf,
  fileOf,
  seedOf,
  shown,
  type Case,
  type Counts,
} from '../../support/commands/scenario.ts';
import { jsonTotalsOf, memberOf, writesOf } from '../../support/commands/expectations.ts';
import { openTenant, testNow, type Ran, type TenantWorkspace } from '../../support/commands/workspace.ts';

interface Setting {
  readonly readings: Readings;
  /** Users on one page of the tenant's listings. */
  readonly pageSizeMax: number;
}

interface Scene {
  readonly tenant: TenantWorkspace;
  readonly cases: readonly Case[];
  /** Sent so far. */
  readonly emails: number;
}

const hourMs = 3_600_000;
const planArgs = ['plan', 'faces.yaml', '--detailed-exitcode'];
const applyArgs = ['apply', 'faces.yaml', '--auto-approve', '--format', 'json', '--activations-out', 'kept'];

/** Plan, apply, and nothing is left to do. */
async function runScenario({ readings, pageSizeMax }: Setting): Promise<Scene> {
  const cases = casesUnder(readings);
  const tenant = await openTenant(
    { seed: seedOf(cases), readings, pageSizeMax },
    { files: { 'faces.yaml': fileOf(cases) } },
  );
  const first = countsOf(cases.flatMap(({ plan }) => plan));
  await converge(tenant, first, testNow);
  const mailed = cases.flatMap(({ login, plan }) =>
    plan.flatMap((word) => (word === 'emails' ? [emailOf(login)] : [])),
  );
  expect(tenant.sandbox.tenant.emails.map(({ to }) => to).toSorted()).toEqual(mailed.toSorted());
  expect(facesNow(tenant, cases)).toEqual(facesOf(cases, 'after'));
  return { tenant, cases, emails: first.emails };
}

/** All that waits is activated and two hours pass; then the same again. */
async function passTime({ tenant, cases, emails }: Scene): Promise<void> {
  finishAll(tenant);
  tenant.sandbox.tenant.advance(2 * hourMs);
  const updates = cases.flatMap(({ after, later }) => lacking(later, after.map(activated)));
  const renewed = updates.filter((face) => face !== activated(face)).length;
  const gone = cases.reduce((sum, { after, later }) => sum + after.length - later.length, 0);
  const expected = { delete: gone, update: updates.length - renewed, replace: renewed, emails: renewed };
  await converge(tenant, expected, testNow + 2 * hourMs);
  expect(tenant.sandbox.tenant.emails).toHaveLength(emails + renewed);
  expect(facesNow(tenant, cases)).toEqual(facesOf(cases, 'later'));
}

/** Of each scenario a plan warns that some faces are left alone, and of a new one that asks for a QR code. */
const leftAlone: unknown = expect.stringMatching(
  /^Warning: [^\n]*\[DELETED_ENTRIES_UNKNOWN\]\n[^\n]*\n(?:\nWarning: [^\n]*\[QR_CODE_WITHOUT_DIRECTORY\]\n(?: {2}[^\n]*\n)+)?$/,
);

/** Plans and applies what is expected, no more; a second time there is nothing to do, and nothing is written. */
async function converge(tenant: TenantWorkspace, counts: Partial<Counts>, startAt: number): Promise<void> {
  const expected = { create: 0, update: 0, disable: 0, replace: 0, delete: 0, emails: 0, ...counts };
  const plan = await tenant.run([...planArgs, '--format', 'json'], { startAt });
  expect(plan).toMatchObject({ code: 2, stderr: leftAlone });
  expect(summaryOf(plan)).toMatchObject(expected);
  const applied = await tenant.run(applyArgs, { startAt });
  const { create, update, disable, replace, delete: deletes, emails } = expected;
  const planned = create + update + disable + replace + deletes;
  expect(jsonTotalsOf(applied)).toMatchObject({ planned, applied: planned });
  expect(memberOf(summaryOf(applied), 'emails')).toBe(emails);
  expect(applied.code).toBe(0);
  const written = writesOf(tenant.sandbox);
  const planAgain = await tenant.run(planArgs, { startAt });
  expect(planAgain).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.'), stderr: leftAlone });
  const again = await tenant.run(applyArgs, { startAt });
  expect(jsonTotalsOf(again).planned).toBe(0);
  expect(again.code).toBe(0);
  expect(writesOf(tenant.sandbox)).toBe(written);
}

function summaryOf({ stdout }: Ran): unknown {
  return memberOf(JSON.parse(stdout), 'summary');
}

function facesNow({ sandbox }: TenantWorkspace, cases: readonly Case[]): unknown {
  return cases.map(({ login }) => [login, sandbox.tenant.faces(login).map(shown).toSorted()]);
}

function facesOf(cases: readonly Case[], when: 'after' | 'later'): unknown {
  return cases.map((each) => [each.login, each[when]]);
}

/** What is in the one list and not in the other. */
function lacking(faces: readonly string[], others: readonly string[]): readonly string[] {
  return faces.filter((face) => !others.includes(face));
}

/** Users and vendor do their part for every face that is not finished. */
function finishAll({ sandbox: { tenant } }: TenantWorkspace): void {
  const faces = tenant.users().flatMap(({ login }) => tenant.faces(login));
  for (const { id, status } of faces) if (/^(?:NEW|ACTIVATING|REVIEW)$/.test(status)) tenant.activate(id);
}

/** Choices of some readings, or of all. */
type Row = Readonly<Record<string, string | number>>;

const choicesOf: Readonly<Record<string, readonly (string | number)[]>> = readingChoices;
const names = Object.keys(choicesOf);
const rowsOf = (name: string): readonly Row[] => (choicesOf[name] ?? []).map((choice) => ({ [name]: choice }));

/** Every reading by default but for one, which takes each of its other choices. */
function singles(): readonly Readings[] {
  return names.flatMap((name) => rowsOf(name).slice(1)).map((other) => completed({ ...defaultReadings, ...other }));
}

/** Few combinations in which any two choices of different readings come together at least once. */
function allPairs(): readonly Readings[] {
  let missing: readonly Row[] = names.flatMap((left, index) =>
    names
      .slice(index + 1)
      .flatMap((right) => rowsOf(left).flatMap((one) => rowsOf(right).map((other) => ({ ...one, ...other })))),
  );
  const rows: Readings[] = [];
  for (let [pair] = missing; pair !== undefined; [pair] = missing) {
    const row = names.reduce((begun, name) => (name in begun ? begun : extended(begun, name, missing)), pair);
    missing = missing.filter((other) => !isWithin(other, row));
    rows.push(completed(row));
  }
  return rows;
}

/** With the choice of a reading that brings the most pairs together; of equals, the one that most pairs still need. */
function extended(begun: Row, name: string, missing: readonly Row[]): Row {
  const worth = (choice: Row): number => {
    const row = { ...begun, ...choice };
    const met = missing.filter((pair) => isWithin(pair, row)).length;
    return met * missing.length + missing.filter((pair) => isWithin(choice, pair)).length;
  };
  const [best = {}] = rowsOf(name).toSorted((one, other) => worth(other) - worth(one));
  return { ...begun, ...best };
}

function isWithin(part: Row, row: Row): boolean {
  return Object.entries(part).every(([name, choice]) => row[name] === choice);
}

function completed(row: Row): Readings {
  if (isComplete(row)) return row;
  throw new Error('a reading is missing, or has no such choice');
}

function isComplete(row: Row): row is Readings {
  return names.every((name) => rowsOf(name).some((choice) => isWithin(choice, row)));
}

/** What is not as by default. */
function title(readings: Readings): string {
  const differing = names
    .flatMap((name) => rowsOf(name))
    .filter((choice) => isWithin(choice, readings) && !isWithin(choice, defaultReadings));
  return differing.map((choice) => Object.entries(choice).flat().join(' ')).join(', ');
}

const named = (all: readonly Readings[]) => all.map((readings) => ({ title: title(readings), readings }));

describe('the main scenario', () => {
  it('converges as the vendor is taken to behave', async () => {
    await passTime(await runScenario({ readings: defaultReadings, pageSizeMax: 100 }));
  });

  it.each([1, 3])('converges over pages of %i', async (pageSizeMax) => {
    await runScenario({ readings: defaultReadings, pageSizeMax });
  });

  it.each(named(singles()))('converges with $title', async ({ readings }) => {
    await runScenario({ readings, pageSizeMax: 100 });
  });
});

describe('any two answers to what the vendor leaves open', () => {
  it.each(named(allPairs()))('let it converge now, and when time has passed: $title', async ({ readings }) => {
    await passTime(await runScenario({ readings, pageSizeMax: 100 }));
  });
});

describe('a user who has as many faces as allowed', () => {
  it.each(readingChoices.maximumReached)(
    'gets no further one and no e-mail, and others get theirs: %i',
    async (status) => {
      const faces = ['a', 'b', 'c', 'd', 'e'].map((applicantId) => ({ applicantId }));
      const users = [
        { login: 'full', email: 'full@c.d', faces },
        { login: 'free', email: 'free@c.d' },
      ];
      const file = 'version: 1\nenrollments: [{ user: full, flow: mobile }, { user: free, flow: mobile }]\n';
      const tenant = await openTenant(
        { seed: { users }, readings: { maximumReached: status } },
        { files: { 'faces.yaml': file } },
      );
      const first = await tenant.run(applyArgs);
      expect(first.code).toBe(3);
      expect(jsonTotalsOf(first)).toMatchObject({ planned: 2, applied: 1, failed: 1 });
      const second = await tenant.run(applyArgs);
      expect(second.code).toBe(3);
      expect(jsonTotalsOf(second)).toMatchObject({ planned: 1, failed: 1 });
      expect(tenant.sandbox.tenant.emails.map(({ to }) => to)).toEqual(['free@c.d']);
      expect(tenant.sandbox.tenant.faces('full')).toHaveLength(faces.length);
    },
  );
});
