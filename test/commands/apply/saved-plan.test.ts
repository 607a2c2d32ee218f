import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { day, openScenario, type Json } from '../../support/commands/saved-plan-scenario.ts';
import { openTenant, testNow } from '../../support/commands/workspace.ts';

describe('plan --out', () => {
  it('saves what plan --format json prints, for its owner alone', async () => {
    const { run, read, directory } = await openScenario();
    const printed = await run(['plan', 'faces.yaml', '--format', 'json', '--out', 'plan.json']);
    expect(printed.code).toBe(0);
    expect(await read('plan.json')).toBe(printed.stdout);
    expect((await stat(join(directory, 'plan.json'))).mode & 0o777).toBe(0o600);
  });

  it('gives the same digest for the same files and live state, whatever the time', async () => {
    const { run, json } = await openScenario();
    await run(['plan', 'faces.yaml', '--out', 'a.json']);
    await run(['plan', 'faces.yaml', '--out', 'b.json'], { startAt: testNow + 90_000 });
    const [a, b] = [await json('a.json'), await json('b.json')];
    expect(a.x_digest).toBe(b.x_digest);
    expect(a.timestamp).not.toBe(b.timestamp);
  });

  it('asks the tenant nothing when the file cannot be written', async () => {
    const { run, sandbox } = await openScenario();
    const ran = await run(['plan', 'faces.yaml', '--out', 'no/such/folder/plan.json']);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('cannot be saved to no/such/folder/plan.json (ENOENT)');
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it('leaves an older plan as it was when the new one has errors, or the tenant is away', async () => {
    const { run, write, read, sandbox } = await openScenario();
    await write('plan.json', 'older');
    await write('ghost.yaml', 'version: 1\nenrollments:\n  - user: nobody\n    flow: mobile\n');
    expect((await run(['plan', 'ghost.yaml', '--out', 'plan.json'])).stderr).toContain('the plan was not saved');
    sandbox.tenant.failWith({ kind: '500', times: 1000 });
    expect((await run(['plan', 'faces.yaml', '--out', 'plan.json'])).code).toBe(6);
    expect(await read('plan.json')).toBe('older');
  });
});

describe('apply --plan', () => {
  it('carries out what was reviewed, once; replayed, it is all done already and writes nothing', async () => {
    const { run, sandbox, writes } = await openScenario();
    const planned = await run(['plan', 'faces.yaml', '--out', 'plan.json']);
    expect(planned.code).toBe(0);
    const first = await run(['apply', '--plan', 'plan.json']);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('6 planned = 6 applied');
    const sent = writes().length;
    const second = await run(['apply', '--plan', 'plan.json']);
    expect(second.code).toBe(0);
    expect(second.stdout).toContain('6 planned = 0 applied + 6 already done + 0 failed');
    expect(writes()).toHaveLength(sent);
    expect(sandbox.tenant.emails).toHaveLength(2);
    expect((await run(['plan', 'faces.yaml', '--detailed-exitcode'])).code).toBe(0);
  });

  it('reads again only the users it touches', async () => {
    const { run, sandbox } = await openScenario();
    await run(['plan', 'faces.yaml', '--out', 'plan.json']);
    const before = sandbox.tenant.requests.length;
    await run(['apply', '--plan', 'plan.json']);
    const reads = sandbox.tenant.requests.slice(before).filter(({ operation }) => operation === 'listFaces');
    const idle = sandbox.tenant.users().find(({ login }) => login === 'idle')?.id ?? 'nobody';
    expect(reads.length).toBeGreaterThan(0);
    expect(reads.some(({ path }) => path.includes(idle))).toBe(false);
    expect(sandbox.tenant.requests.slice(before).some(({ operation }) => operation === 'listUsers')).toBe(false);
  });

  it('leaves out the users who have changed since, and goes on with the others', async () => {
    const { run, sandbox } = await openScenario();
    await run(['plan', 'faces.yaml', '--out', 'plan.json']);
    sandbox.tenant.addFace('off', { flow: 'web', applicantId: 'new' });
    const ran = await run(['apply', '--plan', 'plan.json', '--format', 'json']);
    expect(ran.code).toBe(4);
    const { summary }: Json = JSON.parse(ran.stdout);
    expect(summary).toMatchObject({ planned: 6, applied: 5, stale: 1 });
  });

  it('with --on-stale fail writes nothing at all', async () => {
    const { run, sandbox, writes } = await openScenario();
    await run(['plan', 'faces.yaml', '--out', 'plan.json']);
    sandbox.tenant.addFace('off', { flow: 'web', applicantId: 'new' });
    const ran = await run(['apply', '--plan', 'plan.json', '--on-stale', 'fail']);
    expect(ran.code).toBe(4);
    expect(ran.stdout).toContain('6 planned = 0 applied + 0 already done + 0 failed + 1 stale + 5 skipped + 0 unknown');
    expect(writes()).toEqual([]);
  });

  it('needs the flags no more that were given to plan', async () => {
    const { run } = await openScenario({ budgets: 'budgets: { delete: 0 }\n' });
    await run(['plan', 'faces.yaml', '--out', 'plain.json']);
    const refused = await run(['apply', '--plan', 'plain.json']);
    expect(refused.code).toBe(5);
    expect(refused.stderr).toContain('--allow-deletes 3');
    const shown = await run(['plan', 'faces.yaml', '--out', 'plan.json', '--allow-deletes', '3']);
    expect(shown.stdout).toContain('Acknowledged: 3 deletes, budget 0.');
    expect((await run(['apply', '--plan', 'plan.json'])).code).toBe(0);
  });

  it('takes the pace that the files asked for', async () => {
    const { run, json } = await openScenario({ budgets: 'tenant: { requestsPerSecond: 7, concurrency: 2 }\n' });
    await run(['plan', 'faces.yaml', '--out', 'plan.json']);
    expect((await json('plan.json')).x_pace).toEqual({ concurrency: 2, requestsPerSecond: 7 });
  });

  it('is shown as JSON that is harmless on a terminal, whatever was done to the file', async () => {
    const { run, read, write } = await openScenario();
    await run(['plan', 'faces.yaml', '--out', 'plan.json']);
    const text = await read('plan.json');
    await write('plan.json', text.replace('"faceform",', '"faceform", "tool": "\u009b\u202e", "tool": "faceform",'));
    expect(await run(['show', 'plan.json', '--format', 'json'])).toMatchObject({ code: 0, stdout: text });
  });

  it('without any change does nothing, and says so', async () => {
    const { run } = await openScenario();
    await run(['apply', 'faces.yaml', '--auto-approve']);
    await run(['plan', 'faces.yaml', '--out', 'plan.json']);
    const ran = await run(['apply', '--plan', 'plan.json']);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('No changes.');
  });
});

describe('a saved plan is refused before the first call', () => {
  const refusedWith = async (change: (text: string) => string, flags: readonly string[] = [], startAt = testNow) => {
    const { run, read, write, sandbox } = await openScenario();
    await run(['plan', 'faces.yaml', '--out', 'plan.json']);
    await write('changed.json', change(await read('plan.json')));
    const before = sandbox.tenant.requests.length;
    const ran = await run(['apply', '--plan', 'changed.json', ...flags], { startAt });
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(sandbox.tenant.requests).toHaveLength(before);
    expect(ran.stderr).not.toMatch(/ {4}at /);
    return ran.stderr;
  };
  const same = (text: string) => text;

  it.each([
    ['tampered', (text: string) => text.replace('"login": "web"', '"login": "ceo"'), 'does not fit its x_digest'],
    ['truncated', (text: string) => text.slice(0, text.length / 2), 'cut short'],
    ['of another tool', () => '{"format_version":"1.2","terraform_version":"1.9"}', 'faceform did not write it'],
    ['of another format', (text: string) => text.replace('"1.1"', '"3.0"'), 'expected format_version "1.1" or "1.0"'],
  ])('when it is %s', async (_, change, message) => {
    expect((await refusedWith(change)).toLowerCase()).toContain(message);
  });

  it('when it is too old, which --plan-max-age decides', async () => {
    expect(await refusedWith(same, [], testNow + 25 * 3600 * 1000)).toContain('25 hours ago, and may be 24 hours old');
    expect(await refusedWith(same, ['--plan-max-age', '2h'], testNow + 3 * 3600 * 1000)).toContain('may be 2 hours');
  });

  it('when it is of a time to come', async () => {
    expect(await refusedWith(same, [], testNow - day)).toContain('in the future');
  });

  it('when it is for another tenant', async () => {
    expect(await refusedWith(same, ['--tenant', 'https://other.trustedauth.com'])).toContain(
      'not for https://other.trustedauth.com',
    );
    expect(await refusedWith(same, ['--sandbox'])).toContain('not for sandbox:.faceform/sandbox.json');
  });

  it('when the environment names another tenant than the plan, unless --tenant says which', async () => {
    const { run, sandbox } = await openScenario();
    await run(['plan', 'faces.yaml', '--out', 'plan.json']);
    const environment = { FACEFORM_TENANT_URL: 'https://other.us.trustedauth.com' };
    const ran = await run(['apply', '--plan', 'plan.json'], { environment });
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    const both = `https://other.us.trustedauth.com by FACEFORM_TENANT_URL, ${sandbox.url} by the saved plan`;
    expect(ran.stderr).toContain(both);
    const named = await run(['apply', '--plan', 'plan.json', '--tenant', sandbox.url], { environment });
    expect(named).toMatchObject({ code: 0, stderr: '' });
  });

  it('when it is for another tenant, whether there are credentials or not', async () => {
    const { run } = await openScenario();
    await run(['plan', 'faces.yaml', '--sandbox', '--out', 'plan.json']);
    const none = { FACEFORM_APPLICATION_ID: undefined, FACEFORM_SHARED_SECRET: undefined };
    const ran = await run(['apply', '--plan', 'plan.json'], { environment: none });
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('the saved plan is for the tenant sandbox:.faceform/sandbox.json');
    expect(ran.stderr).toContain('Pass --sandbox .faceform/sandbox.json.');
  });

  it('when files or filters are given beside it', async () => {
    expect(await refusedWith(same, ['faces.yaml'])).toContain('--plan cannot be combined with faces.yaml');
    expect(await refusedWith(same, ['--target', 'web'])).toContain('--target');
  });

  it('when there is none', async () => {
    const { run } = await openTenant();
    expect((await run(['apply', '--plan', 'none.json'])).stderr).toContain('none.json cannot be read (ENOENT)');
  });
});

describe('show', () => {
  it('renders a saved plan as plan did, and needs no tenant', async () => {
    const { run, sandbox } = await openScenario();
    for (const format of ['text', 'diff', 'json']) {
      const printed = await run(['plan', 'faces.yaml', '--format', format, '--out', 'plan.json']);
      const asked = sandbox.tenant.requests.length;
      expect(await run(['show', 'plan.json', '--format', format])).toEqual(printed);
      expect(sandbox.tenant.requests).toHaveLength(asked);
    }
  });

  it('refuses what is no plan', async () => {
    const { run } = await openScenario();
    expect(await run(['show', 'faces.yaml'])).toMatchObject({ code: 1, stdout: '' });
  });
});
