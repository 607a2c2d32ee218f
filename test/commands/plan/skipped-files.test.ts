import { describe, expect, it } from 'vitest';
import { openTenant } from '../../support/commands/workspace.ts';

const users = ['ann', 'bob'].map((login) => ({
  login,
  email: `${login}@mail.example`,
  groups: ['Employees'],
  faces: [{}],
}));
const files = {
  'all/a.yaml':
    'version: 1\nscope: { users: group, group: Employees, onRemove: delete }\nenrollments: [{ user: ann, flow: mobile }]\n',
  'all/b.json': '{ "$schema": "./x.schema.json", "version": 1, "enrollments": [{ "user": "bob", "flow": "mobile" }] }',
  'all/keys.json': '{ "applicationId": "a", "sharedSecret": "s" }',
};

describe('a plan of a directory', () => {
  it('reads a JSON file that begins with its $schema, so that nobody in it counts as unlisted', async () => {
    const { run } = await openTenant({ seed: { users } }, { files });
    expect((await run(['plan', 'all'])).stdout).toContain('No changes.');
  });

  it('counts the skipped files, and lists them with --debug', async () => {
    const { run } = await openTenant({ seed: { users } }, { files });
    const { stdout, stderr } = await run(['plan', 'all', '--debug']);
    expect(stdout).toContain('2 files (1 skipped), 2 users');
    expect(stderr).toContain('skipped all/keys.json: credentials\n');
    const json = await run(['plan', 'all', '--format', 'json', '--out', 'p.json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ x_files_skipped: 1 });
    expect((await run(['show', 'p.json'])).stdout).toContain('2 files (1 skipped)');
    const valid = await run(['validate', 'all', '--format', 'json']);
    expect(JSON.parse(valid.stdout)).toMatchObject({ valid: true, x_files_skipped: 1 });
  });
});
