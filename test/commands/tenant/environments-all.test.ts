import { describe, expect, it } from 'vitest';
import { writesOf } from '../../support/commands/expectations.ts';
import { callsOf, openTwo, secretOf } from '../../support/commands/two-tenants.ts';

describe('plan --env all', () => {
  const all = ['plan', '.', '--env', 'all'];

  it('shows each environment under its name, and one summary', async () => {
    const two = await openTwo();
    const { code, stdout } = await two.run(all);
    expect(code).toBe(0);
    expect(stdout.match(/^Environment .*$/gm)).toEqual(['Environment staging', 'Environment prod']);
    expect(stdout).toMatch(
      /All environments:\n {2}staging {2}No changes\..*\n {2}prod {5}Plan: 1 to create.*1 to disable/,
    );
    expect((await two.run([...all, '--detailed-exitcode'])).code).toBe(2);
    expect([writesOf(two.prod), writesOf(two.staging)]).toEqual([0, 0]);
  });

  it('is one JSON document with the plan of each and the totals', async () => {
    const two = await openTwo();
    const { stdout } = await two.run([...all, '--format', 'json', '--detailed-exitcode']);
    expect(JSON.parse(stdout)).toMatchObject({
      x_complete: true,
      summary: { create: 1, disable: 1 },
      environments: [
        { name: 'staging', exit_code: 0, diagnostics: [], plan: { x_environment: { name: 'staging' } } },
        { name: 'prod', exit_code: 2, plan: { x_environment: { name: 'prod' }, x_tenant: two.prod.url } },
      ],
    });
  });

  it('shows the others where one has no credentials, and never sends those without a name', async () => {
    const two = await openTwo();
    const environment = {
      FACEFORM_STAGING_APPLICATION_ID: undefined,
      FACEFORM_STAGING_SHARED_SECRET: undefined,
      FACEFORM_APPLICATION_ID: 'app-prod',
      FACEFORM_SHARED_SECRET: secretOf('prod'),
    };
    const text = await two.run(all, { environment });
    expect(text.code).toBe(1);
    expect(text.stdout).toMatch(/staging {2}No plan: no credentials are given for 'staging'\n {2}prod {5}Plan: /);
    const { stdout } = await two.run([...all, '--format', 'json'], { environment });
    expect(JSON.parse(stdout)).toMatchObject({
      x_complete: false,
      environments: [{ exit_code: 1, plan: null, diagnostics: [{ code: 'NO_CREDENTIALS' }] }, { exit_code: 0 }],
    });
    expect(callsOf(two.staging)).toBe(0);
  });

  it.each([
    ['--out', 'plan.json'],
    ['--tenant', 'http://127.0.0.1:1'],
    ['--credentials', 'c.json'],
    ['--sandbox', 'x.json'],
    ['--format', 'markdown'],
    ['--report', 'gitlab=r.json'],
  ])('is refused with %s', async (...flags) => {
    const two = await openTwo();
    const ran = await two.run([...all, ...flags]);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('--env all cannot be combined with') });
    expect([callsOf(two.prod), callsOf(two.staging)]).toEqual([0, 0]);
  });

  it('needs files that declare environments, without errors', async () => {
    const two = await openTwo();
    await two.write('plain.yaml', 'version: 1\nenrollments: []\n');
    expect(await two.run(['plan', 'plain.yaml', '--env', 'all'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no file declares environments'),
    });
    await two.write('bad.yaml', 'version: 1\nenrollments: [{ user: eve, flow: mobile, in: [test] }]\n');
    expect(await two.run(all)).toMatchObject({ code: 1, stderr: expect.stringContaining('[UNKNOWN_ENVIRONMENT]') });
  });
});
