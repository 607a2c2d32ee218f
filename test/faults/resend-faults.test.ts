import { describe, expect, it } from 'vitest';
import { openTenant, type TenantWorkspace } from '../support/commands/workspace.ts';
import { cellsOf, gridTimeoutMs, hangingCells, writeFaults } from './grid.ts';
import { surplus, wrongReport } from './judge.ts';
import { hasReport, outcomesOf } from './report.ts';
import { named, strike, type Strike } from './strike.ts';
import { face, mailedTo, user } from './world.ts';

const logins = ['amy', 'ben', 'cyd'];
const line = ['resend', '--auto-approve', '--quiet', '--format', 'json', '--concurrency', '1'];
const run = [...line, ...logins.flatMap((login) => ['--user', login])];

function open(): Promise<TenantWorkspace> {
  const users = logins.map((login) => user(login, [face(login, { status: 'ACTIVATING' })]));
  return openTenant({ seed: { users } });
}

async function callsWithoutFault(): Promise<number> {
  const workspace = await open();
  expect((await workspace.run(run)).code).toBe(0);
  expect(mailedTo(workspace.sandbox)).toEqual(logins);
  return workspace.sandbox.tenant.requests.length;
}

async function wrongUnder(cell: Strike): Promise<readonly string[]> {
  const workspace = await open();
  const { sandbox } = workspace;
  const stop = strike(sandbox, cell);
  const ran = await workspace.run(run);
  stop();
  const mailed = mailedTo(sandbox);
  const wrong = [
    ...surplus(logins, mailed).map((login) => `${login} was mailed twice`),
    ...outcomesOf(ran)
      .map(({ key, outcome }) => ({ login: key.split('/')[0] ?? '', outcome }))
      // What the tenant accepts and does not do shows nowhere.
      .filter(({ outcome }) => outcome !== 'applied' || cell.kind !== 'accepted-not-done')
      .filter(({ login, outcome }) => outcome !== 'unknown' && (outcome === 'applied') !== mailed.includes(login))
      .map(({ login, outcome }) => `${login} is called ${outcome}`),
    ...(hasReport(ran) ? wrongReport(ran) : wrongUnreported(ran.code, mailed)),
    ...(ran.stderr.includes('has a bug') ? [ran.stderr] : []),
  ];
  return wrong.map((what) => `${named(cell)}: ${what}`);
}

/** A run without a report has sent nothing. */
function wrongUnreported(code: number, mailed: readonly string[]): readonly string[] {
  return (code === 1 || code === 6) && mailed.length === 0 ? [] : [`without a report it exits with ${code}`];
}

describe('a resend during which some call fails, once or for ever', () => {
  it.each(writeFaults)(
    'mails nobody twice, and says what became of each e-mail: %s',
    { timeout: gridTimeoutMs },
    async (kind) => {
      const calls = await callsWithoutFault();
      const wrong: string[] = [];
      for (const cell of cellsOf(kind, calls, 7)) wrong.push(...(await wrongUnder(cell)));
      expect(wrong).toEqual([]);
    },
  );

  it.each(['hang', 'hang-after-commit'] as const)(
    'does so too where the call is never answered: %s',
    { timeout: gridTimeoutMs },
    async (kind) => {
      const cells = hangingCells(kind, await callsWithoutFault(), 3);
      expect((await Promise.all(cells.map(wrongUnder))).flat()).toEqual([]);
    },
  );
});
