import { describe, expect, it } from 'vitest';
import { totalsOf } from '../../support/commands/expectations.ts';
import {
  approved,
  expectNothingSent,
  mailed,
  named,
  open,
  user,
  waiting,
} from '../../support/commands/resend-scenario.ts';

describe('resend --user', () => {
  it('mails a user who waits, says since when he does, and mails him again when asked again', async () => {
    const workspace = await open();
    const ran = await workspace.run(approved(...named('ann')));
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^ {2}ann {2}face [\d-]+ {2}ACTIVATING {2}since 2026-05-28T08:00:00Z \(4 d\)$/m);
    expect(totalsOf(ran)).toMatchObject({ planned: 1, applied: 1 });
    expect(mailed(workspace)).toEqual(['ann']);
    expect((await workspace.run(approved(...named('ann')))).code).toBe(0);
    expect(mailed(workspace)).toEqual(['ann', 'ann']);
  });

  it('mails once for each face that waits, however often and by whichever names its user is named', async () => {
    const workspace = await open();
    const names = ['ANN', 'ann', 'ann.alias', 'uuid:id-ann', 'externalId:E-ann', 'fay'];
    const ran = await workspace.run(approved(...named(...names)));
    expect(totalsOf(ran)).toMatchObject({ planned: 3, applied: 3 });
    expect(mailed(workspace)).toEqual(['ann', 'fay', 'fay']);
    expect(new Set(workspace.sandbox.tenant.emails.map(({ faceId }) => faceId)).size).toBe(3);
  });

  it.each([
    ['dan', 'the faces are ACTIVE'],
    ['eli', 'the user has no face'],
    ['zoe', 'whom the tenant does not have'],
    ['uuid:none', 'whom the tenant does not have'],
  ])(
    'mails nobody at all where %s is among them, since a second run would mail the others twice',
    async (who, says) => {
      const workspace = await open();
      const ran = await workspace.run(approved(...named('ann', who)));
      expect(ran.stderr).toContain(`--user names "${who}"`);
      expect(ran.stderr).toContain(says);
      expectNothingSent(ran, workspace, 1);
    },
  );

  it('does not mail for a web face that waits', async () => {
    const web = user('web', waiting(9, { flow: 'web', applicantId: 'a-1' }));
    const workspace = await open({ seed: { users: [web] } });
    expectNothingSent(await workspace.run(approved(...named('web'))), workspace, 1);
  });

  it.each(['true', 'false', 'missing'] as const)(
    'knows a waiting mobile face where the tenant shows its mobile as %s',
    async (pendingMobile) => {
      const workspace = await open({ readings: { pendingMobile } });
      expect((await workspace.run(approved(...named('ann')))).code).toBe(0);
      expect(mailed(workspace)).toEqual(['ann']);
    },
  );

  it('needs no file, and takes tenant and budget from those that are given', async () => {
    const workspace = await open({}, 'budgets: { email: 1 }\nenrollments: []\n');
    expectNothingSent(await workspace.run(approved(...named('ann', 'ben'), 'faces.yaml')), workspace, 5);
    expect((await workspace.run(approved(...named('ann'), 'faces.yaml'))).code).toBe(0);
  });
});

describe('resend --older-than', () => {
  const entries = ['ann', 'ben', 'cyd', 'dan', 'eli'].map((login) => `  - { user: ${login}, flow: mobile }\n`);
  const file = `enrollments:\n${entries.join('')}`;

  it('mails those of the files who have waited exactly so long or longer, oldest first, at their lines', async () => {
    const workspace = await open({}, file);
    const ran = await workspace.run(approved('--older-than', '72h', 'faces.yaml'));
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^ {2}ann .* faces\.yaml:3:5\n {2}ben .* faces\.yaml:4:5$/m);
    expect(ran.stdout).toContain('ann/mobile');
    expect(totalsOf(ran)).toMatchObject({ planned: 2, applied: 2 });
    expect(mailed(workspace)).toEqual(['ann', 'ben']);
  });

  it('reads the working directory without a path, as plan does', async () => {
    const workspace = await open({}, file);
    await workspace.run(approved('--older-than', '71h'));
    expect(mailed(workspace)).toEqual(['ann', 'ben', 'cyd']);
  });

  it.each([
    ['is to be gone', '{ user: ann, state: absent }'],
    ['is not to be enabled', '{ user: ann, flow: mobile, enabled: false }'],
    ['is not to be mailed', '{ user: ann, flow: mobile, activation: { email: false } }'],
    ['is of another flow', '{ user: ann, flow: web, applicantId: a-1 }'],
  ])('mails nobody whose face %s', async (_, entry) => {
    const workspace = await open({}, `enrollments:\n  - ${entry}\n`);
    const ran = await workspace.run(approved('--older-than', '1h', 'faces.yaml'));
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('Nobody to mail.');
    expect(mailed(workspace)).toEqual([]);
  });

  it('needs no token of those who have one', async () => {
    const token = '  - { user: eli, flow: token, customerUserId: c, token: { env: FACE_TOKEN_UNSET } }\n';
    const workspace = await open({}, `${file}${token}`);
    expect((await workspace.run(approved('--older-than', '72h'))).code).toBe(0);
  });

  it('mails nobody where a user of the files is missing, unless that is but a warning', async () => {
    const workspace = await open({}, `${file}  - { user: zoe, flow: mobile }\n`);
    const line = approved('--older-than', '72h');
    expectNothingSent(await workspace.run(line), workspace, 1);
    const { code, stdout } = await workspace.run([...line, '--skip-missing-users']);
    expect([code, stdout]).toEqual([0, expect.stringContaining(' 1 user waiting to be provisioned.\n')]);
    expect(mailed(workspace)).toEqual(['ann', 'ben']);
  });
});

describe('a resend that names nobody, or in two ways', () => {
  it.each([[[]], [['--user', 'ann', '--older-than', '72h']], [['--older-than', 'soon']]])(
    '%j is refused',
    async (rest) => {
      const { run, sandbox } = await open();
      expect(await run(approved(...rest))).toMatchObject({ code: 1, stdout: '' });
      expect(sandbox.tenant.requests).toEqual([]);
    },
  );
});

describe('approval', () => {
  it('is asked for, and nothing but yes is taken for it', async () => {
    const workspace = await open();
    const line = ['resend', ...named('ann')];
    expectNothingSent(await workspace.run(line, { answer: 'y' }), workspace, 1);
    expectNothingSent(await workspace.run(line), workspace, 1);
    const ran = await workspace.run(line, { answer: 'yes' });
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain(`Send 1 activation e-mail from ${workspace.sandbox.url}?`);
    expect(mailed(workspace)).toEqual(['ann']);
  });

  it('given late does not mail a user who has acted meanwhile, and the others are mailed', async () => {
    const workspace = await open();
    const { run, sandbox } = workspace;
    const onAsk = (): void => {
      for (const { id } of sandbox.tenant.faces('ann')) sandbox.tenant.activate(id);
    };
    const ran = await run(['resend', ...named('ann', 'ben')], { answer: 'yes', onAsk });
    expect(ran.code).toBe(4);
    expect(totalsOf(ran)).toMatchObject({ planned: 2, applied: 1, stale: 1 });
    expect(mailed(workspace)).toEqual(['ben']);
  });
});

describe('the e-mail budget', () => {
  const many = Array.from({ length: 101 }, (_, index) => user(`u${index}`, waiting(1)));
  const all = named(...many.map(({ login }) => login));

  it('is 100 where no file says otherwise, and only the exact count passes it', async () => {
    const workspace = await open({ seed: { users: many } });
    const ran = await workspace.run(approved(...all));
    expectNothingSent(ran, workspace, 5);
    expect(ran.stderr).toContain('--allow-emails 101');
    expectNothingSent(await workspace.run(approved(...all, '--allow-emails', '102')), workspace, 5);
    expect((await workspace.run(approved(...all, '--allow-emails', '101'))).code).toBe(0);
    expect(mailed(workspace)).toHaveLength(101);
  });

  it('may be a share of the faces', async () => {
    const file =
      'budgets: { email: 50% }\nenrollments:\n  - { user: ann, flow: mobile }\n  - { user: dan, flow: mobile }\n';
    const workspace = await open({}, file);
    expect((await workspace.run(approved('--older-than', '1h', 'faces.yaml'))).code).toBe(0);
    expectNothingSent(
      await (await open({}, file)).run(approved(...named('ann', 'ben'), 'faces.yaml')),
      await open(),
      5,
    );
  });
});

describe('users who cannot be read', () => {
  it('are not mailed, nor is anybody else unless that is allowed', async () => {
    const workspace = await open();
    const { run, sandbox } = workspace;
    sandbox.tenant.failWith({ kind: '500', operation: 'listFaces', path: 'id-ann', times: Infinity });
    const line = approved(...named('ann', 'ben'));
    const refused = await run(line);
    expect(refused.stdout).toContain('Incomplete: 1 user could not be read, so no e-mail is sent to:');
    expectNothingSent(refused, workspace, 6);
    const ran = await run([...line, '--allow-incomplete']);
    expect(ran.code).toBe(6);
    expect(mailed(workspace)).toEqual(['ben']);
  });
});
