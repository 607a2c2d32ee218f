import { describe, expect, it } from 'vitest';
import { expectHarmless, listOf, memberOf } from '../../support/commands/expectations.ts';
import { closedPort } from '../../support/commands/serve.ts';
import { openTenant, type Ran, type RunWith } from '../../support/commands/workspace.ts';

const good = 'version: 1\nbudgets: { email: 0 }\nenrollments: [{ user: alice, flow: mobile }]\n';
const files = {
  'good.yaml': good,
  'bad.yaml': 'version: 1\nenrollments: [{ usr: alice, flow: mobile }]\n',
  'other.yaml': `tenant: { url: 'https://other.us.trustedauth.com' }\n${good}`,
};
const users = [{ login: 'alice', email: 'alice@example.com' }];
const none = { FACEFORM_APPLICATION_ID: undefined, FACEFORM_SHARED_SECRET: undefined };

/** The document, after what every document has was checked; with the codes of its errors. */
function documentOf({ stdout }: Ran): { readonly document: unknown; readonly codes: readonly unknown[] } {
  const document: unknown = JSON.parse(stdout);
  expect(document).toMatchObject({ format_version: '1.0', tool: 'faceform' });
  expect(memberOf(document, 'tool_version')).toMatch(/^\d/);
  return { document, codes: listOf(document, 'diagnostics').map((each) => memberOf(each, 'code')) };
}

async function fails(line: string, run: RunWith = {}): Promise<readonly unknown[]> {
  const workspace = await openTenant({ seed: { users } }, { files });
  const ran = await workspace.run([...line.split(' '), '--format', 'json'], run);
  expectHarmless(ran);
  expect(ran.stderr).not.toBe('');
  const { document, codes } = documentOf(ran);
  for (const each of listOf(document, 'diagnostics')) {
    expect(each).toMatchObject({ severity: 'error', summary: expect.any(String), detail: expect.any(String) });
  }
  expect(workspace.sandbox.tenant.emails).toEqual([]);
  return [ran.code, ...codes];
}

describe('a command that fails early prints a document with diagnostics in JSON:', () => {
  const lines = [
    'plan good.yaml',
    'apply good.yaml',
    'status good.yaml',
    'explain alice good.yaml',
    'adopt --all-drift good.yaml',
  ];
  it.each([...lines, 'resend --user alice'])('%s without credentials', async (line) => {
    expect(await fails(line, { environment: none })).toEqual([1, 'NO_CREDENTIALS']);
  });

  it.each([...lines, 'validate good.yaml', 'show plan.json', 'resend', 'doctor'])('%s --nope', async (line) => {
    expect(await fails(`${line} --nope`)).toEqual([1, 'USAGE']);
  });

  it.each([
    ['plan bad.yaml', 1, 'UNKNOWN_MEMBER'],
    ['plan none.yaml', 1, 'UNREADABLE_FILE'],
    ['plan other.yaml', 1, 'TENANT_CONFLICT'],
    ['status good.yaml --all', 1, 'COMMAND_FAILED'],
    ['adopt good.yaml', 1, 'COMMAND_FAILED'],
    ['adopt --user bob good.yaml', 1, 'COMMAND_FAILED'],
    ['adopt --all-drift bad.yaml', 1, 'UNKNOWN_MEMBER'],
    ['show none.json', 1, 'COMMAND_FAILED'],
    ['apply --plan good.yaml', 1, 'COMMAND_FAILED'],
    ['apply good.yaml --plan plan.json', 1, 'COMMAND_FAILED'],
    ['apply good.yaml --auto-approve', 5, 'REFUSED'],
    ['apply good.yaml --allow-emails 1', 1, 'COMMAND_FAILED'],
  ])('%s', async (line, code, reason) => {
    expect(await fails(line)).toEqual([code, reason]);
  });

  it('an apply with errors in its plan, which it lists', async () => {
    const workspace = await openTenant({}, { files });
    const ran = await workspace.run(['apply', 'good.yaml', '--format=json']);
    expect(ran.code).toBe(1);
    expect(documentOf(ran).codes).toEqual(['COMMAND_FAILED', 'USER_NOT_FOUND']);
  });

  it.each(lines)('%s against a tenant that cannot be reached, or refuses the credentials', async (line) => {
    expect(await fails(`${line} --tenant ${await closedPort()} --max-wait 1s`)).toEqual([6, 'TENANT_UNREACHABLE']);
    const environment = { FACEFORM_SHARED_SECRET: 'CANARY wrong' };
    expect(await fails(line, { environment })).toEqual([1, 'CREDENTIALS_REFUSED']);
  });
});

describe('the document of a failure', () => {
  it('is no plan that a policy or apply could take for one without changes', async () => {
    const { run, write } = await openTenant({}, { files });
    const ran = await run(['plan', 'bad.yaml', '--format', 'json']);
    const { document } = documentOf(ran);
    expect(document).toMatchObject({ x_complete: false });
    expect(document).not.toHaveProperty('resource_changes');
    await write('plan.json', ran.stdout);
    expect(await run(['apply', '--plan', 'plan.json'])).toMatchObject({ code: 1, stdout: '' });
  });

  it('never follows one that was printed already', async () => {
    const { run } = await openTenant({}, { files });
    const ran = await run(['plan', 'good.yaml', '--format', 'json', '--out', 'plan.json']);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('the plan was not saved') });
    const document: unknown = JSON.parse(ran.stdout);
    expect(document).toMatchObject({ format_version: '1.1', diagnostics: [{ code: 'USER_NOT_FOUND' }] });
  });

  it('of explain and doctor has an error for what they found', async () => {
    const { run } = await openTenant({ seed: { users } }, { files });
    expect(documentOf(await run(['explain', 'bob', 'good.yaml', '--format', 'json'])).codes).toEqual([
      'USER_NOT_FOUND',
    ]);
    const doctor = await run(['doctor', 'bad.yaml', '--format', 'json'], { environment: none });
    expect(documentOf(doctor).codes).toEqual(['CHECK_FAILED', 'CHECK_FAILED', 'UNKNOWN_MEMBER']);
  });

  it('is for JSON alone', async () => {
    const { run } = await openTenant({}, { files });
    expect(await run(['plan', 'bad.yaml'])).toMatchObject({ code: 1, stdout: '' });
    expect(await run(['plan', 'bad.yaml', '--', '--format', 'json'])).toMatchObject({ code: 1, stdout: '' });
  });
});
