import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SandboxStateError, seedUsers, startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { caller, callerTo, textAt } from './caller.ts';

async function stateFile(text?: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'faceform-sandbox-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const file = join(directory, 'deep', 'state.json');
  if (text === undefined) return file;
  const flat = join(directory, 'state.json');
  await writeFile(flat, text);
  return flat;
}

async function failure(work: Promise<Sandbox>): Promise<unknown> {
  return work.then(
    (sandbox) => sandbox.close(),
    (error: unknown) => error,
  );
}

async function saved(file: string): Promise<unknown> {
  const value: unknown = JSON.parse(await readFile(file, 'utf8'));
  return value;
}

describe('a state file', () => {
  it('brings the tenant back with its credentials, its clock and its faces', async () => {
    const state = await stateFile();
    const first = await startSandbox({ state, seed: seedUsers(2) });
    const session = await callerTo(first);
    const path = `/api/web/v2/users/${session.id('user1')}/face`;
    await session.call('POST', path, { returnQRCode: true });
    first.tenant.advance(5000);
    await first.close();
    const second = await startSandbox({ state, seed: seedUsers(9) });
    onTestFinished(() => second.close());
    expect(second.tenant.toSeed()).toEqual(first.tenant.toSeed());
    expect(second.sharedSecret).toBe(first.sharedSecret);
    expect(second.tenant.toSeed().clockOffset).toBe(5000);
  });

  it('has a write in it before the write is answered', async () => {
    const state = await stateFile();
    const { call, id } = await caller({ state, seed: seedUsers(30) });
    const creates = Array.from({ length: 30 }, async (_, index) => {
      const path = `/api/web/v2/users/${id(`user${index}`)}/face`;
      const { body } = await call('POST', path, { applicantId: 'a' });
      expect(JSON.stringify(await saved(state))).toContain(textAt(body, 'id'));
    });
    await Promise.all(creates);
  });

  it('is its owner’s alone and leaves no drafts behind', async () => {
    const state = await stateFile();
    const { sandbox } = await caller({ state, seed: seedUsers(1) });
    sandbox.tenant.addFace('user0');
    sandbox.tenant.addFace('user0');
    await sandbox.close();
    if (process.platform !== 'win32') expect((await stat(state)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(state, '..'))).toEqual(['state.json']);
  });

  it('never gives the id of a deleted face to another', async () => {
    const state = await stateFile();
    const first = await startSandbox({ state, seed: seedUsers(1) });
    const { id } = first.tenant.addFace('user0');
    first.tenant.removeFace(id);
    await first.close();
    const second = await startSandbox({ state });
    onTestFinished(() => second.close());
    expect(second.tenant.addFace('user0').id).not.toBe(id);
  });

  it('may be written by hand, with little in it', async () => {
    const state = await stateFile('{"users":[{"login":"alice","groups":["Staff"],"faces":[{"status":"EXPIRED"}]}]}');
    const { sandbox } = await caller({ state });
    expect(sandbox.tenant.faces('alice')).toMatchObject([{ flow: 'mobile', status: 'EXPIRED', registered: true }]);
    expect(sandbox.tenant.groups()).toMatchObject([{ name: 'Staff' }]);
  });

  it('keeps a face without an expiry as one', async () => {
    const state = await stateFile('{"users":[{"login":"alice","faces":[{"expiry":null}]}]}');
    const { sandbox } = await caller({ state });
    expect(sandbox.tenant.toSeed()).toMatchObject({ users: [{ faces: [{ expiry: null }] }] });
  });

  it.each([
    ['{', 'not JSON'],
    ['[]', 'the file must be an object'],
    ['{"user":[]}', 'the file has the unknown member "user"'],
    ['{"users":[{}]}', 'users[0].login is missing'],
    ['{"users":[{"login":"a","faces":[{"status":"ACTVE"}]}]}', 'users[0].faces[0].status must be one of'],
    ['{"users":[{"login":"a","faces":[{"expiry":"soon"}]}]}', 'users[0].faces[0].expiry must be a date'],
    ['{"users":[{"login":"a"},{"login":"b","aliases":["A"]}]}', 'the login or alias "A" is taken'],
    ['{"users":[{"login":"a","faces":[{"id":"x"},{"id":"x"}]}]}', 'the face id "x" is taken'],
    ['{"maxFacesPerUser":-1}', 'maxFacesPerUser must be a whole number'],
  ])('that reads %s is refused by name and place', async (text, problem) => {
    const state = await stateFile(text);
    const error = await failure(startSandbox({ state }));
    expect(error).toBeInstanceOf(SandboxStateError);
    expect(String(error)).toContain(state);
    expect(String(error)).toContain(problem);
    expect(await readFile(state, 'utf8')).toBe(text);
  });

  it('that cannot be written stops the start', async () => {
    const blocked = await stateFile('{}');
    expect(await failure(startSandbox({ state: join(blocked, 'below.json') }))).toBeInstanceOf(SandboxStateError);
  });

  it('that can no longer be written fails the call, and the close', async () => {
    const state = await stateFile();
    const sandbox = await startSandbox({ state, seed: seedUsers(1) });
    const { call, id } = await callerTo(sandbox);
    await rm(join(state, '..'), { recursive: true });
    await writeFile(join(state, '..'), 'in the way');
    const path = `/api/web/v2/users/${id('user0')}/face`;
    expect(await call('POST', path, { applicantId: 'a' })).toMatchObject({ status: 500 });
    await expect(sandbox.close()).rejects.toBeInstanceOf(SandboxStateError);
  });
});

describe('two sandboxes from the same seed', () => {
  it('have the same ids and serial numbers, and other secrets', async () => {
    const [one, two] = await Promise.all([caller({ seed: seedUsers(3) }), caller({ seed: seedUsers(3) })]);
    const face = ({ sandbox }: typeof one) => sandbox.tenant.addFace('user1', { created: '2026-01-01T00:00:00Z' });
    expect(face(one)).toEqual(face(two));
    expect(one.sandbox.sharedSecret).not.toBe(two.sandbox.sharedSecret);
  });
});

it('a sandbox is called by 127.0.0.1 alone', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  expect(new URL(sandbox.url).hostname).toBe('127.0.0.1');
  const others = Object.values(networkInterfaces()).flatMap((each = []) => each.filter(({ internal }) => !internal));
  for (const host of ['127.0.0.2', ...others.filter(({ family }) => family === 'IPv4').map(({ address }) => address)]) {
    const elsewhere = sandbox.url.replace('127.0.0.1', host);
    await expect(fetch(elsewhere, { signal: AbortSignal.timeout(2000) }), host).rejects.toThrow();
  }
});
