import { describe, expect, it } from 'vitest';
import { expectHarmless, memberOf } from '../../support/commands/expectations.ts';
import { amy, callsOf, decisionsOf, entries, explained, open } from '../../support/commands/explain-scenario.ts';

const hostile = '=cmd|"x"\u001b[2J\u202e,\r\n';
const inStaff = `scope: { users: group, group: Staff, onRemove: delete }\n${entries('user: amelia, flow: mobile')}`;

describe('explain reads', () => {
  it.each([
    ['amy', entries('user: amy, flow: mobile'), { getUserByLogin: 1 }],
    ['uuid:ID-AMY', entries('user: amy, flow: mobile'), { getUser: 1 }],
    ['externalId:E-amy', entries('user: amy, flow: mobile'), { getUserByExternalId: 1 }],
    ['amy', inStaff, { getUserByLogin: 1, getGroupByExternalId: 1 }],
  ])('each thing of %s once', async (user, yaml, lookUps) => {
    const workspace = await open([{}], yaml);
    const name = user === 'uuid:ID-AMY' ? 'uuid:id-amy' : user;
    expect((await workspace.run(['explain', name, 'users.yaml'])).code).toBe(0);
    expect(callsOf(workspace)).toEqual({ ...lookUps, getGeneralSettings: 1, listFaces: 1, getFaceSettings: 1 });
  });

  it('aliases and groups with one search where the look-up leaves them out', async () => {
    const workspace = await open([{}], inStaff, { readings: { aliasesInline: 'no' } });
    const { code, stdout } = await workspace.run(['explain', 'amy', 'users.yaml']);
    expect(code).toBe(0);
    expect(stdout).toContain('aliases      amelia\n');
    expect(stdout).toContain('groups       Staff\n');
    expect(stdout).toContain('amelia/mobile: no change for face S-1');
    expect(callsOf(workspace)).toMatchObject({ getUserByLogin: 1, listUsers: 1 });
  });

  it('all files of the working directory where none is named', async () => {
    const { run } = await open([{}], entries('user: amy, flow: mobile'));
    expect((await run(['explain', 'amy'])).stdout).toContain('amy/mobile  by login  users.yaml:3:5\n');
  });

  it('the embedded tenant with --sandbox', async () => {
    const { run } = await open([], entries('user: amy, flow: mobile'));
    const { code, stdout } = await run(['explain', 'amy', '--sandbox', 'users.yaml']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^faceform \S+ explain - tenant sandbox:\.faceform\/sandbox\.json - user amy\n/);
  });
});

describe('explain of a user whom the tenant does not have', () => {
  it.each([404, 400] as const)(
    'names the entries and ends with 1, under a missed look-up with %i',
    async (missedLookup) => {
      const yaml = entries('user: amy, flow: mobile', 'user: Nil, flow: mobile', 'user: nil, state: absent, flow: web');
      const workspace = await open([{}], yaml, { readings: { missedLookup } });
      const { code, stdout, json } = await explained(workspace, 'nil', 'users.yaml');
      expect(code).toBe(1);
      expect(stdout).toContain('The tenant has no user "nil", or does not show them to this role.');
      expect(stdout).toContain('The entries below name this user.');
      expect(stdout).toMatch(/nil\/mobile +by login +users\.yaml:4:5\n +nil\/web +by login +users\.yaml:5:5\n/);
      expect(stdout).toContain('[USER_NOT_FOUND]');
      expect(json).toMatchObject({ presence: 'absent', ownership: 'unknown', faces: [], decisions: [] });
    },
  );

  it.each([
    ['uuid:none', 'No entry names this user.'],
    ['bob', 'The entry below names this user.'],
  ])('says whether an entry names them: %s', async (user, says) => {
    const { code, stdout } = await explained(await open([{}], entries('user: bob, flow: mobile')), user);
    expect(code).toBe(1);
    expect(stdout).toContain(says);
  });
});

describe('explain of a user who cannot be read', () => {
  it.each([
    ['listFaces', true, 'FACE:VIEW'],
    ['getUserByLogin', false, 'USERS:VIEW'],
    ['listUsers', false, 'USERS:VIEW'],
  ] as const)('plans nothing and ends with 6, where %s is refused', async (operation, isKnown, permission) => {
    const yaml = `scope: { users: tenant, onRemove: delete }\n${entries('user: amy, state: absent')}`;
    const workspace = await open([{}], yaml, { readings: { aliasesInline: 'no' } });
    workspace.sandbox.tenant.failWith({ kind: '403', operation, times: Infinity });
    const { code, stdout, json } = await explained(workspace, 'amy', 'users.yaml');
    expect(code).toBe(6);
    expect(stdout).toContain('In short\n  The user could not be read (forbidden): ');
    expect(stdout).toContain(permission);
    expect(stdout.includes('aliases      amelia')).toBe(isKnown);
    expect(stdout).toContain(
      isKnown ? 'No other entry can name this user' : 'The other names of the user are not known',
    );
    expect(stdout).toMatch(/\n {2}amy +by login +users\.yaml:4:5\n/);
    expect(stdout).not.toContain('Decisions');
    expect(json).toMatchObject({
      presence: 'unknown',
      reason: { code: 'forbidden' },
      decisions: [],
      resource_changes: [],
    });
  });
});

describe('explain without the settings', () => {
  it('says that the lifetime could not be read, and goes on', async () => {
    const workspace = await open([{}], entries('user: amy, flow: mobile'));
    workspace.sandbox.tenant.failWith({ kind: '403', operation: 'getFaceSettings', times: Infinity });
    const { code, stdout, json } = await explained(workspace, 'amy', 'users.yaml');
    expect(code).toBe(0);
    expect(stdout).toMatch(/lifetime of a face {2}could not be read \(forbidden\): .*FACE:VIEW/);
    expect(memberOf(json, 'face_settings')).toMatchObject({ reason: { code: 'forbidden' }, faces_allowed: 5 });
    expect(decisionsOf(json)).toHaveLength(1);
  });

  it("ends with 6 where 'lifetime: policy' needs them, as a plan does", async () => {
    const workspace = await open([{}], entries('user: amy, flow: mobile, lifetime: policy'));
    workspace.sandbox.tenant.failWith({ kind: '403', operation: 'getFaceSettings', times: Infinity });
    const { code, stdout, json } = await explained(workspace, 'amy', 'users.yaml');
    expect(code).toBe(6);
    expect(stdout).toContain('In short\n  The face settings of the user could not be read (forbidden): ');
    expect(json).toMatchObject({ undecided: { code: 'forbidden' }, decisions: [], resource_changes: [] });
    expect((await workspace.run(['plan', 'users.yaml'])).code).toBe(6);
  });

  it('takes the usual maximum of faces for a guess', async () => {
    const workspace = await open([{}], entries('user: amy, flow: mobile'));
    workspace.sandbox.tenant.failWith({ kind: 'wrong-shape', operation: 'getGeneralSettings', times: Infinity });
    const { code, stdout } = await explained(workspace, 'amy', 'users.yaml');
    expect(code).toBe(0);
    expect(stdout).toContain('faces in use        1 of 5, the default: the setting could not be read\n');
    expect(stdout).toContain('[SETTINGS_NOT_READ]');
  });
});

describe('explain does not begin', () => {
  it.each([
    [['explain'], "missing required argument 'user'"],
    [['explain', '', 'users.yaml'], 'argument 2, after explain, is empty'],
    [['explain', ' ', 'users.yaml'], 'the user has no name'],
    [['explain', 'uuid:', 'users.yaml'], 'the user has no name'],
    [['explain', 'amy', 'no.yaml'], '[UNREADABLE_FILE]'],
    [['explain', 'amy', '--format', 'csv'], 'json'],
  ])('with %j', async (args, says) => {
    const { run, sandbox } = await open([], entries('user: amy, flow: mobile'));
    const ran = await run(args);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain(says);
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it("without the scope's group", async () => {
    const { run } = await open([{}], 'scope: { users: group, group: Nobody, onRemove: keep }\nenrollments: []\n');
    const ran = await run(['explain', 'amy', 'users.yaml']);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('the tenant has no group "Nobody"');
  });
});

describe('hostile text from the tenant', () => {
  it.each(['text', 'json'])('is harmless in explain --format %s', async (format) => {
    const { run, sandbox } = await open(
      [],
      entries('uuid: id-eve, flow: web, applicantId: a', 'user: amy, flow: mobile'),
    );
    const { faces: _, ...names } = amy([]);
    const shown = { aliases: [hostile], externalId: hostile, groups: [hostile], login: `x${hostile}`, id: 'id-eve' };
    sandbox.tenant.addUser({ ...names, ...shown });
    sandbox.tenant.addFace(`x${hostile}`, { serialNumber: hostile, applicantId: hostile, platform: hostile });
    const ran = await run(['explain', 'uuid:id-eve', 'users.yaml', '--format', format]);
    expect(ran.code).toBe(0);
    expectHarmless(ran);
    if (format === 'text') expect(ran.stdout).toContain('applicantId "=cmd|\\"x\\"\\u001b[2J\\u202e,\\r\\n"');
  });

  it('is harmless where it is the name that was asked for', async () => {
    const ran = await (await open([], entries('user: amy, flow: mobile'))).run(['explain', hostile]);
    expect(ran.code).toBe(1);
    expectHarmless(ran);
  });
});
