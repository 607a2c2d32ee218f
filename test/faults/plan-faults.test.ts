import { describe, expect, it } from 'vitest';
import type { Ran, TenantWorkspace } from '../support/commands/workspace.ts';
import { cellsOf, gridTimeoutMs, hangingCells, readFaults } from './grid.ts';
import { planOf, type PlanRead } from './report.ts';
import { named, strike, type Strike } from './strike.ts';
import { openWorld, readingEntries, readingUsers } from './world.ts';

const scopes = {
  'the listed users': '',
  'a group whose leavers lose their faces': 'scope: { users: group, group: Staff, onRemove: delete }\n',
  'a whole tenant whose leavers lose their faces': 'scope: { users: tenant, onRemove: delete }\n',
  'the listed users, whose other faces go': 'unmatched: delete\n',
} as const;

const plan = ['plan', 'faces.yaml', '--format', 'json', '--quiet', '--concurrency', '1'] as const;

interface Reference {
  readonly world: TenantWorkspace;
  readonly whole: PlanRead;
  /** How many calls a plan without faults takes. */
  readonly calls: number;
}

async function open(rules: string): Promise<Reference> {
  const world = await openWorld({
    users: readingUsers,
    file: `${rules}${readingEntries}`,
    pageSizeMax: 2,
    readings: { aliasesInline: 'no' },
  });
  const ran = await world.run(plan);
  const whole = planOf(ran);
  if (whole === undefined) throw new Error(`there is no plan: ${ran.stderr}`);
  expect(ran.code).toBe(0);
  expect(whole.changes.length).toBeGreaterThan(2);
  return { world, whole, calls: world.sandbox.tenant.requests.length };
}

async function planUnder({ world, whole }: Reference, cell: Strike): Promise<readonly string[]> {
  const stop = strike(world.sandbox, cell);
  const ran = await world.run(plan);
  stop();
  return wrongWith(ran, whole, cell).map((what) => `${named(cell)}: ${what}, exit ${ran.code}: ${ran.stderr}`);
}

interface Case {
  readonly whole: PlanRead;
  readonly cell: Strike;
}

function exitCodeFits({ code }: Ran, found: PlanRead | undefined, { whole, cell }: Case): boolean {
  if (code === 0) return found?.complete === true && found.changes.length === whole.changes.length;
  // Without a plan, the tenant could not be reached at all.
  if (code === 6) return found === undefined || !found.complete;
  // "There is no such user" is an answer: the plan then says which entry is wrong, and cannot be applied.
  return code === 1 && (found === undefined || (found.hasErrors && cell.kind === '404'));
}

/** What must not be in a plan that was made under a fault. */
function wrongWith(ran: Ran, whole: PlanRead, cell: Strike): readonly string[] {
  const found = planOf(ran);
  const added = found?.changes.filter((change) => !whole.changes.includes(change)) ?? [];
  return [
    ...added.map((change) => `it adds ${change}`),
    ...(exitCodeFits(ran, found, { whole, cell }) ? [] : ['its exit code does not fit']),
    ...(/^$|^(?:Error|Warning): /.test(ran.stderr) ? [] : ['it gives no reason']),
    ...(ran.stderr.includes('has a bug') ? ['it stumbles'] : []),
  ];
}

describe.each(Object.entries(scopes))('a plan of %s', (_, rules) => {
  it.each(readFaults)(
    'is as without faults, or says that it is not whole and is no larger: %s',
    { timeout: gridTimeoutMs },
    async (kind) => {
      const reference = await open(rules);
      const wrong: string[] = [];
      for (const cell of cellsOf(kind, reference.calls, 9)) wrong.push(...(await planUnder(reference, cell)));
      expect(wrong).toEqual([]);
    },
  );
});

it(
  'without an answer to some call, each of these plans is as without faults, or no larger',
  { timeout: gridTimeoutMs },
  async () => {
    const rows = Object.values(scopes).map(async (rules) => {
      const { calls } = await open(rules);
      const tries = hangingCells('hang', calls, 3).map(async (cell) => planUnder(await open(rules), cell));
      return (await Promise.all(tries)).flat();
    });
    expect((await Promise.all(rows)).flat()).toEqual([]);
  },
);
