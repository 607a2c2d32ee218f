import { describe, expect, it } from 'vitest';
import { conditions } from '../../../src/model/shown/conditions.ts';
import type { SandboxSeed } from '../../../src/sandbox/index.ts';
import { listOf, memberOf } from '../../support/commands/expectations.ts';
import { openTenant, type TenantWorkspace } from '../../support/commands/workspace.ts';

const mail = 'someone@mail.example';
const late = '2027-06-01T00:00:00Z';
const users: NonNullable<SandboxSeed['users']> = [
  { login: 'amy', email: mail, faces: [{ expiry: '2026-05-01T00:00:00Z' }] },
  { login: 'bob', email: mail, faces: [{ serialNumber: 'S-1', expiry: late, status: 'DISABLED' }] },
  { login: 'cyd', email: mail, faces: [{ expiry: late, status: 'ACTIVATING' }] },
  { login: 'dan', email: mail, faces: [{ expiry: late }, { expiry: late, applicantId: 'a-dan' }] },
  { login: 'eve', email: mail, faces: [{ expiry: late }] },
];

const yaml = `version: 1
missingUsers: wait
budgets: { disable: 0 }
enrollments:
  - { user: amy, flow: mobile }
  - { user: bob, flow: mobile }
  - { user: cyd, flow: mobile }
  - { user: dan, flow: mobile }
  - { user: eve, flow: mobile, enabled: false }
  - { user: ghost, flow: mobile }
`;
const open = (permissions?: readonly string[]): Promise<TenantWorkspace> =>
  openTenant({ seed: { users }, ...(permissions && { permissions }) }, { files: { 'e.yaml': yaml } });
const all = conditions.join(',');
const heldIn = (text: string): readonly unknown[] =>
  listOf(JSON.parse(text), 'x_conditions').map(
    (held) => `${String(memberOf(held, 'count'))} ${String(memberOf(held, 'condition'))}`,
  );

describe('--fail-on', () => {
  it('ends a plan with 7, says what holds in a line on stderr and in JSON, and a saved plan keeps it', async () => {
    const { run } = await open();
    const plain = await run(['plan', 'e.yaml', '--allow-disables', '1']);
    expect(plain).toMatchObject({ code: 0, stderr: '' });
    const { code, stdout, stderr } = await run([
      ...['plan', 'e.yaml', '--detailed-exitcode', '--format', 'json', '--out', 'p.json'],
      ...['--fail-on', 'drift,attention', '--fail-on', 'missing'],
    ]);
    expect({ code, stderr }).toEqual({
      code: 7,
      stderr: 'Conditions of --fail-on that hold: 1 attention, 1 missing, 2 drift\n',
    });
    expect(heldIn(stdout)).toEqual(['1 attention', '1 missing', '2 drift']);
    expect(heldIn((await run(['show', 'p.json', '--format', 'json'])).stdout)).toEqual(heldIn(stdout));
    const whole = await run(['plan', 'e.yaml', '--fail-on', all, '--format', 'json']);
    expect(heldIn(whole.stdout)).toEqual([
      '1 attention',
      '1 missing',
      '1 unmatched',
      '1 waiting',
      '1 refused',
      '2 drift',
    ]);
  });

  it('refused ends a plan with 7 until exactly so much is acknowledged', async () => {
    const { run } = await open();
    const refused = ['plan', 'e.yaml', '--fail-on', 'refused'];
    expect(await run(refused)).toMatchObject({ code: 7, stderr: 'Conditions of --fail-on that hold: 1 refused\n' });
    expect((await run([...refused, '--allow-disables', '1'])).code).toBe(0);
  });

  it('is less severe than an error, and says what holds all the same', async () => {
    const { run, write } = await open();
    await write('e.yaml', yaml.replace('missingUsers: wait\n', ''));
    const { code, stderr } = await run(['plan', 'e.yaml', '--fail-on', 'drift']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/\nConditions of --fail-on that hold: 2 drift\n$/);
  });

  it('judges an apply by what remains once it has ended', async () => {
    const { run } = await open();
    const apply = ['apply', 'e.yaml', '--auto-approve', '--format', 'json', '--allow-disables', '1'];
    const ended = await run([...apply, '--fail-on', all, '--json-into', 'events']);
    expect(ended.code).toBe(7);
    expect(heldIn(ended.stdout)).toEqual(['1 attention', '1 missing', '1 unmatched', '1 waiting']);
    expect(ended.stderr).toMatch(
      /\nConditions of --fail-on that hold: 1 attention, 1 missing, 1 unmatched, 1 waiting\n$/,
    );
    expect((await run([...apply.slice(0, -2), '--fail-on', 'drift,refused'])).code).toBe(0);
  });

  it('counts as drift what an apply could not do, and ends with the more severe code', async () => {
    const { run } = await open(['USERS:VIEW', 'FACE:VIEW']);
    const { code, stderr } = await run([
      ...['apply', 'e.yaml', '--auto-approve', '--allow-disables', '1', '--fail-on', 'drift'],
    ]);
    expect(code).toBe(3);
    expect(stderr).toBe('Conditions of --fail-on that hold: 2 drift\n');
  });

  it('ends a status with 7, which says what differs of each face that is not as its entry asks', async () => {
    const { run, write } = await open();
    await write(
      'e.yaml',
      yaml.replace('user: dan, flow: mobile', 'user: dan, flow: mobile, expiry: 2030-01-01T00:00:00Z'),
    );
    const { code, stdout, stderr } = await run(['status', 'e.yaml', '--fail-on', all]);
    expect({ code, stderr }).toEqual({
      code: 7,
      stderr: 'Conditions of --fail-on that hold: 1 attention, 1 missing, 1 unmatched, 1 waiting, 1 refused, 3 drift\n',
    });
    const lines = stdout.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' '));
    expect(lines).toContain('3 faces not as the files ask:');
    expect(lines).toContain(' bob/mobile face S-1 DISABLED status "DISABLED", asked for "ACTIVE" e.yaml:6:5');
    const differs = (attribute: string, before: string, after: string): object => ({
      before: { [attribute]: before },
      after: { [attribute]: after },
    });
    const { stdout: json } = await run(['status', 'e.yaml', '--format', 'json', '--fail-on', 'drift']);
    expect(heldIn(json)).toEqual(['3 drift']);
    expect(listOf(JSON.parse(json), 'entries').flatMap((entry) => memberOf(entry, 'x_differs') ?? [])).toMatchObject([
      { x_action: 'update', ...differs('status', 'DISABLED', 'ACTIVE') },
      { x_action: 'update', ...differs('expiry', late, '2030-01-01T00:00:00Z') },
      { x_action: 'disable', ...differs('status', 'ACTIVE', 'DISABLED') },
    ]);
    const csv = (await run(['status', 'e.yaml', '--format', 'csv'])).stdout.split('\r\n');
    expect(csv[0]).toMatch(/,policy_matches,differs$/);
    expect(csv.find((line) => line.startsWith('bob/'))).toMatch(/asked for ""ACTIVE"""$/);
    expect((await run(['status', 'e.yaml'])).code).toBe(0);
    expect((await run(['status', '--all', '--fail-on', 'attention'])).code).toBe(7);
    expect(await run(['status', '--all', '--fail-on', 'drift'])).toMatchObject({ code: 1 });
  });

  it.each([
    ['misssing', "Did you mean 'missing'? Use one or more of attention, missing, "],
    ['attention,', 'Use one or more of attention, '],
  ])('refuses a word that is no condition: %s', async (words, says) => {
    const { run } = await open();
    const ran = await run(['plan', 'e.yaml', '--fail-on', words]);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining(says) });
  });
});
