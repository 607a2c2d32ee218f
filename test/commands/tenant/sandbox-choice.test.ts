import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWorkspace } from '../../support/commands/workspace.ts';

const files = { 'users.yaml': 'version: 1\nenrollments:\n  - user: amy\n    flow: mobile\n' };

describe('--sandbox before a path', () => {
  it.each(['users.yaml', '.'])('takes %s for what to plan, and never for its state', async (path) => {
    const { run, read } = await openWorkspace({ files });
    expect((await run(['apply', '--auto-approve', '--sandbox', path])).code).toBe(0);
    expect(await read('users.yaml')).toBe(files['users.yaml']);
    const again = await run(['plan', '--detailed-exitcode', '--sandbox', path]);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toContain('No changes.');
    expect(JSON.parse(await read('.faceform/sandbox.json'))).toHaveProperty('users');
  });

  it.each(['n'.repeat(300), 'users.yaml/state.json'])('tells where no state can be kept: %s', async (path) => {
    const { run } = await openWorkspace({ files });
    const ran = await run(['plan', `--sandbox=${path}`, 'users.yaml']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).not.toContain('bug');
  });

  it('tells where its state can be kept no longer, after the report of what became of the changes', async () => {
    const { run, directory } = await openWorkspace({ files, secretFiles: /state\.json/ });
    await run(['plan', '--sandbox', 'kept/state.json', 'users.yaml']);
    const onAsk = (): void => {
      rmSync(join(directory, 'kept'), { recursive: true });
      writeFileSync(join(directory, 'kept'), '');
    };
    const ran = await run(['apply', '--sandbox', 'kept/state.json', 'users.yaml'], { answer: 'yes', onAsk });
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('sandbox state') });
    expect(ran.stderr).not.toContain('bug');
    expect(ran.stdout).toContain('Apply: 1 planned = ');
  });

  it('takes JSON of enrollments for what to plan', async () => {
    const { run } = await openWorkspace({
      files: { 'users.json': '{ "version": 1, "enrollments": [{ "user": "amy", "flow": "mobile" }] }' },
    });
    expect((await run(['plan', '--sandbox', 'users.json'])).stdout).toContain('1 to create');
  });

  it('leaves its state as it is where nothing has changed', async () => {
    const { run, read, write } = await openWorkspace({ files, secretFiles: /state\.json/ });
    await run(['plan', '--sandbox', 'state.json', 'users.yaml']);
    const text = `${await read('state.json')}\n`;
    await write('state.json', text);
    expect((await run(['plan', '--sandbox', 'state.json', 'users.yaml'])).code).toBe(0);
    expect(await read('state.json')).toBe(text);
  });

  it('takes no word for a path that is none, and says how to name a state so', async () => {
    const { run, directory } = await openWorkspace({ files, secretFiles: /st\.db/ });
    const ran = await run(['plan', '--sandbox', 'st.db', 'users.yaml']);
    expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('pass --sandbox=st.db') });
    expect(readdirSync(directory)).toEqual(['users.yaml']);
    expect((await run(['plan', '--sandbox=st.db', 'users.yaml'])).code).toBe(0);
    const explained = await run(['explain', '--sandbox', 'amy', 'users.yaml']);
    expect(explained.code).toBe(0);
    for (const word of ['none.yaml', 'none*.yaml']) {
      expect((await run(['plan', '--sandbox', word])).stderr).toMatch(/does not exist|contains no enrollment files/);
    }
  });

  it('takes a JSON file for its state', async () => {
    const { run, read } = await openWorkspace({ files, secretFiles: /state\.json/ });
    expect((await run(['plan', '--sandbox', 'state.json', 'users.yaml'])).code).toBe(0);
    expect(JSON.parse(await read('state.json'))).toHaveProperty('users');
  });

  it('does not wait for a pipe that nobody writes to', async () => {
    const { run, directory } = await openWorkspace({ files });
    execFileSync('mkfifo', [join(directory, 'pipe')]);
    const ran = await run(['plan', '--sandbox=pipe', 'users.yaml']);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('pipe: not a regular file') });
    expect((await run(['plan', '--sandbox', 'pipe'])).stderr).toContain('is not a regular file');
  });

  it('takes no saved plan for a state, and says where one goes', async () => {
    const { run, read } = await openWorkspace({ files });
    await run(['plan', '--sandbox', '--out', 'p.json', 'users.yaml']);
    const saved = await read('p.json');
    const ran = await run(['plan', '--sandbox', 'p.json', 'users.yaml']);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining("'apply --sandbox --plan FILE'") });
    expect(await read('p.json')).toBe(saved);
    expect((await run(['apply', '--sandbox', '--plan', 'p.json', '--auto-approve'])).code).toBe(0);
  });

  it('quotes nothing of a file that is not JSON', async () => {
    const { run } = await openWorkspace({ files: { ...files, 'notes.txt': 'hunter2' } });
    const ran = await run(['plan', '--sandbox=notes.txt', 'users.yaml']);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('notes.txt: not JSON\n') });
    expect(ran.stderr).toContain('Name a state of the embedded tenant');
  });

  it('takes no word for a state that is none, and may become none', async () => {
    const { run, read, directory } = await openWorkspace({
      files: { ...files, 'users.json': '{ "$schema": "https://x.example", "version": 1, "enrollments": [] }' },
      secretFiles: /state/,
    });
    expect((await run(['explain', '--sandbox', 'amy', 'users.yaml'])).stdout).toContain('amy');
    expect((await run(['validate', 'users.json'])).code).toBe(0);
    expect((await run(['plan', '--sandbox', 'users.json'])).stdout).toContain('No changes.');
    expect(await run(['plan', '--sandbox', 'no-such-directory'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no-such-directory'),
    });
    expect(await run(['export', '--sandbox', 'users.yaml'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('too many arguments'),
    });
    expect(readdirSync(directory).toSorted()).toEqual(['.faceform', 'users.json', 'users.yaml']);
    expect(await read('users.yaml')).toBe(files['users.yaml']);
    expect((await run(['plan', '--sandbox=state', 'users.yaml'])).code).toBe(0);
    expect(JSON.parse(await read('state'))).toHaveProperty('users');
  });

  it.each([
    [['plan', '--sandbox', 'users.yaml', '--target', 'amy']],
    [['plan', '--target', 'amy', '--sandbox', 'users.yaml']],
    [['plan', 'users.yaml', '--sandbox', '--target', 'amy']],
    [['plan', 'users.yaml', '--target', 'amy', '--sandbox', 'state.json']],
    [['plan', '--sandbox', 'state.json', '--target', 'amy', '--', 'users.yaml']],
    [['plan', '--target', 'amy', '--', 'users.yaml', '--sandbox']],
  ])('may stand anywhere before --: %j', async (args) => {
    const { run } = await openWorkspace({ files, secretFiles: /state\.json/ });
    const ran = await run(args);
    const isPath = args.indexOf('--') < args.indexOf('--sandbox') && args.includes('--');
    expect(ran.code).toBe(isPath ? 1 : 0);
    expect(ran.stdout).toContain(isPath ? '' : '1 to create');
  });
});
