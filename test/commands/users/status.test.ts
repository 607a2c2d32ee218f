import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { SandboxOptions, SandboxSeed } from '../../../src/sandbox/index.ts';
import {
  expectHarmless,
  expectNoStack,
  listOf,
  memberOf,
  operationsOf,
  writesOf,
} from '../../support/commands/expectations.ts';
import { openTenant, type Ran, type TenantWorkspace } from '../../support/commands/workspace.ts';

type User = NonNullable<SandboxSeed['users']>[number];
type Face = NonNullable<User['faces']>[number];

const hostile = '=cmd|"x"\u001b[2J\u202e,\r\n';
const created = '2026-03-01T00:00:00Z';
const late = '2027-06-01T00:00:00Z';
const user = (login: string, ...faces: readonly Face[]): User => ({
  login,
  id: `id-${login}`,
  groups: ['Staff'],
  faces: faces.map((face, at) => {
    const id = `${login}-${at + 1}`;
    return { id, serialNumber: `S-${id}`, created, expiry: late, ...face };
  }),
});

const users: readonly User[] = [
  user('amy', {}, { expiry: '2026-06-20T12:00:00Z' }),
  user('bob', { status: 'ACTIVATING', created: '2026-05-31T06:00:00Z' }),
  user('cyd', { status: 'NEW', created: '2026-05-20T12:00:00Z' }),
  user('dan', { status: 'FAILED' }),
  user('eve', { status: 'EXPIRED', expiry: '2026-05-01T12:00:00Z', applicantId: 'a-eve' }),
  user('fay'),
  user('gus', { status: 'DISABLED' }),
  user('hal', { flow: 'token' }),
];

const file = `version: 1
scope: { users: group, group: Staff, onRemove: keep }
enrollments:
  - { user: amy, flow: mobile }
  - { user: bob, flow: mobile }
  - { user: cyd, flow: mobile }
  - { user: dan, flow: mobile }
  - { user: eve, flow: web, applicantId: a-eve }
  - { user: fay, flow: token, customerUserId: c-1, token: { env: FACE_TOKEN_MISSING } }
  - { user: gus, flow: mobile, enabled: false }
  - { user: nil, flow: mobile }
`;

function open(options: SandboxOptions = {}, yaml: string = file): Promise<TenantWorkspace> {
  return openTenant({ seed: { users }, ...options }, { files: { 'faces.yaml': yaml } });
}

const statesOf = ({ stdout }: Ran): readonly unknown[] =>
  listOf(JSON.parse(stdout), 'entries').map(
    (entry) => `${String(memberOf(entry, 'index'))} ${String(memberOf(entry, 'state'))}`,
  );

const states = [
  'amy/S-amy-2 expiring',
  'amy/mobile enrolled',
  'bob/mobile waiting',
  'cyd/mobile waiting',
  'dan/mobile attention',
  'eve/web attention',
  'fay/token missing',
  'gus/mobile disabled',
  'hal/S-hal-1 enrolled',
  'nil/mobile missing',
];

describe('status', () => {
  it('shows what somebody has to know of, and counts the rest', async () => {
    const { run, sandbox } = await open();
    const ran = await run(['status', 'faces.yaml']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout.replace(/^.*?\n/, '')).toBe(`
2 faces in need of attention, the oldest first:
  dan/mobile  face S-dan-1  FAILED   since 2026-03-01T00:00:00Z (92 d)  faces.yaml:7:5
  eve/web     face S-eve-1  EXPIRED  since 2026-05-01T12:00:00Z (31 d)  faces.yaml:8:5

2 faces missing:
  fay/token   there is no such face        faces.yaml:9:5
  nil/mobile  the tenant has no such user  faces.yaml:11:5

1 face expiring within 30 d, the next first:
  amy/S-amy-2  face S-amy-2  ACTIVE  expires 2026-06-20T12:00:00Z (in 19 d)  (in no file)

2 faces waiting for the user or the vendor, the oldest first:
  cyd/mobile  face S-cyd-1  NEW         since 2026-05-20T12:00:00Z (12 d)  faces.yaml:6:5
  bob/mobile  face S-bob-1  ACTIVATING  since 2026-05-31T06:00:00Z (30 h)  faces.yaml:5:5

Status: 10 enrollments = 2 attention + 2 missing + 1 expiring + 2 waiting + 1 disabled + 2 enrolled + 0 unknown.
`);
    expect(ran.stdout).toMatch(/^faceform \d\S* status - tenant http:\/\/127\.0\.0\.1:\d+ - 1 file, 9 users\n/);
    expect(writesOf(sandbox)).toBe(0);
    expect(await run(['status', 'faces.yaml'])).toEqual(ran);
    const documented = /```text\n(.*?)```/s.exec(await readFile('docs/status.md', 'utf8'))?.[1] ?? 'no example';
    for (const line of documented.split('\n')) expect(ran.stdout).toContain(`${line}\n`);
  });

  it('gives all of it as JSON, whose totals add up', async () => {
    const { run } = await open();
    const ran = await run(['status', 'faces.yaml', '--format', 'json']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(statesOf(ran)).toEqual(states);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      format_version: '1.0',
      tool: 'faceform',
      timestamp: '2026-06-01T12:00:00Z',
      x_complete: true,
      x_users: 9,
      x_within: 30 * 86_400,
      summary: { total: 10, attention: 2, missing: 2, expiring: 1, waiting: 2, disabled: 1, enrolled: 2, unknown: 0 },
    });
    expect(listOf(JSON.parse(ran.stdout), 'entries')[5]).toEqual({
      index: 'eve/web',
      state: 'attention',
      user: 'eve',
      uuid: 'id-eve',
      flow: 'web',
      status: 'EXPIRED',
      since: '2026-05-01T12:00:00Z',
      expiry: '2026-05-01T12:00:00Z',
      serial_number: 'S-eve-1',
      face_id: 'eve-1',
      x_source: { file: 'faces.yaml', line: 8, column: 5 },
    });
  });

  it('gives all of it as CSV, one line for each', async () => {
    const { run } = await open();
    const { code, stdout } = await run(['status', 'faces.yaml', '--format', 'csv']);
    const lines = stdout.split('\r\n');
    expect(code).toBe(0);
    expect(lines[0]).toBe(
      'index,state,user,uuid,flow,status,since,expiry,serial_number,face_id,file,line,column,reason,policy_days,policy_matches,differs',
    );
    expect(lines.slice(1, -1).map((line) => line.split(',').slice(0, 2).join(' '))).toEqual(states);
    expect(lines[6]).toBe(
      'eve/web,attention,eve,id-eve,web,EXPIRED,2026-05-01T12:00:00Z,2026-05-01T12:00:00Z,S-eve-1,eve-1,faces.yaml,8,5,,,,',
    );
    expect(lines[7]).toBe('fay/token,missing,fay,id-fay,token,,,,,,faces.yaml,9,5,there is no such face,,,');
    expect(lines.at(-1)).toBe('');
  });

  it('reads the working directory where no path is given, and takes its own time for expiring', async () => {
    const { run } = await open();
    const ran = await run(['status', '--within', '24h', '--format', 'json']);
    expect(statesOf(ran)).toEqual(states.map((state) => state.replace('expiring', 'enrolled')));
  });

  it('of the whole tenant asks for no file', async () => {
    const { run, sandbox } = await open({}, 'broken: [');
    const ran = await run(['status', '--all', '--every-user', '--format', 'json']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(statesOf(ran)).toEqual([
      'amy/S-amy-1 enrolled',
      'amy/S-amy-2 expiring',
      'bob/S-bob-1 waiting',
      'cyd/S-cyd-1 waiting',
      'dan/S-dan-1 attention',
      'eve/S-eve-1 attention',
      'gus/S-gus-1 disabled',
      'hal/S-hal-1 enrolled',
    ]);
    expect(operationsOf(sandbox)).toEqual(['listUsers', 'listFaces']);
  });

  it('of the whole tenant says whom the filter may leave out', async () => {
    const { run } = await open({ readings: { faceFilter: 'active-only' } });
    const ran = await run(['status', '--all']);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('[FACE_FILTER]');
    expect(ran.stdout).not.toContain('bob');
    expect((await run(['status', '--all', '--every-user'])).stdout).toContain('bob/S-bob-1');
  });
});

describe('a status that is not complete', () => {
  it('ends with 6, and names whom it could not read and why', async () => {
    const { run, sandbox } = await open();
    sandbox.tenant.failWith({ kind: '403', operation: 'listFaces', path: 'id-amy', times: Infinity });
    const text = await run(['status', 'faces.yaml']);
    expect(text.code).toBe(6);
    expect(text.stdout).toMatch(/^1 not known, since the user could not be read:\n {2}amy {2}forbidden: .*FACE:VIEW/m);
    expect(text.stdout).toMatch(/ \+ 1 unknown\. Incomplete\.\n$/);
    const json = await run(['status', 'faces.yaml', '--format', 'json']);
    expect(json.code).toBe(6);
    expect(memberOf(JSON.parse(json.stdout), 'x_complete')).toBe(false);
    const csv = await run(['status', 'faces.yaml', '--format', 'csv']);
    expect(csv.code).toBe(6);
    expect(csv.stdout).toMatch(/^amy,unknown,amy,,,,,,,,faces\.yaml,4,5,.*FACE:VIEW/m);
  });

  it.each([
    [['status', 'faces.yaml'], 1, 'GROUPS:VIEW'],
    [['status', '--all'], 6, 'USERS:VIEW'],
  ])('names the permission that %j lacks', async (args, code, permission) => {
    const { run } = await open({ permissions: ['FACE:VIEW'] });
    const ran = await run(args);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(permission);
    expectNoStack(ran);
  });
});

describe('status does not begin', () => {
  it.each([
    [['status', 'faces.yaml', '--all'], '--all cannot be combined with faces.yaml'],
    [['status', '--every-user'], '--every-user has no effect without --all'],
    [['status', '--within', '30'], 'such as 24h or 7d'],
    [['status', '--format', 'xml'], 'csv'],
    [['status', 'no.yaml'], '[UNREADABLE_FILE]'],
  ])('with %j', async (args, says) => {
    const { run, sandbox } = await open();
    const ran = await run(args);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain(says);
    expect(sandbox.tenant.requests).toEqual([]);
  });
});

describe('hostile text from the tenant', () => {
  it.each(['text', 'json', 'csv', 'prometheus'])('is harmless in status --format %s', async (format) => {
    const { run, sandbox } = await open({ seed: {} });
    sandbox.tenant.addUser({ login: hostile });
    sandbox.tenant.addFace(hostile, { serialNumber: hostile, status: 'FAILED', applicantId: hostile });
    const ran = await run(['status', '--all', '--every-user', '--format', format]);
    expect(ran.code).toBe(0);
    expectHarmless(format === 'csv' ? { ...ran, stdout: ran.stdout.replaceAll('\r\n', '\n') } : ran);
    if (format === 'csv') expect(ran.stdout).toContain(`,"'=cmd|""x""\\u001b[2J\\u202e,\\r\\n",`);
  });
});
