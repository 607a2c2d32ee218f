import { describe, expect, it } from 'vitest';
import { expectHarmless, listOf, memberOf } from '../../support/commands/expectations.ts';
import { serve } from '../../support/commands/serve.ts';
import { openTenant, testNow } from '../../support/commands/workspace.ts';

/** Clears the screen, turns the writing round, forges a line of the report and an annotation. */
const hostile = 'eve\u001b[2J\u202egnp\u009b31m\u2066\r\nPlan: 0 to create\n::error::x\u0007\u0085';
const inYaml = JSON.stringify(hostile).replaceAll('\u009b', '\\x9b').replaceAll('\u0085', '\\x85');

const entry = `version: 1
enrollments:
  - user: ${inYaml}
    flow: mobile
    label: ${inYaml}
    annotations: { ${inYaml}: ${inYaml} }
`;
const misspelt = `version: 1
${inYaml}: 1
enrollments:
  - user: alice
    flow: ${inYaml}
    ${inYaml}: { env: ${inYaml} }
`;
/** Unquoted and in a comment, where YAML lets it stand. */
const broken = `version: 1\nenrollments: [ \u202eevil\u2066 # \u2069\n  - \u009b31m\n`;

const formats = {
  validate: ['text', 'json', 'github', 'sarif'],
  plan: ['text', 'json', 'markdown', 'diff', 'html'],
  apply: ['text', 'json', 'ndjson'],
} as const;
const runs = Object.entries(formats).flatMap(([command, each]) => each.map((format) => ({ command, format })));

describe.each(runs)('hostile text in the files, shown by $command --format $format', ({ command, format }) => {
  it.each([
    ['a user, a label and an annotation', entry],
    ['the names and values of members', misspelt],
    ['broken YAML', broken],
  ])('%s are harmless', async (_, text) => {
    const { run } = await openTenant(
      { seed: { users: [{ login: hostile, email: 'eve@example.com' }] } },
      { files: { 'faces.yaml': text } },
    );
    const ran = await run([
      command,
      'faces.yaml',
      '--format',
      format,
      ...(command === 'apply' ? ['--auto-approve'] : []),
    ]);
    expectHarmless(ran);
    expect(`${ran.stdout}${ran.stderr}`).not.toMatch(/^(?:Plan: 0|::error::x)/m);
  });

  it('the name of a file is harmless', async () => {
    const { run } = await openTenant({}, { files: { [`${hostile.replaceAll('/', '')}.yaml`]: misspelt } });
    expectHarmless(await run([command, '--format', format]));
  });
});

describe('hostile text in JSON', () => {
  it('comes back as it was from a plan', async () => {
    const { run } = await openTenant(
      { seed: { users: [{ login: 'eve', email: 'eve@example.com' }] } },
      { files: { 'faces.yaml': entry.replace(/user: .*/, 'user: eve') } },
    );
    const { stdout } = await run(['plan', 'faces.yaml', '--format', 'json']);
    const [change] = listOf(JSON.parse(stdout), 'resource_changes');
    expect(memberOf(change, 'index')).toBe(`eve/mobile/${hostile}`);
    expect(memberOf(change, 'x_annotations')).toEqual({ [hostile]: hostile });
  });

  it('comes back as it was from validate', async () => {
    const { run } = await openTenant({}, { files: { [`${hostile}.yaml`]: 'version: 2\n' } });
    const { stdout } = await run(['validate', '--format', 'json']);
    const [first] = listOf(JSON.parse(stdout), 'diagnostics');
    expect(memberOf(memberOf(first, 'range'), 'filename')).toBe(`${hostile}.yaml`);
  });
});

describe('hostile text from the tenant', () => {
  const yaml = `version: 1
scope: { users: tenant, onRemove: delete }
unmatched: delete
enrollments: [{ user: alice, flow: mobile }]
`;
  it.each([
    ['plan', 'text'],
    ['plan', 'diff'],
    ['plan', 'markdown'],
    ['plan', 'json'],
    ['apply', 'text'],
    ['apply', 'json'],
    ['apply', 'ndjson'],
  ])('in a login, a serial number or a status is harmless in %s --format %s', async (command, format) => {
    const { run, sandbox } = await openTenant({ clock: () => testNow }, { files: { 'faces.yaml': yaml } });
    sandbox.tenant.addUser({ login: 'alice', email: 'alice@example.com' });
    sandbox.tenant.addUser({ login: hostile, email: 'eve@example.com' });
    sandbox.tenant.addFace(hostile, { serialNumber: hostile, applicantId: hostile, platform: hostile });
    sandbox.tenant.addFace('alice', { serialNumber: `2${hostile}`, applicantId: hostile });
    const ran = await run([
      command,
      'faces.yaml',
      '--format',
      format,
      ...(command === 'apply' ? ['--auto-approve'] : []),
    ]);
    expect(ran.code).toBe(0);
    expectHarmless(ran);
    if (format === 'json') {
      const changes = [
        ...listOf(JSON.parse(ran.stdout), 'resource_changes'),
        ...listOf(JSON.parse(ran.stdout), 'outcomes'),
      ];
      expect(changes.map((change) => memberOf(memberOf(change, 'x_user'), 'login'))).toContain(hostile);
    }
  });

  it.each([
    ['plan', 'text'],
    ['plan', 'markdown'],
    ['plan', 'json'],
    ['apply', 'text'],
  ])('in the message of an error is harmless in %s --format %s', async (command, format) => {
    const url = await serve((path) =>
      path.endsWith('/authenticate')
        ? { body: JSON.stringify({ authToken: 'x', expirationTime: '2030-01-01T00:00:00Z' }) }
        : { status: 403, body: JSON.stringify({ errorCode: hostile, errorMessage: hostile }) },
    );
    const { run } = await openTenant({}, { files: { 'faces.yaml': yaml }, environment: { FACEFORM_TENANT_URL: url } });
    const ran = await run([command, 'faces.yaml', '--format', format, '--debug']);
    expect(ran.code).toBe(6);
    expect(`${ran.stdout}${ran.stderr}`).toContain('gnp');
    expectHarmless(ran);
  });

  it('in a refusal to sign in is harmless', async () => {
    const body = JSON.stringify({ errorCode: 'x', errorMessage: hostile, message: hostile });
    const url = await serve(() => ({ status: 401, body }));
    const { run } = await openTenant({}, { files: { 'faces.yaml': yaml }, environment: { FACEFORM_TENANT_URL: url } });
    const ran = await run(['plan', 'faces.yaml', '--debug']);
    expect(ran.code).toBe(1);
    expectHarmless(ran);
  });
});

describe('hostile text on the command line', () => {
  it.each([
    [['plan', '--allow-deletes', hostile]],
    [['plan', `--${hostile}`]],
    [['status', '--format', hostile]],
    [[hostile]],
    [['plan', `--x\n(Did you mean ::error::x)`]],
  ])('is harmless in the message about it: %j', async (args) => {
    const { run } = await openTenant();
    const ran = await run(args);
    expect(ran.code).toBe(1);
    expectHarmless(ran);
  });

  it.each([
    [['plann'], "Error: unknown command 'plann'\n  Did you mean plan? Run with --help for usage.\n"],
    [['plan', '--oot'], "Error: unknown option '--oot'\n  Did you mean --out? Run with --help for usage.\n"],
    [['plan', '--xyzzy'], "Error: unknown option '--xyzzy'\n  Run with --help for usage.\n"],
  ])('says what was meant, and how to find out: %j', async (args, told) => {
    const { run } = await openTenant();
    expect(await run(args)).toMatchObject({ code: 1, stdout: '', stderr: told });
  });

  it('shows the help and nothing else where there is no command', async () => {
    const { run } = await openTenant();
    const { code, stderr } = await run([]);
    expect({ code, isHelp: stderr.startsWith('Usage: faceform'), isError: stderr.includes('Error') }).toEqual({
      code: 1,
      isHelp: true,
      isError: false,
    });
  });
});
