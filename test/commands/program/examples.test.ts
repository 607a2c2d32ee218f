import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { memberOf } from '../../support/commands/expectations.ts';
import { openWorkspace, type Workspace } from '../../support/commands/workspace.ts';

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));
const read = (name: string): Promise<string> => readFile(`${examples}${name}`, 'utf8');
const names = (await readdir(examples)).filter((name) => name.endsWith('.yaml'));

/** The example as a user copies it, with a tenant of its own if it has one. */
async function openExample(name: string): Promise<Workspace> {
  const tenant = name === 'quickstart.yaml' ? { '.faceform/own.json': await read('quickstart.tenant.json') } : {};
  const files = { [name]: await read(name), 'tokens/carol.b64': await read('tokens/carol.b64') };
  return openWorkspace({ files: { ...files, ...tenant } });
}

const sandbox = ['--sandbox', '.faceform/own.json'];

describe('each example', () => {
  it.each(names)('%s is valid, and its plan is empty once it is applied', async (name) => {
    const { run } = await openExample(name);
    expect(await run(['validate', name, '--secrets'])).toMatchObject({ code: 0, stderr: '' });
    expect(await run(['plan', name, '--detailed-exitcode', ...sandbox])).toMatchObject({ code: 2, stderr: '' });
    expect(await run(['apply', name, '--auto-approve', ...sandbox])).toMatchObject({ code: 0, stderr: '' });
    const again = await run(['plan', name, '--detailed-exitcode', ...sandbox]);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.'), stderr: '' });
  });

  it('names its schema for editors', async () => {
    for (const name of names) {
      expect(await read(name), name).toMatch(
        /^# yaml-language-server: \$schema=\.\.\/schemas\/enrollments\.schema\.json\n/,
      );
    }
  });
});

describe('the quickstart', () => {
  it('has ten users, and shows every action and a face that waits', async () => {
    const { run } = await openExample('quickstart.yaml');
    const plan = await run(['plan', 'quickstart.yaml', '--format', 'json', ...sandbox]);
    const shown: unknown = JSON.parse(plan.stdout);
    expect(memberOf(shown, 'x_users')).toBe(10);
    expect(memberOf(shown, 'summary')).toEqual({
      create: 2,
      update: 2,
      shorten: 1,
      disable: 1,
      replace: 2,
      delete: 1,
      noop: 2,
      waiting: 1,
      attention: 0,
      duplicate: 0,
      unknown: 0,
      unmatched: 0,
      emails: 2,
    });
  });

  it('has every flow', async () => {
    const { run } = await openExample('quickstart.yaml');
    const { stdout } = await run(['plan', 'quickstart.yaml', '--include-noop', ...sandbox]);
    expect(stdout).toContain('alice@example.com/mobile');
    expect(stdout).toContain('bob/web');
    expect(stdout).toContain('carol/token');
  });
});
