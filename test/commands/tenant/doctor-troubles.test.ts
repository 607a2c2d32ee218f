import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../src/sandbox/index.ts';
import { doctor, fine, open, unchecked } from '../../support/commands/doctor-run.ts';
import { closedPort, serve, serveTls } from '../../support/commands/serve.ts';
import { testNow } from '../../support/commands/workspace.ts';

describe('something that is no tenant', () => {
  const html = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>hello</html>' };
  const plain = (): Promise<string> => serve(() => ({ body: '{}' }));
  it.each([
    ['a port on which nothing listens', closedPort, 'refuses connections', 6],
    ['a name that is not known', () => Promise.resolve('https://acme.invalid'), 'DNS', 6],
    ['a certificate that is not trusted', () => serveTls(() => ({ body: '{}' })), 'NODE_EXTRA_CA_CERTS', 1],
    ['HTTP behind an https URL', async () => (await plain()).replace('http:', 'https:'), 'TLS', 1],
    ['a page', () => serve(() => html), 'gateway', 1],
    ['a page that refuses', () => serve(() => ({ ...html, status: 401 })), 'gateway', 1],
    [
      'a redirect',
      () => serve(() => ({ status: 302, headers: { location: 'https://sso.example/x' } })),
      'redirects',
      1,
    ],
    ['other JSON', plain, 'unexpected answer', 1],
    ['silence', () => serve(() => 'hang'), 'did not answer in time', 6],
    ['http to elsewhere', () => Promise.resolve('http://acme.us.trustedauth.com'), 'in the clear', 1],
  ])('%s fails at the connection, and nothing beyond is checked', async (_, start, says, code) => {
    const workspace = await open();
    const told = await doctor(workspace, ['--tenant', await start()]);
    expect(told.check('connection').state).toBe('failed');
    expect(told.ran.code).toBe(code);
    expect(told.check('connection').found).toContain(says);
    for (const name of ['sign-in', ...unchecked]) expect(told.check(name).state).toBe('not checked');
    expect(workspace.sandbox.tenant.requests).toEqual([]);
  });

  it('leaves one line for all that could not be checked', async () => {
    const { run } = await open();
    const { stdout } = await run(['doctor', '--tenant', await closedPort()]);
    expect(stdout).toContain(`not checked  clock, sign-in, ${unchecked.join(', ')}\n`);
    expect(stdout).toMatch(/Not ready: 1 check to put right before a plan\.\n$/);
  });

  it('is asked but once', async () => {
    const asked: string[] = [];
    const url = await serve((path) => {
      asked.push(path);
      return { status: 503, body: '{}' };
    });
    const told = await doctor(await open(), ['--tenant', url]);
    expect(told.states).toMatchObject({ connection: 'ok', 'sign-in': 'unknown', 'list users': 'not checked' });
    expect(told.ran.code).toBe(6);
    expect(asked).toHaveLength(1);
  });
});

describe('wrong credentials', () => {
  it('fail at the sign-in, are tried once and not shown', async () => {
    const workspace = await open();
    const told = await doctor(workspace, [], { environment: { FACEFORM_SHARED_SECRET: 'CANARY wrong' } });
    expect(told.states).toMatchObject({
      connection: 'ok',
      clock: 'ok',
      'sign-in': 'failed',
      'list users': 'not checked',
    });
    expect(told.check('sign-in').found).toContain('refused the credentials');
    expect(told.ran.code).toBe(1);
    expect(told.ran.stdout + told.ran.stderr).not.toContain('CANARY wrong');
    expect(workspace.sandbox.tenant.requests).toHaveLength(1);
  });
});

describe('the clock', () => {
  it.each([
    [0, 'ok', 'in step'],
    [240_000, 'ok', '4 min ahead of'],
    [-240_000, 'ok', '4 min behind'],
    [600_000, 'warning', '10 min ahead of'],
    [-600_000, 'warning', '10 min behind'],
  ])('%d ms off is called %s', async (off, state, says) => {
    const told = await doctor(await open(), [], { startAt: testNow + off });
    expect(told).toMatchObject({ ready: true, states: { ...fine, clock: state } });
    expect(told.check('clock').found).toContain(says);
  });
});

describe('a fault', () => {
  const readings = ['list users', 'look up a user', 'faces of a user', 'face settings', 'groups', 'settings'];
  /** Which check tells of a fault that strikes the first call. */
  const first: readonly (readonly [FaultKind, string])[] = [
    ['401', 'sign-in'],
    ['403', 'sign-in'],
    ['429', 'sign-in'],
    ['500', 'sign-in'],
    ['502-html', 'connection'],
    ['reset', 'connection'],
    ['truncated', 'connection'],
    ['not-json', 'connection'],
    ['wrong-shape', 'connection'],
  ];

  async function oddUnder(kind: FaultKind, at: number): Promise<readonly string[]> {
    const workspace = await open();
    workspace.sandbox.tenant.failWith({ kind, at, times: 1 });
    const { states } = await doctor(workspace);
    // An answer that is cut bears the date of this machine.
    const names = Object.keys(fine).filter((name) => name !== 'clock');
    return names.filter((name) => !['ok', 'not tried', 'not checked'].includes(states[name] ?? ''));
  }

  it.each(first)('%s in the first call is told at the %s', async (kind, name) => {
    expect(await oddUnder(kind, 0)).toEqual([name]);
  });

  it.each(first)('%s in one reading is told there, and ends no other', async (kind) => {
    for (const [index, name] of readings.entries()) {
      // An old token is replaced by itself.
      const told = kind === '401' ? [] : [name];
      expect(await oddUnder(kind, index + 1)).toEqual(kind === '429' ? [...told, 'limits'] : told);
    }
  });

  it('rate limits that the tenant tells in headers are shown', async () => {
    const url = await serve((path) => ({
      headers: { 'x-ratelimit-remaining': '17' },
      body: path.endsWith('authenticate') ? '{"authToken":"t"}' : '{"results":[]}',
    }));
    const told = await doctor(await open(), ['--tenant', url]);
    expect(told.check('limits').found).toContain('x-ratelimit-remaining: 17');
    expect(told.check('sign-in').found).toContain('not said');
  });
});
