import { execFile } from 'node:child_process';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { memberOf, totalsOf } from '../../support/commands/expectations.ts';
import { runProgram, start } from '../../support/commands/program.ts';
import { openTenant, openWorkspace, type TenantWorkspace, type Workspace } from '../../support/commands/workspace.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const logins = Array.from({ length: 12 }, (_, index) => `user${index}`);
/** Without the pace that a real tenant is spared by. */
const yaml = `version: 1\ntenant: { requestsPerSecond: 1000 }\nenrollments:\n${logins.map((login) => `  - { user: ${login}, flow: mobile }\n`).join('')}`;
const approved = ['apply', 'faces.yaml', '--auto-approve', '--quiet'] as const;

interface Open extends TenantWorkspace {
  readonly environment: Readonly<Record<string, string>>;
}

/** A tenant whose every answer takes a while. */
async function open(latencyMs: number): Promise<Open> {
  const users = logins.map((login) => ({ login, email: `${login}@example.com` }));
  const workspace = await openTenant(
    { seed: { users }, latencyMs, clock: Date.now },
    { files: { 'faces.yaml': yaml } },
  );
  const { url, applicationId, sharedSecret } = workspace.sandbox;
  const environment = {
    FACEFORM_TENANT_URL: url,
    FACEFORM_APPLICATION_ID: applicationId,
    FACEFORM_SHARED_SECRET: sharedSecret,
  };
  return { ...workspace, environment };
}

function firstCreate({ sandbox }: TenantWorkspace): Promise<void> {
  return new Promise((resolve) => {
    sandbox.tenant.onRequest(({ operation }) => {
      if (operation === 'createFace') resolve();
    });
  });
}

describe('a copy of the program in which every library but that for the command line fails to load', () => {
  async function crippled(): Promise<{ readonly file: string; readonly cwd: string }> {
    const { directory: cwd } = await openWorkspace({ files: { 'faces.yaml': yaml } });
    for (const name of ['dist', 'schemas', 'package.json']) {
      await cp(join(root, name), join(cwd, name), { recursive: true });
    }
    const chunks = join(cwd, 'dist/chunks');
    for (const name of await readdir(chunks)) {
      const text = await readFile(join(chunks, name), 'utf8');
      const found = /^\/\/ node_modules\/(?!commander\/)(\S+)/m.exec(text);
      if (found !== null)
        await writeFile(join(chunks, name), `throw new Error('${String(found[1])} was loaded');${text}`);
    }
    return { file: join(cwd, 'dist/bin.js'), cwd };
  }

  it.each([
    [['--version'], /^\d+\.\d+\.\d+\n$/],
    [['--help'], /^Usage: faceform /],
    [['plan', '--help'], /^Usage: faceform plan /],
    [['completion', 'bash'], /^# bash completion/],
  ])('answers %j', async (args, says) => {
    const ended = await runProgram(args, await crippled());
    expect(ended).toEqual({ code: 0, stdout: expect.stringMatching(says), stderr: '' });
  });

  it('fails to plan', async () => {
    const { code, stderr } = await runProgram(['plan', 'faces.yaml'], await crippled());
    expect(code).toBe(1);
    expect(stderr).toContain('was loaded');
  });
});

it('a copy of the program without its package says so, and ends', async () => {
  const { directory: cwd } = await openWorkspace();
  await cp(join(root, 'dist'), join(cwd, 'dist'), { recursive: true });
  const { code, stderr } = await runProgram(['--version'], { cwd, file: join(cwd, 'dist/bin.js') });
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('the package is not whole') });
});

describe('sandbox', () => {
  const serving = ['sandbox', '--format', 'json', '--port', '0', '--users', '3'] as const;

  it('prints on its first line, in JSON, all that is needed to plan against it', async () => {
    const { directory: cwd } = await openWorkspace({
      files: { 'faces.yaml': yaml.split('\n').slice(0, 6).join('\n') },
    });
    const sandbox = start(serving);
    const line: unknown = JSON.parse(await sandbox.printed('\n'));
    expect(line).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      applicationId: expect.any(String),
      sharedSecret: expect.any(String),
    });
    const environment = {
      FACEFORM_TENANT_URL: String(memberOf(line, 'url')),
      FACEFORM_APPLICATION_ID: String(memberOf(line, 'applicationId')),
      FACEFORM_SHARED_SECRET: String(memberOf(line, 'sharedSecret')),
    };
    const planned = await runProgram(['plan', 'faces.yaml', '--detailed-exitcode'], { cwd, environment });
    expect(planned).toMatchObject({ code: 2, stderr: '' });
    expect(planned.stdout).toContain('Plan: 3 to create');
    expect(planned.stdout).toContain('user2/mobile');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends well on %s', async (signal) => {
    const sandbox = start(serving);
    await sandbox.printed('\n');
    sandbox.kill(signal);
    expect(await sandbox.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('names a port that is in use, and one that does not exist', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const [inUse, none] = await Promise.all([
      runProgram(['sandbox', '--port', port]),
      runProgram(['sandbox', '--port', '65536']),
    ]);
    taken.close();
    expect(inUse).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`port ${port} is in use`) });
    expect(none).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('port 65536 does not exist') });
  });
});

describe('demo', () => {
  it('needs nothing, leaves nothing, and ends with an empty plan', async () => {
    const { directory: cwd } = await openWorkspace();
    const ended = await runProgram(['demo'], { cwd, environment: { TMPDIR: cwd } });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout.split('$ faceform plan').at(-1)).toContain('No changes.');
    expect(totalsOf(ended)).toMatchObject({ failed: 0, skipped: 0, unknown: 0 });
    expect(await readdir(cwd)).toEqual([]);
  });
});

describe('a signal to a real apply', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s: what is in flight ends, all is reported, and the code is %d', async (signal, code) => {
    const workspace = await open(40);
    const { directory: cwd, environment, sandbox } = workspace;
    const creating = firstCreate(workspace);
    const apply = start([...approved, '--concurrency', '2'], { cwd, environment });
    await creating;
    apply.kill(signal);
    const ended = await apply.ended;
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(`${signal}: finishing what is in flight`);
    const totals = totalsOf(ended);
    expect(totals).toMatchObject({ planned: 12, failed: 0, stale: 0, unknown: 0 });
    expect(totals.skipped).toBeGreaterThan(0);
    expect(sandbox.tenant.emails).toHaveLength(totals.applied);
  });

  it('the second ends it at once', async () => {
    const workspace = await open(0);
    const { directory: cwd, environment, sandbox } = workspace;
    sandbox.tenant.failWith({ kind: 'hang', operation: 'createFace', times: Infinity });
    const creating = firstCreate(workspace);
    const apply = start(approved, { cwd, environment });
    await creating;
    apply.kill('SIGINT');
    await apply.complained('press again to quit immediately');
    const second = Date.now();
    apply.kill('SIGINT');
    expect(await apply.ended).toMatchObject({ code: 130 });
    expect(Date.now() - second).toBeLessThan(2000);
  });
});

describe('a reader that goes away', () => {
  it('is no crash of a plan', async () => {
    const { directory: cwd, environment } = await open(0);
    const plan = start(['plan', 'faces.yaml'], { cwd, environment });
    plan.stopReading();
    expect(await plan.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('does not stop an apply half-way', async () => {
    const { directory: cwd, environment, sandbox } = await open(0);
    const apply = start([...approved], { cwd, environment });
    await apply.printed('faceform');
    apply.stopReading();
    expect(await apply.ended).toMatchObject({ code: 0, stderr: '' });
    expect(logins.map((login) => sandbox.tenant.faces(login).length)).toEqual(logins.map(() => 1));
  });
});

it('a disk that is full does not stop an apply half-way, and is told', async () => {
  const { directory: cwd, environment, sandbox } = await open(0);
  const apply = start([...approved, '--format', 'ndjson'], { cwd, environment, stdout: '/dev/full' });
  const { code, stderr } = await apply.ended;
  expect(code).toBe(1);
  expect(stderr).toContain('Error: some output could not be written (ENOSPC)\n');
  expect(stderr).not.toContain('    at ');
  expect(logins.map((login) => sandbox.tenant.faces(login).length)).toEqual(logins.map(() => 1));
});

it('what is printed and what is complained of reach one file in their order', async () => {
  const { directory: cwd, environment: env } = await open(0);
  await writeFile(
    join(cwd, 'late.yaml'),
    'version: 1\nenrollments: [{ user: late, flow: mobile, missingUsers: wait }]\n',
  );
  const plan = [process.execPath, join(root, 'dist/bin.js'), 'plan', 'late.yaml', '--fail-on', 'missing', '--quiet'];
  const ended = await promisify(execFile)('/bin/sh', ['-c', '"$@" 2>&1 || true', 'sh', ...plan], { cwd, env });
  expect(ended.stdout).toMatch(/^faceform [^]*\nConditions of --fail-on that hold: 1 missing\n$/);
});

it('a standard input without an end is refused', async () => {
  const ended = await runProgram(['validate', '-'], { stdin: '/dev/zero' });
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('<stdin> is larger than 256 MiB') });
});

describe('the program', () => {
  async function inPlace(): Promise<Workspace> {
    return openWorkspace({ files: { 'faces.yaml': 'version: 2\n' } });
  }

  it('has no colours and no stack where there is no terminal', async () => {
    const { directory: cwd, run } = await inPlace();
    const ended = await runProgram(['validate', 'faces.yaml'], { cwd });
    expect(ended).toEqual(await run(['validate', 'faces.yaml']));
  });

  it('does not ask where there is no terminal', async () => {
    const { directory: cwd, environment, sandbox } = await open(0);
    const ended = await runProgram(['apply', 'faces.yaml', '--quiet'], { cwd, environment });
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('--auto-approve') });
    expect(sandbox.tenant.emails).toEqual([]);
  });
});
