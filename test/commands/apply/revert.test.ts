import { describe, expect, it } from 'vitest';
import { openScenario, type Scenario } from '../../support/commands/saved-plan-scenario.ts';

const applying = ['apply', 'faces.yaml', '--auto-approve', '--journal', 'journal.jsonl'];
const logins = ['new', 'longer', 'off', 'web', 'failed', 'gone', 'idle'] as const;

/** Status and expiry of each face, by login. */
function statesOf({ sandbox }: Scenario): Readonly<Record<string, readonly string[]>> {
  const state = (login: string): readonly string[] =>
    sandbox.tenant.faces(login).map(({ status, expiry }) => `${status} ${expiry ?? '-'}`);
  return Object.fromEntries(logins.map((login) => [login, state(login)]));
}

/** What a plan that undoes is about; the rest depends on the day or on its file. */
async function shownBy({ run }: Scenario, file: string, more: readonly string[] = []): Promise<unknown> {
  const { code, stdout } = await run(['revert', file, '--format', 'json', ...more]);
  expect(code).toBe(0);
  const { resource_changes, diagnostics }: Readonly<Record<string, unknown>> = JSON.parse(stdout);
  return { resource_changes, diagnostics };
}

describe('revert', () => {
  it('plans from a journal what brings all back that can be, and names the rest; then there is nothing left', async () => {
    const scenario = await openScenario();
    const { run, sandbox } = scenario;
    const before = statesOf(scenario);
    expect((await run(applying)).code).toBe(0);
    const left = statesOf(scenario);
    const made = await run(['revert', 'journal.jsonl', '--out', 'back.json', '--detailed-exitcode']);
    expect(made.code).toBe(2);
    expect(made.stdout).toContain('plan to undo journal.jsonl');
    expect(made.stdout).toContain(
      'Plan: 0 to create, 1 to update, 1 to shorten, 0 to disable, 0 to replace, 1 to delete.',
    );
    expect(made.stderr.match(/\[CANNOT_BE_REVERTED\]/g)).toHaveLength(3);
    expect(statesOf(scenario)).toEqual(left);
    expect((await run(['apply', '--plan', 'back.json', '--journal', 'journal.jsonl'])).code).toBe(0);
    const { web, failed, gone } = left;
    expect(statesOf(scenario)).toEqual({ ...before, web, failed, gone });
    // The journal of both runs nets to nothing.
    const again = await run(['revert', 'journal.jsonl', '--detailed-exitcode']);
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('No changes. Nothing is left to undo. The warnings say what is left alone.');
    expect(sandbox.tenant.emails).toHaveLength(2);
  });

  it('is the same from the report of the apply, from its saved plan, and from a journal that was cut off', async () => {
    const scenario = await openScenario();
    const { run, read, write } = scenario;
    await run(['plan', 'faces.yaml', '--out', 'plan.json']);
    const { stdout } = await run(['apply', '--plan', 'plan.json', '--format', 'json', '--journal', 'journal.jsonl']);
    await write('report.json', stdout);
    const lines = (await read('journal.jsonl')).split('\n');
    const cut = (events: RegExp): string => lines.filter((line) => !events.test(line)).join('\n');
    await write('cut.jsonl', `${cut(/"event":"(outcome|end)"/)}{"time":"20`);
    await write('bare.jsonl', cut(/"event":"(outcome|end|created)"/));
    await write('unsent.jsonl', cut(/"event":"(outcome|end|before|after|created)"/));
    const wanted = await shownBy(scenario, 'journal.jsonl');
    expect(await shownBy(scenario, 'report.json')).toEqual(wanted);
    expect(await shownBy(scenario, 'cut.jsonl')).toEqual(wanted);
    const byName = JSON.stringify(await shownBy(scenario, 'bare.jsonl'));
    expect(byName).toContain('delete_because_reverted');
    expect(await shownBy(scenario, 'plan.json')).toEqual(JSON.parse(byName));
    expect(await shownBy(scenario, 'unsent.jsonl')).toEqual({ resource_changes: [], diagnostics: [] });
  });

  it('leaves alone what an administrator has changed since, and names it', async () => {
    const scenario = await openScenario();
    const { run, sandbox } = scenario;
    await run(applying);
    sandbox.tenant.setStatus(sandbox.tenant.faces('longer')[0]?.id ?? '', 'DISABLED');
    sandbox.tenant.activate(sandbox.tenant.faces('new')[0]?.id ?? '');
    const ran = await run(['revert', 'journal.jsonl', '--keep-activated', '--out', 'back.json']);
    expect(ran.stdout).toContain('Plan: 0 to create, 1 to update, 0 to disable, 0 to replace, 0 to delete.');
    expect(ran.stderr).toMatch(/of "longer" has changed since the run.*\[CHANGED_SINCE\]/);
    sandbox.tenant.addFace('off', { flow: 'web', applicantId: 'other' });
    expect((await run(['apply', '--plan', 'back.json'])).code).toBe(4);
  });

  it('has the budgets and protections of the files that are named, and apply asks for the acknowledgement', async () => {
    const { run, write, sandbox } = await openScenario();
    await run(applying);
    await write('strict.yaml', 'version: 1\nbudgets: { delete: 0 }\n');
    await write('vip.yaml', 'version: 1\nprotect: [new]\n');
    const over = await run(['revert', 'journal.jsonl', 'strict.yaml', '--out', 'back.json']);
    expect(over.stdout).toContain('To proceed: --allow-deletes 1');
    expect((await run(['apply', '--plan', 'back.json'])).code).toBe(5);
    expect((await run(['revert', 'journal.jsonl', 'vip.yaml', '--out', 'vip.json'])).code).toBe(0);
    expect((await run(['apply', '--plan', 'vip.json', '--allow-deletes', '1'])).code).toBe(5);
    expect(sandbox.tenant.faces('new')).toHaveLength(1);
    expect((await run(['apply', '--plan', 'back.json', '--allow-deletes', '1'])).code).toBe(0);
    expect(sandbox.tenant.faces('new')).toEqual([]);
  });

  it('calls no tenant but that of the record, and reads nothing else as one', async () => {
    const { run, read, write, sandbox } = await openScenario();
    await run(applying);
    const journal = await read('journal.jsonl');
    await write('other.jsonl', journal.replaceAll(sandbox.url, 'https://evil.example'));
    await write('both.jsonl', journal + journal.replaceAll(sandbox.url, 'https://evil.example'));
    await write('elsewhere.yaml', 'version: 1\ntenant: { url: "https://elsewhere.us.trustedauth.com" }\n');
    await write('older.jsonl', journal.replaceAll('"before":{', '"was":{'));
    const calls = sandbox.tenant.requests.length;
    for (const [args, words] of [
      [['other.jsonl'], 'two tenants are named'],
      [['both.jsonl'], 'its runs belong to several tenants'],
      [['journal.jsonl', 'elsewhere.yaml'], 'two tenants are named'],
      [['older.jsonl'], 'has no values from before; an older version wrote it'],
      [['faces.yaml'], 'it has no line of any run'],
      [['none.jsonl'], 'none.jsonl cannot be read (ENOENT)'],
      [['.'], 'not a regular file'],
    ] as const) {
      const ran = await run(['revert', ...args]);
      expect(ran).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr).toContain(words);
    }
    const over = await run(['revert', 'journal.jsonl', '--out', 'journal.jsonl']);
    expect(over).toMatchObject({ code: 1, stdout: '' });
    expect(sandbox.tenant.requests).toHaveLength(calls);
    expect(await read('journal.jsonl')).toBe(journal);
  });
});
