import { describe, expect, it } from 'vitest';
import { expectNoStack, namesIn, writesOf } from '../../support/commands/expectations.ts';
import { openTenant } from '../../support/commands/workspace.ts';
import type { RunWith, TenantWorkspace, WorkspaceOptions } from '../../support/commands/workspace.ts';

const lines = ['validate --secrets', 'plan', 'apply --auto-approve'];
const commands = lines.map((line) => ({ line, command: line.split(' ') }));

function open(files: WorkspaceOptions['files'] = {}): Promise<TenantWorkspace> {
  return openTenant({ seed: { users: [{ login: 'alice', email: 'alice@example.com' }] } }, { files });
}

interface Bad {
  readonly what: string;
  readonly content?: string | Uint8Array;
  readonly path?: string;
  readonly code: string;
  readonly at: string;
  readonly says: string;
}

const entries = (text: string): string => `version: 1\nenrollments:\n${text}`;

const cases: readonly Bad[] = [
  { what: 'a missing file', path: 'no.yaml', code: 'UNREADABLE_FILE', at: 'no.yaml:1:1', says: 'does not exist' },
  {
    what: 'a path below a file',
    path: 'faces.yaml/no.yaml',
    content: '',
    code: 'UNREADABLE_FILE',
    at: 'faces.yaml/no.yaml:1:1',
    says: 'does not exist',
  },
  {
    what: 'a path that no system has',
    path: 'x'.repeat(300),
    code: 'UNREADABLE_FILE',
    at: `${'x'.repeat(300)}:1:1`,
    says: 'cannot be read',
  },
  { what: 'an empty file', content: '', code: 'EMPTY_FILE', at: 'faces.yaml:1:1', says: 'empty' },
  {
    what: 'a file that is not UTF-8',
    content: Buffer.from('version: 1 # \xe4', 'latin1'),
    code: 'NOT_UTF8',
    at: 'faces.yaml:1:1',
    says: 'Save it as UTF-8',
  },
  {
    what: 'a YAML syntax error',
    content: entries('  - user: "alice\n    flow: mobile\n'),
    code: 'YAML_SYNTAX',
    at: 'faces.yaml:5:1',
    says: 'a character is missing',
  },
  {
    what: 'a duplicate key',
    content: entries('  - user: alice\n    flow: mobile\n    flow: mobile\n'),
    code: 'DUPLICATE_KEY',
    at: 'faces.yaml:5:5',
    says: 'the same member twice',
  },
  {
    what: 'an unknown member',
    content: entries('  - user: alice\n    flwo: mobile\n'),
    code: 'UNKNOWN_MEMBER',
    at: 'faces.yaml:4:5',
    says: "Did you mean 'flow'?",
  },
  {
    what: 'a wrong type',
    content: entries('  - user: alice\n    flow: mobile\n    enabled: no\n'),
    code: 'WRONG_TYPE',
    at: 'faces.yaml:5:14',
    says: 'enabled',
  },
  {
    what: 'a wrong value',
    content: entries('  - user: alice\n    flow: moblie\n'),
    code: 'WRONG_VALUE',
    at: 'faces.yaml:4:11',
    says: 'mobile',
  },
  {
    what: 'the same enrollment twice',
    content: entries('  - user: alice\n    flow: mobile\n  - user: ALICE\n    flow: mobile\n'),
    code: 'DUPLICATE_ENROLLMENT',
    at: 'faces.yaml:5:5',
    says: 'faces.yaml:3:5',
  },
  {
    what: 'an expiry in the past',
    content: entries('  - user: alice\n    flow: mobile\n    expiry: 2020-01-01T00:00:00Z\n'),
    code: 'EXPIRY_IN_PAST',
    at: 'faces.yaml:5:5',
    says: 'later date',
  },
  { what: 'a directory without files', path: 'empty', code: 'NO_FILES', at: 'empty:1:1', says: '.yaml' },
];

describe.each(commands)('$line of bad input', ({ command }) => {
  it.each(cases)('says where and what: $what', async ({ content, path = 'faces.yaml', code, at, says }) => {
    const { run, sandbox, directory } = await open({
      'empty/readme.txt': 'none',
      ...(content === undefined ? {} : { 'faces.yaml': content }),
    });
    const before = await namesIn(directory);
    const ran = await run([...command, path]);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(`[${code}]`);
    expect(ran.stderr).toContain(` at ${at}`);
    expect(ran.stderr).toContain(says);
    expectNoStack(ran);
    expect(sandbox.tenant.requests).toEqual([]);
    expect(await namesIn(directory)).toEqual(before);
  });

  it('names standard input as <stdin>', async () => {
    const { run, sandbox } = await open();
    const ran = await run([...command, '-'], { standardInput: entries('  - user: alice\n    flwo: mobile\n') });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(' at <stdin>:4:5');
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it('reports every error of every file at once', async () => {
    const { run } = await open({
      'a.yaml': entries('  - user: alice\n    a: 1\n    b: 2\n'),
      'b.yaml': 'version: 2\n',
    });
    const { stderr } = await run([...command, 'a.yaml', 'b.yaml', 'c.yaml']);
    for (const place of ['a.yaml:4:5', 'a.yaml:5:5', 'b.yaml:1:10', 'c.yaml:1:1']) expect(stderr).toContain(place);
  });
});

describe('a token that cannot be had', () => {
  const yaml = entries(
    '  - user: alice\n    flow: token\n    customerUserId: c\n    token: { env: FACE_TOKEN_MISSING }\n',
  );

  const both = [
    { line: 'plan', code: 0, severity: 'Warning' },
    { line: 'apply --auto-approve', code: 1, severity: 'Error' },
  ] as const;

  it.each(both)('is a $severity of $line where it would be sent, and nothing is', async ({ line, code, severity }) => {
    const { run, sandbox } = await open({ 'faces.yaml': yaml });
    const ran = await run([...line.split(' '), 'faces.yaml']);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(`${severity}: the variable FACE_TOKEN_MISSING is not set [UNSET_ENV]`);
    expect(ran.stderr).toContain(' at faces.yaml:6:12, in enrollments[0]');
    expectNoStack(ran);
    expect(writesOf(sandbox)).toBe(0);
  });

  it.each(both)('does not matter to $line while the face is there', async ({ line, code }) => {
    const { run, sandbox } = await open({ 'faces.yaml': yaml });
    sandbox.tenant.addFace('alice', { flow: 'token' });
    expect(await run([...line.split(' '), 'faces.yaml'])).toMatchObject({ code: 0, stderr: '' });
    const renewed = await run([...line.split(' '), 'faces.yaml', '--replace', 'alice/token']);
    expect(renewed.code).toBe(code);
    expect(renewed.stderr).toContain('[UNSET_ENV]');
    expect(writesOf(sandbox)).toBe(0);
  });

  it('leaves the old face of a saved replace where it is', async () => {
    const { run, sandbox } = await open({ 'faces.yaml': yaml });
    sandbox.tenant.addFace('alice', { flow: 'token', status: 'FAILED' });
    await run(['plan', 'faces.yaml', '--replace', 'alice/token', '--out', 'plan.json']);
    const ran = await run(['apply', '--plan', 'plan.json']);
    expect(ran.code).toBe(3);
    expect(ran.stdout).toContain('the variable FACE_TOKEN_MISSING is not set');
    expect(writesOf(sandbox)).toBe(0);
    expect(sandbox.tenant.faces('alice')).toHaveLength(1);
  });

  it('is an error of plan all the same where there is something, and it is no token', async () => {
    const { run } = await open({ 'faces.yaml': yaml });
    const ran = await run(['plan', 'faces.yaml'], { environment: { FACE_TOKEN_MISSING: 'no base64!' } });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('[NOT_BASE64]') });
  });
});

describe('good input', () => {
  const good = entries('  - user: alice\n    flow: mobile\n');
  it.each(commands)('$line reads standard input', async ({ command }) => {
    const { run } = await open();
    const stdin: RunWith = { standardInput: good };
    expect(await run([...command, '-'], stdin)).toMatchObject({ code: 0, stderr: '' });
  });

  it.each(commands)('$line reads the working directory where no path is given', async ({ command }) => {
    const { run } = await open({ 'teams/one.yaml': good });
    expect(await run(command)).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('a bad command line', () => {
  it.each([
    'plan faces.yaml --concurrency 0',
    'plan faces.yaml --concurrency 1e3',
    'plan faces.yaml --concurrency -1',
    'plan faces.yaml --requests-per-second 0',
    'plan faces.yaml --format xml',
    'plan faces.yaml --detailed-exit-code',
    'plan faces.yaml --auto-approve',
    'plan faces.yaml --target',
    'apply faces.yaml --auto-aprove',
    'apply faces.yaml --auto-approve --format diff',
    'apply faces.yaml --auto-approve --max-failures 0',
    'apply faces.yaml --auto-approve --allow-deletes all',
    'apply faces.yaml --auto-approve --allow-emails -5',
    'validate faces.yaml --format TEXT',
    'sandbox --port http',
    'aply faces.yaml',
    'faces.yaml',
    'demo faces.yaml',
    'schema faces.yaml',
  ])('is fatal before any call: faceform %s', async (line) => {
    const { run, sandbox } = await open({ 'faces.yaml': entries('  - user: alice\n    flow: mobile\n') });
    const ran = await run(line.split(' '));
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).not.toBe('');
    expectNoStack(ran);
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it('without a command gets the help, as an error', async () => {
    const { run } = await open();
    const ran = await run([]);
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('Usage: faceform') });
  });

  it('is told what the flag may have been', async () => {
    const { run } = await open();
    expect((await run(['apply', '--auto-aprove'])).stderr).toContain('--auto-approve');
    expect((await run(['aply'])).stderr).toContain('apply');
  });
});

describe('--debug', () => {
  it('adds a stack to the message', async () => {
    const { run } = await open();
    const ran = await run(['plan', 'no.yaml', '--debug']);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('InputError');
    expect(ran.stderr).toContain('no.yaml:1:1');
  });
});
