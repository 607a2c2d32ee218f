import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/index.ts';
import { jsonTotalsOf, namesIn, totalsOf, writesOf } from '../../support/commands/expectations.ts';
import { openTenant, type TenantWorkspace } from '../../support/commands/workspace.ts';

const users = (...logins: readonly string[]) => logins.map((login) => ({ login, email: `${login}@example.com` }));
const mobile = (...logins: readonly string[]): string =>
  `version: 1\nenrollments:\n${logins.map((login) => `  - { user: ${login}, flow: mobile }\n`).join('')}`;
const approved = ['apply', 'faces.yaml', '--auto-approve'] as const;

/** A tenant with these users, all of whom the file gives a mobile face. */
function open(logins: readonly string[], options: SandboxOptions = {}): Promise<TenantWorkspace> {
  return openTenant({ seed: { users: users(...logins) }, ...options }, { files: { 'faces.yaml': mobile(...logins) } });
}

async function expectSecondRunEmpty({ run, sandbox }: TenantWorkspace): Promise<void> {
  const before = writesOf(sandbox);
  const again = await run(approved);
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toContain('No changes.');
  expect(writesOf(sandbox)).toBe(before);
}

describe('an incomplete live state', () => {
  it('is not written to, and ends with 6', async () => {
    const { run, sandbox } = await open(['alice', 'bob']);
    sandbox.tenant.failWith({ kind: '403', operation: 'listFaces', path: sandbox.tenant.users()[0]?.id });
    const ran = await run(approved);
    expect(ran.code).toBe(6);
    expect(ran.stderr).toContain('--allow-incomplete');
    expect(writesOf(sandbox)).toBe(0);
  });

  it('is written to with --allow-incomplete, without the users that are unknown', async () => {
    const workspace = await open(['alice', 'bob']);
    const { run, sandbox } = workspace;
    sandbox.tenant.failWith({ kind: '403', operation: 'listFaces', path: sandbox.tenant.users()[0]?.id });
    const ran = await run([...approved, '--allow-incomplete']);
    expect(ran.code).toBe(6);
    expect(totalsOf(ran)).toMatchObject({ planned: 1, applied: 1 });
    expect(sandbox.tenant.faces('alice')).toEqual([]);
    expect(await run(approved)).toMatchObject({ code: 0 });
    await expectSecondRunEmpty(workspace);
  });
});

describe('a write that the tenant refuses', () => {
  it('is failed, with what the tenant said and the line, and the others go on', async () => {
    const workspace = await open(['alice', 'bob']);
    const { run, sandbox } = workspace;
    sandbox.tenant.failWith({ kind: '409', operation: 'createFace', path: sandbox.tenant.users()[0]?.id });
    const ran = await run(approved);
    expect(ran.code).toBe(3);
    expect(totalsOf(ran)).toMatchObject({ planned: 2, applied: 1, failed: 1 });
    expect(ran.stdout).toMatch(/^failed .*alice\/mobile .*faces\.yaml:3:5$/m);
    expect(ran.stdout).toContain('409 conflict: "This conflicts with something else."');
    expect(await run(approved)).toMatchObject({ code: 0 });
    await expectSecondRunEmpty(workspace);
  });

  it('ends the same in JSON, on stdout alone', async () => {
    const { run, sandbox } = await open(['alice', 'bob']);
    sandbox.tenant.failWith({ kind: '409', operation: 'createFace', path: sandbox.tenant.users()[0]?.id });
    const ran = await run([...approved, '--format', 'json']);
    expect(ran.code).toBe(3);
    expect(jsonTotalsOf(ran)).toMatchObject({ planned: 2, applied: 1, failed: 1 });
    expect(ran.stderr).toContain('Plan: 2 to create');
  });

  it('stops the run after --max-failures of the same kind in a row', async () => {
    const workspace = await open(['a', 'b', 'c', 'd', 'e']);
    const { run, sandbox } = workspace;
    sandbox.tenant.failWith({ kind: '403', operation: 'createFace', times: Infinity });
    const ran = await run([...approved, '--max-failures', '2', '--concurrency', '1']);
    expect(ran.code).toBe(3);
    expect(totalsOf(ran)).toEqual({ planned: 5, applied: 0, already: 0, failed: 2, stale: 0, skipped: 3, unknown: 0 });
    expect(writesOf(sandbox)).toBe(2);
    sandbox.tenant.clearFaults();
    expect(await run(approved)).toMatchObject({ code: 0 });
    await expectSecondRunEmpty(workspace);
  });
});

describe('a write that is accepted and not done', () => {
  it('is failed, and says so', async () => {
    const workspace = await open(['alice', 'bob']);
    const { run, sandbox } = workspace;
    sandbox.tenant.failWith({ kind: 'accepted-not-done', operation: 'createFace', times: 2 });
    const ran = await run(approved);
    expect(ran.code).toBe(3);
    expect(totalsOf(ran)).toMatchObject({ planned: 2, applied: 0, failed: 2 });
    expect(ran.stdout).toMatch(/accepted/);
    expect(await run(approved)).toMatchObject({ code: 0 });
    await expectSecondRunEmpty(workspace);
  });

  it('counts as applied with --no-verify, which reads nothing back but creates', async () => {
    const { run, sandbox } = await open(['alice']);
    sandbox.tenant.failWith({ kind: 'accepted-not-done', operation: 'createFace' });
    const created = await run([...approved, '--no-verify']);
    expect(created.code).toBe(3);
    expect(totalsOf(created)).toMatchObject({ failed: 1 });
    const { id } = sandbox.tenant.addFace('alice', { status: 'DISABLED' });
    sandbox.tenant.failWith({ kind: 'accepted-not-done', operation: 'updateFace' });
    const updated = await run([...approved, '--no-verify']);
    expect(updated.code).toBe(0);
    expect(totalsOf(updated)).toMatchObject({ applied: 1 });
    expect(sandbox.tenant.requests.at(-1)?.operation).toBe('updateFace');
    expect(sandbox.tenant.faces('alice')).toMatchObject([{ id, status: 'DISABLED' }]);
  });
});

describe('a signal', () => {
  const logins = ['a', 'b', 'c', 'd'];
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s lets what is in flight end, reports the rest as skipped and ends with %d', async (signal, code) => {
    const workspace = await open(logins);
    const { run, sandbox } = workspace;
    const ran = await run([...approved, '--concurrency', '1'], {
      onStart: (send) => {
        sandbox.tenant.onRequest(({ operation }) => {
          if (operation === 'createFace') send(signal);
        });
      },
    });
    expect(ran.code).toBe(code);
    expect(totalsOf(ran)).toMatchObject({ planned: 4, applied: 1, skipped: 3 });
    expect(ran.stdout).toContain(`not started: ${signal}`);
    expect(ran.stderr).toContain(signal);
    expect(sandbox.tenant.emails).toHaveLength(1);
  });

  it('leaves what a second run completes, without a second e-mail', async () => {
    const workspace = await open(logins);
    const { run, sandbox } = workspace;
    await run([...approved, '--concurrency', '2'], {
      onStart: (send) => {
        sandbox.tenant.onRequest(({ operation }) => {
          if (operation === 'createFace') send('SIGTERM');
        });
      },
    });
    expect(await run(approved)).toMatchObject({ code: 0 });
    expect(sandbox.tenant.emails.map(({ login }) => login).toSorted()).toEqual(logins);
    await expectSecondRunEmpty(workspace);
  });
});

describe('a budget', () => {
  it('that is overspent refuses the whole plan with 5 and names the acknowledgement', async () => {
    const faces = [{}, {}, {}, {}, {}, {}].map(() => ({ status: 'ACTIVE' as const }));
    const seed = { users: [{ login: 'alice', faces }], maxFacesPerUser: 9 };
    const absent = 'version: 1\nenrollments: [{ user: alice, state: absent }]\n';
    const workspace = await openTenant({ seed }, { files: { 'faces.yaml': absent } });
    const { run, sandbox } = workspace;
    const ran = await run(approved);
    expect(ran.code).toBe(5);
    expect(ran.stderr).toContain('--allow-deletes 6');
    expect(writesOf(sandbox)).toBe(0);
    expect(await run([...approved, '--allow-deletes', '5'])).toMatchObject({ code: 5 });
    expect(await run([...approved, '--allow-deletes', '6'])).toMatchObject({ code: 0 });
    expect(sandbox.tenant.faces('alice')).toEqual([]);
    await expectSecondRunEmpty(workspace);
  });
});

describe('apply', () => {
  it('leaves nothing in the working directory', async () => {
    const { run, directory } = await open(['alice']);
    const before = await namesIn(directory);
    expect(await run(approved)).toMatchObject({ code: 0 });
    expect(await namesIn(directory)).toEqual(before);
  });
});
