import { describe, expect, it } from 'vitest';
import { chosen, file, heads } from '../../support/desired/environment-files.ts';
import { codes, complaints, loadFiles, loadText, presentOf, stateOf } from '../../support/desired/load-files.ts';

describe('files for several environments', () => {
  it('are read for the one that is chosen, with its tenant over the one of the file', async () => {
    const text = `tenant: { concurrency: 4, requestsPerSecond: 3 }\n${file('user: ann, flow: mobile')}`;
    expect(stateOf(await loadText(text, chosen('staging')))).toMatchObject({
      environment: { name: 'staging' },
      tenant: { url: 'https://test.us.trustedauth.com', concurrency: 2, requestsPerSecond: 3 },
    });
    expect(stateOf(await loadText(text, chosen('prod'))).tenant).toEqual({
      url: 'https://acme.us.trustedauth.com',
      concurrency: 4,
      requestsPerSecond: 3,
    });
  });

  it('are an error that lists them where none is chosen, and what is wrong in any of them is told too', async () => {
    const loaded = await loadText(file('user: ann, flow: web, applicantId: { staging: a, prod: b }'));
    expect(complaints(loaded)).toEqual(['ENVIRONMENT_NOT_CHOSEN a.yaml:2:1']);
    expect(loaded.diagnostics[0]?.detail).toContain('staging, prod');
    const past = file("user: ann, flow: mobile, expiry: '2020-01-01T00:00:00Z'");
    expect(codes(await loadText(past))).toEqual(['ENVIRONMENT_NOT_CHOSEN', 'EXPIRY_IN_PAST']);
    const late = file("user: ann, flow: mobile, expiry: { staging: none, prod: '2020-01-01T00:00:00Z' }");
    expect(codes(await loadText(late))).toEqual(['ENVIRONMENT_NOT_CHOSEN', 'EXPIRY_IN_PAST']);
  });

  it('say which name was meant by a misspelt choice', async () => {
    const loaded = await loadText(file('user: ann, flow: mobile'), chosen('prd'));
    expect(complaints(loaded)).toEqual(['UNKNOWN_ENVIRONMENT a.yaml:2:1']);
    expect(loaded.diagnostics[0]?.detail).toBe("Did you mean 'prod'? The files declare: staging, prod.");
    const other = await loadText(file('user: ann, flow: mobile'), chosen('elsewhere'));
    expect(other.diagnostics[0]?.detail).toBe('The files declare: staging, prod.');
  });

  it('are declared in one file, or in several alike', async () => {
    const others = { 'b.yaml': `version: 1\n${heads}` };
    expect(codes(await loadFiles({ 'a.yaml': file(), ...others }, chosen('prod')))).toEqual([]);
    const changed = { 'b.yaml': `version: 1\n${heads.replace('acme', 'other')}` };
    expect(complaints(await loadFiles({ 'a.yaml': file(), ...changed }, chosen('prod')))).toEqual([
      'HEAD_TWICE b.yaml:2:1',
    ]);
  });

  it('name the tenant once', async () => {
    const text = `tenant: { url: 'https://acme.us.trustedauth.com' }\n${file('user: ann, flow: mobile')}`;
    expect(complaints(await loadText(text, chosen('prod')))).toEqual(['TENANT_CONFLICT a.yaml:1:11']);
  });

  it.each(['Prod', 'all', 'a_b', '-a', 'a--b', 'x'.repeat(41)])(
    'have names that variables can bear, not "%s"',
    async (name) => {
      const text = `version: 1\nenvironments:\n  ${name}: { tenant: { url: 'https://a.trustedauth.com' } }\n`;
      const { diagnostics } = await loadText(text, chosen('prod'));
      expect(diagnostics.find(({ code }) => code === 'WRONG_VALUE')?.range?.start).toMatchObject({
        line: 3,
        column: 3,
      });
    },
  );

  it('have a tenant each, and no other properties', async () => {
    const text =
      "version: 1\nenvironments:\n  a: { tenant: { url: 'https://a.trustedauth.com' }, credential: {} }\n  b: {}\n";
    const loaded = await loadText(text, chosen('a'));
    expect(complaints(loaded)).toEqual(['UNKNOWN_MEMBER a.yaml:3:54', 'MISSING_MEMBER a.yaml:4:6']);
    expect(loaded.diagnostics[0]?.detail).toBe("Did you mean 'credentials'?");
  });

  it('leave names alone while the declaration itself has errors', async () => {
    const text = 'version: 1\nenvironments: []\nenrollments: [{ user: ann, flow: mobile, in: [prod] }]\n';
    expect(codes(await loadText(text, chosen('prod')))).toEqual(['WRONG_TYPE']);
    expect(codes(await loadFiles({ 'a.yaml': file(), 'b.yaml': text }, chosen('test')))).toEqual(['WRONG_TYPE']);
  });
});

describe('a file without environments', () => {
  it('refuses a choice', async () => {
    const loaded = await loadText('version: 1\nenrollments: []\n', chosen('prod'));
    expect(codes(loaded)).toEqual(['UNKNOWN_ENVIRONMENT']);
  });

  it.each(['in: [prod]', 'enabled: { prod: true }'])('has no entry with %s', async (member) => {
    const loaded = await loadText(`version: 1\nenrollments: [{ user: ann, flow: mobile, ${member} }]\n`);
    expect(codes(loaded)).toEqual(['UNKNOWN_ENVIRONMENT']);
  });
});

describe('an entry', () => {
  it('is there in the environments that it names', async () => {
    const text = file('user: ann, flow: mobile, in: [prod]', 'user: bob, state: absent, in: [staging, prod]');
    const usersIn = async (name: string) =>
      stateOf(await loadText(text, chosen(name))).enrollments.map(({ key }) => key);
    expect(await usersIn('prod')).toEqual(['ann/mobile', 'bob']);
    expect(await usersIn('staging')).toEqual(['bob']);
  });

  it('has the value of each property for the environment, and none where that is asked for', async () => {
    const text = file(
      'user: ann, flow: web, applicantId: { staging: s, prod: p }, enabled: { staging: false, prod: true }, ' +
        "expiry: { staging: none, prod: '2035-01-01T00:00:00Z' }, lifetime: { staging: 90d, prod: none }",
    );
    expect(presentOf(await loadText(text, chosen('staging')))).toMatchObject([
      { enabled: false, face: { applicantId: 's', expiry: { rule: 'lifetime' } } },
    ]);
    expect(presentOf(await loadText(text, chosen('prod')))).toMatchObject([
      { enabled: true, face: { applicantId: 'p', expiry: { rule: 'at' } } },
    ]);
  });

  it('has defaults by environment too', async () => {
    const text = file('user: ann, flow: mobile').replace(
      'enrollments:',
      'defaults: { enabled: { staging: false, prod: true }, lifetime: { staging: 1d, prod: none } }\nenrollments:',
    );
    expect(presentOf(await loadText(text, chosen('staging')))).toMatchObject([
      { enabled: false, face: { expiry: { rule: 'lifetime' } } },
    ]);
    expect(presentOf(await loadText(text, chosen('prod')))).toMatchObject([
      { enabled: true, face: { expiry: { rule: 'tenant' } } },
    ]);
    const broken = text.replace('staging: false, prod: true', 'staging: false');
    expect(complaints(await loadText(broken, chosen('prod')))).toEqual(['ENVIRONMENT_LEFT_OUT a.yaml:5:13']);
  });

  it('needs a value for each environment that it is in', async () => {
    const missing = await loadText(file('user: ann, flow: mobile, enabled: { prod: false }'), chosen('prod'));
    expect(complaints(missing)).toEqual(['ENVIRONMENT_LEFT_OUT a.yaml:6:32']);
    expect(missing.diagnostics[0]).toMatchObject({
      summary: "'enabled' has no value for 'staging'",
      detail: 'Give a value for each environment of the entry.',
    });
    const dated = await loadText(file('user: ann, flow: mobile, lifetime: { prod: 1d }'), chosen('prod'));
    expect(dated.diagnostics[0]?.detail).toContain("'none' to leave it out there");
    const elsewhere = file('user: ann, flow: mobile, in: [prod], enabled: { prod: false }');
    expect(codes(await loadText(elsewhere, chosen('prod')))).toEqual([]);
  });

  it('says at its place what environment is not known', async () => {
    const text = file(
      'user: ann, flow: mobile, in: [prod, stagin]',
      'user: bob, flow: mobile, lifetime: { staging: 1d, prod: 2d, tset: 3d }',
    );
    expect(complaints(await loadText(text, chosen('prod')))).toEqual([
      'UNKNOWN_ENVIRONMENT a.yaml:6:43',
      'UNKNOWN_ENVIRONMENT a.yaml:7:67',
    ]);
  });

  it('has its mistakes at the value of the environment', async () => {
    const text = file("user: ann, flow: mobile, expiry: { staging: none, prod: '2020-01-01T00:00:00Z' }");
    expect(complaints(await loadText(text, chosen('prod')))).toEqual(['EXPIRY_IN_PAST a.yaml:6:57']);
    expect(codes(await loadText(text, chosen('staging')))).toEqual([]);
  });

  it.each([
    ['enabled: { prod: yes, staging: true }', 'WRONG_TYPE'],
    ['enabled: {}', 'WRONG_VALUE'],
    ['lifetime: { prod: 3 weeks, staging: none }', 'WRONG_VALUE'],
    ['enabled: yes', 'WRONG_TYPE'],
    ['in: []', 'WRONG_VALUE'],
    ['lifetime: none', 'WRONG_VALUE'],
  ])('is refused with %s', async (member, code) => {
    expect(codes(await loadText(file(`user: ann, flow: mobile, ${member}`), chosen('prod')))).toEqual([code]);
  });
});
