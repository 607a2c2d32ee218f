import { execFile } from 'node:child_process';
import { lstat, mkdir, readdir, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { namesIn } from '../../support/commands/expectations.ts';
import { openTenant, type TenantWorkspace } from '../../support/commands/workspace.ts';

const entries = ['ann', 'bob', 'cyd'].map((login) => `  - { user: ${login}, flow: mobile, replaceOn: [FAILED] }`);
const file = ['version: 1', 'enrollments:', ...entries, ''].join('\n');
const users = [
  { login: 'ann', email: 'ann@mail.example' },
  { login: 'bob', email: 'bob@mail.example', faces: [{ status: 'DISABLED' as const }] },
  { login: 'cyd', email: 'cyd@mail.example', faces: [{ status: 'FAILED' as const }] },
];

function open(text = file): Promise<TenantWorkspace> {
  return openTenant({ seed: { users } }, { files: { 'faces.yaml': text } });
}

describe('the files beside the plan', () => {
  it('are GitLab’s counts, where a replace is a create and a delete', async () => {
    const { run, read, directory } = await open();
    const shown = await run(['plan', 'faces.yaml', '--report', 'gitlab=counts.json']);
    expect(shown.stdout).toContain('Plan: 1 to create, 1 to update');
    expect(JSON.parse(await read('counts.json'))).toEqual({ create: 2, update: 1, delete: 1 });
    expect((await stat(join(directory, 'counts.json'))).mode & 0o777).toBe(0o600);
    expect(await namesIn(directory)).toEqual(['counts.json', 'faces.yaml']);
  });

  it('come of a saved plan as well', async () => {
    const { run, read } = await open();
    await run(['plan', 'faces.yaml', '--out', 'plan.json']);
    expect((await run(['show', 'plan.json', '--report', 'gitlab=counts.json'])).code).toBe(0);
    expect(JSON.parse(await read('counts.json'))).toEqual({ create: 2, update: 1, delete: 1 });
  });

  it('but the saved plan are written where the files have errors', async () => {
    const { run, read, directory } = await open(file.replace('ann', 'nobody'));
    const flags = ['--report', 'gitlab=counts.json', '--out', 'plan.json'];
    const ran = await run(['plan', 'faces.yaml', ...flags]);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('the plan was not saved') });
    expect(JSON.parse(await read('counts.json'))).toMatchObject({ delete: 1 });
    expect(await namesIn(directory)).toEqual(['counts.json', 'faces.yaml']);
  });
});

describe('what stands where a file is to be written', () => {
  it('is refused if it is a pipe or a device, and stays what it is', async () => {
    const { run, directory, sandbox } = await open();
    await promisify(execFile)('mkfifo', [join(directory, 'pipe')]);
    const ran = await run(['plan', 'faces.yaml', '--out', 'pipe']);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('a device or a pipe') });
    expect((await stat(join(directory, 'pipe'))).isFIFO()).toBe(true);
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it.each([
    ['plan', 'faces.yaml', '--out', '-'],
    ['plan', 'faces.yaml', '--report', 'gitlab=-'],
    ['apply', 'faces.yaml', '--auto-approve', '--journal', '-'],
    ['apply', 'faces.yaml', '--auto-approve', '--json-into', '-'],
    ['export', '--out', '-'],
  ])('is refused as - : %s %s %s', async (...line) => {
    const { run, directory, sandbox } = await open();
    const ran = await run(line);
    expect(ran).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining("'-' cannot be the file for the"),
    });
    expect(await namesIn(directory)).toEqual(['faces.yaml']);
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it('stays if it is a link, and what it leads to is replaced', async () => {
    const { run, read, write, directory } = await open();
    await write('kept/plan.json', 'old');
    await symlink('kept/plan.json', join(directory, 'plan.json'));
    expect((await run(['plan', 'faces.yaml', '--out', 'plan.json'])).code).toBe(0);
    expect((await lstat(join(directory, 'plan.json'))).isSymbolicLink()).toBe(true);
    expect(JSON.parse(await read('kept/plan.json'))).toHaveProperty('x_digest');
  });
});

describe('a file that cannot be written', () => {
  it.each([
    ['--out', 'none/plan.json', 'ENOENT'],
    ['--out', 'folder', 'EISDIR'],
    ['--out', 'n'.repeat(300), 'ENAMETOOLONG'],
    ['--report', 'gitlab=none/counts.json', 'ENOENT'],
    ['--json-into', 'faces.yaml/plan.json', 'ENOTDIR'],
  ])('is an error before the tenant is asked: %s %s', async (flag, name, reason) => {
    const { run, sandbox, directory } = await open();
    await mkdir(join(directory, 'folder'));
    const ran = await run([flag === '--json-into' ? 'apply' : 'plan', 'faces.yaml', flag, name]);
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(reason) });
    expect(sandbox.tenant.requests).toEqual([]);
    expect((await readdir(directory)).toSorted()).toEqual(['faces.yaml', 'folder']);
  });

  it.each([
    ['plan', ['--out', 'faces.yaml'], '--out names faces.yaml, which is read'],
    ['plan', ['--out', 'a.json', '--report', 'gitlab=./a.json'], 'which is written with --out'],
    ['apply', ['--auto-approve', '--json-into', './faces.yaml'], '--json-into names ./faces.yaml, which is read'],
    ['apply', ['--auto-approve', '--json-into', 'a', '--journal', 'a'], 'which is written with --json-into'],
  ])('since the same run uses it otherwise is refused, and nothing is lost: %s %j', async (command, flags, words) => {
    const { run, read, sandbox } = await open();
    const ran = await run([command, 'faces.yaml', ...flags]);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining(words) });
    expect(await read('faces.yaml')).toBe(file);
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it('since it is the saved plan itself is refused', async () => {
    const { run, read } = await open();
    await run(['plan', 'faces.yaml', '--out', 'plan.json']);
    const saved = await read('plan.json');
    const ran = await run(['apply', '--plan', 'plan.json', '--journal', 'plan.json']);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('which is read') });
    expect(await read('plan.json')).toBe(saved);
  });

  it('of another kind of report is refused, with what there is', async () => {
    const { run } = await open();
    const ran = await run(['plan', 'faces.yaml', '--report', 'jenkins=x.json']);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('gitlab=FILE') });
  });
});
