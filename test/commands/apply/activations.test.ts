import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { namesIn, totalsOf, writesOf } from '../../support/commands/expectations.ts';
import { openTenant, type TenantWorkspace } from '../../support/commands/workspace.ts';

const entry = (login: string): string => `  - { user: ${login}, flow: mobile, activation: { qrCode: true } }\n`;
const approved = ['apply', 'faces.yaml', '--auto-approve'] as const;

function open(...logins: readonly string[]): Promise<TenantWorkspace> {
  const users = logins.map((login) => ({ login, email: 'someone@example.com' }));
  const yaml = `version: 1\nenrollments:\n${logins.map(entry).join('')}`;
  return openTenant({ seed: { users } }, { files: { 'faces.yaml': yaml } });
}

async function modeOf(...path: readonly string[]): Promise<string> {
  return ((await stat(join(...path))).mode & 0o777).toString(8);
}

describe('an entry that asks for a QR code', () => {
  it('is an error before anything is written where there is nowhere to keep it', async () => {
    const { run, sandbox } = await open('alice');
    const ran = await run(approved);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('[QR_CODE_WITHOUT_DIRECTORY]');
    expect(ran.stderr).toContain(' at faces.yaml:3:5');
    expect(writesOf(sandbox)).toBe(0);
  });

  it('gets one warning in a plan for all, which an apply with a directory repeats no more', async () => {
    const { run } = await open('alice', 'bob');
    const planned = await run(['plan', 'faces.yaml', '--out', 'p.json']);
    expect(planned.code).toBe(0);
    expect(planned.stderr).toMatch(
      /^Warning: "alice\/mobile" [^\n]*\[QR_CODE_WITHOUT_DIRECTORY\]\n {2}at faces\.yaml:3:5\n/,
    );
    expect(planned.stderr.match(/QR_CODE/g)).toHaveLength(1);
    const unkept = await run(['apply', '--plan', 'p.json']);
    expect(unkept).toMatchObject({ code: 1, stderr: expect.not.stringContaining('Warning:') });
    const applied = await run(['apply', '--plan', 'p.json', '--activations-out', 'kept']);
    expect(applied).toMatchObject({ code: 0, stderr: '' });
  });

  it('has it kept in a file that nobody else may read', async () => {
    const { run, directory, read } = await open('alice@example.com');
    const ran = await run([...approved, '--activations-out', 'kept/here']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect((await namesIn(join(directory, 'kept/here'))).length).toBe(2);
    const name = encodeURIComponent('alice@example.com/mobile');
    expect(await modeOf(directory, 'kept/here')).toBe('700');
    expect(await modeOf(directory, 'kept/here', `${name}.url`)).toBe('600');
    expect(await modeOf(directory, 'kept/here', `${name}.png`)).toBe('600');
    const url = await read(`kept/here/${name}.url`);
    expect(url).toMatch(/^https:\/\/activation\.example\.com\/face\/\S+\n$/);
    expect(await read(`kept/here/${name}.png`)).toContain('PNG');
    expect(ran.stdout).not.toContain('activation.example.com');
  });

  it('has it kept inside the directory, whatever the login is', async () => {
    const { run, directory } = await open('../../evil', '..', 'é'.repeat(120));
    expect(await run([...approved, '--activations-out', 'kept'])).toMatchObject({ code: 0, stderr: '' });
    expect(await namesIn(join(directory, 'kept'))).toHaveLength(6);
    expect((await namesIn(directory)).filter((name) => !name.startsWith('kept'))).toEqual(['faces.yaml']);
  });

  it('has a file that others could read made private', async () => {
    const { run, directory, write } = await open('alice');
    await write('kept/alice%2Fmobile.url', 'old');
    expect(await run([...approved, '--activations-out', 'kept'])).toMatchObject({ code: 0 });
    expect(await modeOf(directory, 'kept/alice%2Fmobile.url')).toBe('600');
  });

  it('is an error before anything is written where the directory cannot be had', async () => {
    const { run, sandbox, write } = await open('alice', 'bob');
    await write('kept', 'a file');
    const ran = await run([...approved, '--activations-out', 'kept']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('kept');
    expect(ran.stderr).not.toContain('bug');
    expect(writesOf(sandbox)).toBe(0);
  });

  it('is failed where it was created and its code could not be kept, and the others go on', async () => {
    const { run, sandbox, write } = await open('alice', 'bob');
    await write('kept/alice%2Fmobile.url/in-the-way', '');
    const ran = await run([...approved, '--activations-out', 'kept']);
    expect(ran.code).toBe(3);
    expect(totalsOf(ran)).toMatchObject({ planned: 2, applied: 1, failed: 1 });
    expect(ran.stdout).toContain('--replace alice/mobile');
    expect(sandbox.tenant.faces('alice')).toHaveLength(1);
  });
});
