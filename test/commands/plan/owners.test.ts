import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/index.ts';
import { forgedPlan } from '../../support/forged-plan.ts';
import { writesOf } from '../../support/commands/expectations.ts';
import { openTenant, type TenantWorkspace } from '../../support/commands/workspace.ts';

const members = (name: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    login: `${name}${at}`,
    email: `${name}${at}@mail.example`,
    groups: [name],
    faces: [{}],
  }));

const head = (name: string, onRemove: string, budget: number): string =>
  `version: 1\nowner: ${name}\nscope: { users: group, group: ${name}, onRemove: ${onRemove} }\nbudgets: { delete: ${budget} }\n`;
const entries = (...logins: readonly string[]): string =>
  `enrollments:${logins.length === 0 ? ' []' : ''}\n${logins.map((login) => `  - { user: ${login}, flow: mobile }\n`).join('')}`;

/** Two teams, each with a directory: emea removes, apac keeps. */
const files = {
  'emea/faceform.yaml': head('emea', 'delete', 2),
  'emea/users.yaml': `version: 1\n${entries('emea0', 'emea1', 'emea2')}`,
  'apac/faceform.yaml': head('apac', 'delete', 5),
  'apac/users.yaml': `version: 1\n${entries('apac0', 'apac1', 'apac2')}`,
};

function open(changed: Readonly<Record<string, string>> = {}, options: SandboxOptions = {}): Promise<TenantWorkspace> {
  const users = [...members('emea', 3), ...members('apac', 3), { login: 'boss', faces: [{}] }];
  return openTenant({ seed: { users }, ...options }, { files: { ...files, ...changed } });
}

const offboarding = {
  'emea/users.yaml': `version: 1\n${entries()}`,
  'apac/users.yaml': `version: 1\n${entries('apac0')}`,
};
const apply = ['apply', '.', '--auto-approve'];

describe('a tree of two owners', () => {
  it('is in order where each lists its own, and says so twice', async () => {
    const tenant = await open();
    for (const args of [apply, apply, ['plan', '.'], ['status', '.']]) expect((await tenant.run(args)).code).toBe(0);
    expect(writesOf(tenant.sandbox)).toBe(0);
  });

  it('refuses an offboarding by the owner whose budget it exceeds, with the place of its head', async () => {
    const tenant = await open(offboarding);
    const ran = await tenant.run(apply);
    expect(ran.code).toBe(5);
    expect(ran.stderr).toContain('3 deletes, budget of owner "emea" (emea/faceform.yaml:2:8) 2');
    expect(ran.stderr).not.toContain('apac');
    expect(ran.stderr).toContain('--allow-deletes 5');
    expect((await tenant.run([...apply, '--allow-deletes', '3'])).code).toBe(5);
    expect(writesOf(tenant.sandbox)).toBe(0);
    expect((await tenant.run([...apply, '--allow-deletes', '5'])).code).toBe(0);
    expect(await tenant.run(apply)).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') });
  });

  it('keeps the budget of the run, which a file without an owner states', async () => {
    const tenant = await open({
      ...offboarding,
      'run.yaml': 'version: 1\nbudgets: { delete: 4 }\n',
      'emea/faceform.yaml': head('emea', 'delete', 9),
    });
    const ran = await tenant.run(apply);
    expect(ran).toMatchObject({ code: 5, stderr: expect.stringContaining('5 deletes, budget 4') });
  });

  it('protects in every part whom any head protects', async () => {
    const tenant = await open({
      ...offboarding,
      'apac/faceform.yaml': `${head('apac', 'delete', 5)}protect: [emea0]\n`,
    });
    const ran = await tenant.run([...apply, '--owner', 'emea', '--allow-deletes', '3']);
    expect(ran).toMatchObject({ code: 5, stderr: expect.stringContaining('emea0/') });
    expect(writesOf(tenant.sandbox)).toBe(0);
  });
});

describe('one file of an owner, named alone', () => {
  it('keeps the protection and the budgets of its directory, and takes nothing from users of other files', async () => {
    const gone = 'enrollments:\n  - { user: emea0, state: absent }\n  - { user: emea1, state: absent }\n';
    const tenant = await open({
      'emea/users.yaml': `version: 1\n${gone}`,
      'emea/faceform.yaml': `${head('emea', 'delete', 1)}protect: [emea1]\n`,
    });
    const ran = await tenant.run(['apply', 'emea/users.yaml', '--auto-approve', '--format', 'json']);
    expect(ran.code).toBe(5);
    expect(ran.stderr).toContain('2 deletes, budget of owner "emea" (emea/faceform.yaml:2:8) 1');
    expect(ran.stderr).toContain('emea1/');
    const planned = await tenant.run(['plan', 'emea/users.yaml', '--format', 'json']);
    expect(JSON.parse(planned.stdout)).toMatchObject({
      summary: { delete: 2, disable: 0 },
      x_owners: [{ name: 'emea' }],
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'HEAD_ABOVE', severity: 'warning' })]),
    });
    expect(writesOf(tenant.sandbox)).toBe(0);
  });
});

describe('--owner', () => {
  it('plans and removes for that owner alone, and a second run finds nothing to do', async () => {
    const tenant = await open(offboarding);
    const run = [...apply, '--owner', 'apac'];
    expect((await tenant.run(run)).code).toBe(0);
    expect(writesOf(tenant.sandbox)).toBe(2);
    expect(await tenant.run(run)).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes.') });
    expect(writesOf(tenant.sandbox)).toBe(2);
  });

  it('reads the faces of that owner’s users alone', async () => {
    const tenant = await open();
    await tenant.run(['plan', '.', '--owner', 'apac']);
    const { requests } = tenant.sandbox.tenant;
    expect(requests.filter(({ operation }) => operation === 'listFaces')).toHaveLength(3);
  });

  it('does not take from its group whom another owner lists, under an alias too', async () => {
    const users = [
      { login: 'emea0', aliases: ['emmy'], groups: ['emea', 'apac'], faces: [{}] },
      { login: 'apac0', groups: ['apac'] },
    ];
    const emea = 'version: 1\nowner: emea\nenrollments: [{ user: emmy, flow: mobile }]\n';
    const apac = `${head('apac', 'delete', 5)}${entries()}`;
    const tenant = await openTenant({ seed: { users } }, { files: { 'emea.yaml': emea, 'apac.yaml': apac } });
    for (const owner of ['apac', 'emea']) expect((await tenant.run([...apply, '--owner', owner])).code).toBe(0);
    expect((await tenant.run(apply)).code).toBe(0);
    expect(writesOf(tenant.sandbox)).toBe(0);
  });

  it.each([
    ['amea', "Did you mean 'emea'?"],
    ['nobody', 'The files have: apac, emea.'],
  ])('says which owners there are for "%s"', async (name, words) => {
    const tenant = await open();
    expect(await tenant.run(['plan', '.', '--owner', name])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(words),
    });
  });

  it('is refused beside --replace of another’s entry, and beside a saved plan', async () => {
    const tenant = await open();
    const replace = await tenant.run(['plan', '.', '--owner', 'emea', '--replace', 'apac0/mobile']);
    expect(replace).toMatchObject({ code: 1, stderr: expect.stringContaining('--owner leaves out') });
    expect((await tenant.run(['apply', '--plan', 'p.json', '--owner', 'emea'])).code).toBe(1);
  });
});

describe('users of two owners', () => {
  it('are an error of validate where both name them alike', async () => {
    const tenant = await open({ 'apac/users.yaml': `version: 1\n${entries('apac0', 'EMEA0')}` });
    const ran = await tenant.run(['validate', '.']);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('[TWO_OWNERS]') });
    expect(ran.stderr).toMatch(/apac\/users\.yaml:3:5|emea\/users\.yaml:3:5/);
  });

  it('are an error of a plan where the tenant alone knows, and nothing is written', async () => {
    const tenant = await open({
      'apac/faceform.yaml': head('emea', 'delete', 9).replace('owner: emea', 'owner: apac'),
      'apac/users.yaml': `version: 1\n${entries()}`,
      ...{ 'emea/users.yaml': `version: 1\n${entries()}` },
    });
    const ran = await tenant.run(apply);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('[TWO_OWNERS]') });
    expect(ran.stderr).toContain('apac/faceform.yaml:3:8');
    expect(writesOf(tenant.sandbox)).toBe(0);
  });
});

describe('a saved plan of owners', () => {
  it('has each change’s owner and their budgets, and is refused where these contradict each other', async () => {
    const tenant = await open(offboarding);
    const plan = ['plan', '.', '--out', 'plan.json', '--allow-deletes', '5'];
    expect((await tenant.run(plan)).code).toBe(0);
    const saved: unknown = JSON.parse(await tenant.read('plan.json'));
    expect(saved).toMatchObject({
      x_owners: [
        { name: 'apac', place: { file: 'apac/faceform.yaml', line: 2 } },
        { name: 'emea', budgets: expect.arrayContaining([{ budget: 'delete', used: 3, allowed: 2, limit: '2' }]) },
      ],
    });
    for (const [from, to] of [
      ['"used": 3', '"used": 1'],
      ['"x_owner": "emea"', '"x_owner": "apac"'],
      ['"x_owner": "emea"', '"x_owner": "other"'],
      ['"name": "emea"', '"name": "apac"'],
    ] as const) {
      const forged: object = { ...JSON.parse((await tenant.read('plan.json')).replace(from, to)) };
      await tenant.write('forged.json', forgedPlan(forged));
      expect({ to, code: (await tenant.run(['apply', '--plan', 'forged.json'])).code }).toEqual({ to, code: 1 });
    }
    expect(writesOf(tenant.sandbox)).toBe(0);
    expect((await tenant.run(['apply', '--plan', 'plan.json'])).code).toBe(0);
  });

  it('of all shards is put together with the budgets of each owner', async () => {
    const tenant = await open(offboarding);
    for (const at of [1, 2]) await tenant.run(['plan', '.', '--shard', `${at}/2`, '--out', `${at}.json`]);
    const { stdout } = await tenant.run(['show', '1.json', '2.json', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      x_owners: [
        {
          name: 'apac',
          budgets: expect.arrayContaining([expect.objectContaining({ budget: 'delete', used: 2, allowed: 5 })]),
        },
        {
          name: 'emea',
          budgets: expect.arrayContaining([expect.objectContaining({ budget: 'delete', used: 3, allowed: 2 })]),
        },
      ],
    });
  });
});

describe('explain', () => {
  it('explains by the rules of the owner, by its scope and by an alias as well', async () => {
    const tenant = await open(offboarding);
    for (const [user, words] of [
      ['emea0', 'delete'],
      ['apac0', 'apac/users.yaml'],
      ['apac1', 'delete'],
    ] as const) {
      const ran = await tenant.run(['explain', user, '.']);
      expect(ran.code).toBe(0);
      expect(ran.stdout).toContain(words);
    }
  });
});
