import { describe, expect, it } from 'vitest';
import { expectNoStack, writesOf } from '../../support/commands/expectations.ts';
import { callsOf, openTwo, secretOf } from '../../support/commands/two-tenants.ts';

describe('a run for one environment', () => {
  it('calls its tenant alone, with its credentials, and a second one finds nothing to do', async () => {
    const two = await openTwo();
    const apply = ['apply', '.', '--env', 'prod', '--auto-approve'];
    expect(await two.run(apply)).toMatchObject({ code: 0, stdout: expect.stringContaining('environment prod') });
    expect([writesOf(two.prod), callsOf(two.staging)]).toEqual([2, 0]);
    expect(await two.run(apply)).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') });
    const staging = await two.run(['plan', '.'], { environment: { FACEFORM_ENV: 'staging' } });
    expect(staging).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') });
    expect([writesOf(two.prod), writesOf(two.staging)]).toEqual([2, 0]);
  });

  it('is refused without a choice, and with one that no file declares; validate needs none', async () => {
    const two = await openTwo();
    for (const args of [
      ['plan', '.'],
      ['apply', '.', '--auto-approve'],
      ['plan', '.', '--env', 'prd'],
    ]) {
      const ran = await two.run(args);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain('staging, prod');
      expectNoStack(ran);
    }
    expect((await two.run(['validate', '.'])).code).toBe(0);
    expect([callsOf(two.prod), callsOf(two.staging)]).toEqual([0, 0]);
  });

  it.each([
    ['--env', 'PROD'],
    ['--env', 'all'],
  ])('is refused for apply with %s %s', async (...flags) => {
    const two = await openTwo();
    expect((await two.run(['apply', '.', '--auto-approve', ...flags])).code).toBe(1);
    expect([callsOf(two.prod), callsOf(two.staging)]).toEqual([0, 0]);
  });

  it.each(['FACEFORM_PROD_TENANT_URL', 'FACEFORM_TENANT_URL'])(
    'is refused where %s names another tenant',
    async (name) => {
      const two = await openTwo();
      const ran = await two.run(['plan', '.', '--env', 'prod'], { environment: { [name]: two.staging.url } });
      expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('two tenants are named') });
      expect([callsOf(two.prod), callsOf(two.staging)]).toEqual([0, 0]);
    },
  );

  it('uses the general credentials where the environment has none', async () => {
    const two = await openTwo();
    const environment = {
      FACEFORM_PROD_APPLICATION_ID: undefined,
      FACEFORM_PROD_SHARED_SECRET: undefined,
      FACEFORM_APPLICATION_ID: 'app-prod',
      FACEFORM_SHARED_SECRET: secretOf('prod'),
    };
    expect((await two.run(['plan', '.', '--env', 'prod'], { environment })).code).toBe(0);
    const half = { ...environment, FACEFORM_PROD_APPLICATION_ID: 'app-prod' };
    expect(await two.run(['plan', '.', '--env', 'prod'], { environment: half })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('FACEFORM_PROD_SHARED_SECRET is not set'),
    });
  });

  it('says which variables it lacks', async () => {
    const two = await openTwo();
    const environment = { FACEFORM_PROD_APPLICATION_ID: undefined, FACEFORM_PROD_SHARED_SECRET: undefined };
    expect(await two.run(['plan', '.', '--env', 'prod'], { environment })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('set FACEFORM_PROD_APPLICATION_ID and FACEFORM_PROD_SHARED_SECRET'),
    });
  });

  it('is known to commands that read no file', async () => {
    const two = await openTwo();
    const environment = { FACEFORM_ENV: 'prod', FACEFORM_PROD_TENANT_URL: two.prod.url };
    expect((await two.run(['export'], { environment })).stdout).toContain('bob');
    expect((await two.run(['doctor', '.'], { environment })).code).toBe(0);
    expect((await two.run(['status', '.'], { environment })).code).toBe(0);
    expect((await two.run(['explain', 'bob', '.'], { environment })).code).toBe(0);
    expect(callsOf(two.staging)).toBe(0);
    const none = await two.run(['export', '--env', 'prod']);
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('FACEFORM_PROD_TENANT_URL') });
  });
});

describe('credentials that the files name', () => {
  const named = ', credentials: { applicationId: IDAAS_ID, sharedSecret: IDAAS_SECRET }';
  const values = { IDAAS_ID: 'app-prod', IDAAS_SECRET: secretOf('prod') };
  const permission = { FACEFORM_CREDENTIAL_VARIABLES: 'prod:IDAAS_*' };

  it('are used where the environment of the run permits it, and asked for again by a saved plan', async () => {
    const two = await openTwo({ prod: named });
    const plan = ['plan', '.', '--env', 'prod', '--out', 'plan.json'];
    expect((await two.run(plan, { environment: values })).code).toBe(1);
    expect(callsOf(two.prod)).toBe(0);
    expect((await two.run(plan, { environment: { ...values, ...permission } })).code).toBe(0);
    const apply = ['apply', '--plan', 'plan.json'];
    const refused = await two.run(apply, { environment: values });
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('FACEFORM_CREDENTIAL_VARIABLES=prod:IDAAS_ID'),
    });
    expect(writesOf(two.prod)).toBe(0);
    expect((await two.run(apply, { environment: { ...values, ...permission } })).code).toBe(0);
    expect(writesOf(two.prod)).toBe(2);
  });

  it('are told by name where they are not set', async () => {
    const two = await openTwo({ prod: named });
    const ran = await two.run(['plan', '.', '--env', 'prod'], { environment: permission });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('IDAAS_ID and IDAAS_SECRET is not set') });
  });

  it.each(['IDAAS_*', 'prod:', 'PROD:X', 'prod:a b'])('are not permitted by "%s"', async (text) => {
    const two = await openTwo();
    const ran = await two.run(['validate', '.'], { environment: { FACEFORM_CREDENTIAL_VARIABLES: text } });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('invalid pair') });
  });
});

describe('a saved plan of an environment', () => {
  it('is applied with the credentials of that environment, and refused for another', async () => {
    const two = await openTwo();
    expect((await two.run(['plan', '.', '--env', 'prod', '--out', 'plan.json'])).code).toBe(0);
    for (const run of [{ args: ['--env', 'staging'] }, { args: [], environment: { FACEFORM_ENV: 'staging' } }]) {
      const ran = await two.run(['apply', '--plan', 'plan.json', ...run.args], { environment: run.environment ?? {} });
      expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("for the environment 'prod'") });
    }
    expect([writesOf(two.prod), callsOf(two.staging)]).toEqual([0, 0]);
    expect((await two.run(['apply', '--plan', 'plan.json'])).code).toBe(0);
    expect((await two.run(['apply', '--plan', 'plan.json', '--env', 'prod'])).code).toBe(0);
    expect([writesOf(two.prod), callsOf(two.staging)]).toEqual([2, 0]);
  });

  it('that was made without one is refused for any', async () => {
    const two = await openTwo();
    await two.write('plain.yaml', 'version: 1\nenrollments: [{ user: bob, flow: mobile, enabled: false }]\n');
    const environment = {
      FACEFORM_TENANT_URL: two.prod.url,
      FACEFORM_APPLICATION_ID: 'app-prod',
      FACEFORM_SHARED_SECRET: secretOf('prod'),
    };
    expect((await two.run(['plan', 'plain.yaml', '--out', 'plan.json'], { environment })).code).toBe(0);
    const ran = await two.run(['apply', '--plan', 'plan.json', '--env', 'prod'], { environment });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('no environment') });
  });
});
