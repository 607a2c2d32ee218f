import { expect, it } from 'vitest';
import { operationsOf } from '../../support/commands/expectations.ts';
import { openTenant } from '../../support/commands/workspace.ts';

const check = ['import', 'l.csv', '--set', 'flow=mobile', '--into', 'u.yaml', '--check-tenant'];

it('with --check-tenant, says which users the tenant lacks, and writes nothing', async () => {
  const { run, read, write, sandbox } = await openTenant(
    { seed: { users: [{ login: 'a', faces: [{}] }, { login: 'b' }] } },
    { files: { 'l.csv': 'user\na\nnobody\nb\n' } },
  );
  const missing = await run(check);
  expect(missing).toMatchObject({ code: 1, stdout: '' });
  expect(missing.stderr).toContain('the tenant has no user "nobody" [USER_NOT_FOUND]\n  at l.csv:3:1');
  await expect(read('u.yaml')).rejects.toThrow('ENOENT');
  await write('l.csv', 'user\na\nb\n');
  expect(await run(check)).toMatchObject({ code: 0, stdout: 'u.yaml: 2 added, 0 changed, 0 unchanged.\n' });
  expect(operationsOf(sandbox)).not.toContain('listFaces');
});

it('with --check-tenant, writes nothing where a user could not be looked up', async () => {
  const { run, read, sandbox } = await openTenant(
    { seed: { users: [{ login: 'a' }] } },
    { files: { 'l.csv': 'user\na\n' } },
  );
  await sandbox.close();
  expect((await run(check)).code).toBe(6);
  await expect(read('u.yaml')).rejects.toThrow('ENOENT');
});
