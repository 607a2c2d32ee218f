import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forgedPlan } from '../../support/forged-plan.ts';
import { expectNoStack, writesOf } from '../../support/commands/expectations.ts';
import { openTenant, tokenCanary, type TenantWorkspace } from '../../support/commands/workspace.ts';

const seed = { users: [{ login: 'carol', email: 'carol@example.com' }] };
const entry = (token: string): string =>
  `version: 1\nenrollments:\n  - { user: carol, flow: token, customerUserId: c, token: ${token} }\n`;
const files = {
  'work/enroll/a.yaml': entry('{ file: tokens/carol.b64 }'),
  'work/enroll/tokens/carol.b64': tokenCanary,
  'work/enroll/b.b64': tokenCanary,
  'work/other/tokens/b.b64': tokenCanary,
  'secret/tokens/key.b64': tokenCanary,
};

function open(more: Readonly<Record<string, string>> = {}): Promise<TenantWorkspace> {
  return openTenant({ seed }, { files: { ...files, ...more }, secretFiles: /\.b64$/, subdirectory: 'work' });
}

/** The plan as somebody leaves it who can compute a digest. */
function rewritten(text: string, ...swaps: readonly (readonly [string, string])[]): string {
  const json: object = JSON.parse(swaps.reduce((now, [from, to]) => now.replaceAll(from, to), text));
  return forgedPlan(json);
}

describe('a token source that no file may name', () => {
  it.each(['validate', 'plan', 'apply --auto-approve', 'status', 'explain carol', 'resend --older-than 1h'])(
    'is refused by %s before the first call',
    async (line) => {
      const { run, sandbox } = await open({ 'work/x.yaml': entry('{ env: AWS_SECRET_ACCESS_KEY }') });
      const environment = { AWS_SECRET_ACCESS_KEY: tokenCanary };
      const ran = await run([...line.split(' '), 'x.yaml'], { environment });
      expect(ran.code).toBe(1);
      expect(ran.stderr).toContain('[TOKEN_VARIABLE_NOT_ALLOWED]');
      expect(ran.stderr).toContain(' at x.yaml:3:59');
      expect(ran.stderr).toContain('FACEFORM_TOKEN_VARIABLES=AWS_SECRET_ACCESS_KEY');
      expectNoStack(ran);
      expect(sandbox.tenant.requests).toEqual([]);
    },
  );

  it('is allowed by FACEFORM_TOKEN_VARIABLES, to plan and to apply', async () => {
    const { run } = await open({ 'work/x.yaml': entry('{ env: ONFIDO_CAROL }') });
    const environment = { ONFIDO_CAROL: tokenCanary, FACEFORM_TOKEN_VARIABLES: 'OTHER,, ONFIDO_*,' };
    expect(await run(['plan', 'x.yaml', '--out', 'plan.json'], { environment })).toMatchObject({ code: 0, stderr: '' });
    const withdrawn = await run(['apply', '--plan', 'plan.json'], { environment: { ONFIDO_CAROL: tokenCanary } });
    expect(withdrawn.stderr).toContain('[TOKEN_VARIABLE_NOT_ALLOWED]');
    expect(await run(['apply', '--plan', 'plan.json'], { environment })).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    ['', 'is set but empty'],
    [' ', 'is set but empty'],
    ['A B', 'contains an invalid name'],
    ['(A+)+', 'contains an invalid name'],
  ])('is not allowed by FACEFORM_TOKEN_VARIABLES=%j', async (value, says) => {
    const { run } = await open();
    const ran = await run(['validate', 'enroll'], { environment: { FACEFORM_TOKEN_VARIABLES: value } });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(`FACEFORM_TOKEN_VARIABLES ${says}`);
    expectNoStack(ran);
  });
});

describe('a link that is changed after the check', () => {
  const swap = async (directory: string): Promise<void> => {
    const link = join(directory, 'work/enroll/tokens');
    await rm(link, { recursive: true });
    await symlink('../../secret/tokens', link);
  };

  it('is seen by the apply that follows the prompt', async () => {
    const { run, directory, sandbox, write } = await open();
    await write('secret/tokens/carol.b64', tokenCanary);
    const ran = await run(['apply', 'enroll'], { answer: 'yes', onAsk: () => swap(directory) });
    expect(ran.code).toBe(3);
    expect(ran.stdout).toContain('the token file enroll/tokens/carol.b64 is outside the directory of enroll/a.yaml');
    expect(writesOf(sandbox)).toBe(0);
  });

  it('is seen by apply --plan before the first call', async () => {
    const { run, directory, sandbox } = await open({ 'secret/tokens/carol.b64': tokenCanary });
    await run(['plan', 'enroll', '--out', 'plan.json']);
    const before = sandbox.tenant.requests.length;
    await swap(directory);
    const ran = await run(['apply', '--plan', 'plan.json']);
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('[TOKEN_FILE_OUTSIDE]') });
    expect(ran.stderr).toContain(' at enroll/a.yaml:3:5');
    expect(sandbox.tenant.requests).toHaveLength(before);
  });
});

describe('a token file that cannot be read when a saved plan is applied', () => {
  const token = 'work/enroll/tokens/carol.b64';

  it.each([
    ['that cannot be followed is refused before the first call', 'carol.b64', 1, '[UNREADABLE_FILE]'],
    ['that leads nowhere fails alone', 'gone.b64', 3, ''],
    ['that leads to nothing outside fails alone', '../../../secret/gone.b64', 3, ''],
  ])('as a link %s', async (_, target, code, says) => {
    const { run, directory, sandbox } = await open();
    await run(['plan', 'enroll', '--out', 'plan.json']);
    await rm(join(directory, token));
    await symlink(target, join(directory, token));
    const ran = await run(['apply', '--plan', 'plan.json']);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(says);
    expect(writesOf(sandbox)).toBe(0);
  });
});

describe('a saved plan whose token source was rewritten', () => {
  const token = '"file": "enroll/tokens/carol.b64"';

  it.each([
    ['to a file above', [[token, '"file": "../secret/tokens/key.b64"']], 'TOKEN_FILE_OUTSIDE'],
    ['to an absolute path', [[token, '"file": "/etc/passwd"']], 'TOKEN_FILE_OUTSIDE'],
    ['to a file beside the directory', [[token, '"file": "other/tokens/b.b64"']], 'TOKEN_FILE_OUTSIDE'],
    [
      'together with the file that names it',
      [
        [token, '"file": "../secret/tokens/key.b64"'],
        ['enroll/a.yaml', '../secret/a.yaml'],
      ],
      'TOKEN_FILE_OUTSIDE',
    ],
    [
      'together with the file that names it, to one at the root',
      [
        [token, '"file": "/etc/passwd"'],
        ['enroll/a.yaml', '/a.yaml'],
      ],
      'TOKEN_FILE_OUTSIDE',
    ],
    [
      'together with the file that names it, to one right above',
      [
        [token, '"file": "../secret/tokens/key.b64"'],
        ['enroll/a.yaml', '../a.yaml'],
      ],
      'TOKEN_FILE_OUTSIDE',
    ],
    ['to a variable', [[token, '"env": "FACEFORM_SHARED_SECRET"']], 'TOKEN_VARIABLE_NOT_ALLOWED'],
    ['to a variable of others', [[token, '"env": "AWS_SECRET_ACCESS_KEY"']], 'TOKEN_VARIABLE_NOT_ALLOWED'],
    ['so that no file names it', [['"x_source"', '"x_sourced"']], 'no x_source'],
  ] as const)('%s is refused before the first call', async (_, swaps, says) => {
    const { run, read, write, sandbox } = await open();
    await run(['plan', 'enroll', '--out', 'plan.json']);
    const before = sandbox.tenant.requests.length;
    await write('work/plan.json', rewritten(await read('work/plan.json'), ...swaps));
    const environment = { AWS_SECRET_ACCESS_KEY: tokenCanary };
    const ran = await run(['apply', '--plan', 'plan.json'], { environment });
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(says) });
    expectNoStack(ran);
    expect(sandbox.tenant.requests).toHaveLength(before);
  });
});

describe('a saved plan whose token variable was rewritten', () => {
  const token = '"file": "enroll/tokens/carol.b64"';

  it('shows no token that stands in place of its name', async () => {
    const { run, read, write } = await open();
    await run(['plan', 'enroll', '--out', 'plan.json']);
    const name = `eyJhbGciOiJIUzI1NiJ9.${'QUJD'.repeat(30)}`;
    await write('work/plan.json', rewritten(await read('work/plan.json'), [token, `"env": "${name}"`]));
    const ran = await run(['apply', '--plan', 'plan.json']);
    expect(ran.stderr).toContain('[TOKEN_VARIABLE_NOT_ALLOWED]');
    expect(ran.stderr).not.toContain('eyJ');
  });

  it('for more than a thousand changes has a thousand of them told', async () => {
    const { run, read, write } = await open();
    await run(['plan', 'enroll', '--out', 'plan.json']);
    const plan = rewritten(await read('work/plan.json'), [token, '"env": "PATH"']);
    const json: { resource_changes: readonly object[]; summary: object } = JSON.parse(plan);
    const many = {
      ...json,
      summary: { ...json.summary, create: 1500 },
      resource_changes: json.resource_changes.flatMap((change) =>
        Array.from({ length: 1500 }, (_, count) => ({ ...change, index: `carol/token/${count}` })),
      ),
    };
    await write('work/plan.json', rewritten(JSON.stringify(many)));
    const ran = await run(['apply', '--plan', 'plan.json']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('501 more errors not shown');
  });
});

describe('a token that is not here when a plan is made', () => {
  it('is a warning where the file is missing', async () => {
    const { run } = await open({ 'work/x.yaml': entry('{ file: gone.b64 }') });
    const ran = await run(['plan', 'x.yaml', '--out', 'plan.json']);
    expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining('[UNREADABLE_FILE]') });
    expect(ran.stderr).toContain('The apply needs it.');
  });

  it('is an error where something else is there', async () => {
    const { run } = await open({ 'work/x.yaml': entry('{ file: other/tokens }') });
    const ran = await run(['plan', 'x.yaml', '--out', 'plan.json']);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('[TOKEN_FILE_UNUSABLE]') });
  });
});

describe('files outside the working directory', () => {
  const outside = { 'enroll/c.yaml': entry('{ file: c.b64 }'), 'enroll/c.b64': tokenCanary };

  it('may name tokens, and be applied', async () => {
    const { run } = await open(outside);
    expect(await run(['apply', '../enroll', '--auto-approve'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('make no saved plan that could not be applied', async () => {
    const { run } = await open(outside);
    expect(await run(['plan', '../enroll'])).toMatchObject({ code: 0, stderr: '' });
    const ran = await run(['plan', '../enroll', '--out', 'plan.json']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('the token file ../enroll/c.b64 is outside the working directory');
    expect(ran.stderr).toContain('a directory that contains ../enroll/c.yaml');
  });
});
