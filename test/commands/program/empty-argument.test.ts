import { describe, expect, it } from 'vitest';
import { writesOf } from '../../support/commands/expectations.ts';
import { openTenant } from '../../support/commands/workspace.ts';

describe('an argument that is empty, as of a variable that is not set,', () => {
  const removing = 'version: 1\nenrollments: [{ user: alice, state: absent }]\n';

  it.each([
    [['apply', '--auto-approve', ''], 'argument 3, after --auto-approve, is empty'],
    [['validate', '--', '', 'faces.yaml'], 'argument 3, after --, is empty'],
    [
      ['apply', '--auto-approve', '--activations-out', '', 'faces.yaml'],
      'argument 4, after --activations-out, is empty',
    ],
    [['plan', '--out=', 'faces.yaml'], 'the value of --out is empty'],
    [[''], 'argument 1 is empty'],
  ])('is refused before anything is read: %j', async (args, message) => {
    const seed = { users: [{ login: 'alice', email: 'alice@example.com' }] };
    const workspace = await openTenant({ seed }, { files: { 'faces.yaml': removing } });
    workspace.sandbox.tenant.addFace('alice', { flow: 'mobile' });
    const { code, stderr } = await workspace.run(args);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(message) });
    expect(writesOf(workspace.sandbox)).toBe(0);
    expect(workspace.sandbox.tenant.requests).toEqual([]);
  });
});
