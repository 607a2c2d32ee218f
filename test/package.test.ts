import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../src/sandbox/index.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));

/** As a user of the library writes it; what it prints is looked at below. */
const script = `
import { apply, FaceformError, plan, validate, type Plan } from 'faceform';

const sandbox = '.faceform/sandbox.json';
const checked = await validate(['users.yaml']);
const made: Plan = await plan(['users.yaml'], { sandbox });
const creates = made.resource_changes.filter(({ change }) => change.actions.includes('create'));
const report = await apply(made, { sandbox, journal: 'journal.jsonl' });
const again = await plan(['users.yaml'], { sandbox });
const replayed = await apply(made, { sandbox });
const refused = await apply({ ...made, x_complete: false }, { sandbox }).catch((error: unknown) => error);
const broken = await plan(['broken.yaml'], { sandbox }).catch((error: unknown) => error);
console.log(JSON.stringify({
  valid: checked.valid,
  creates: creates.length,
  applied: report.summary.applied,
  left: again.resource_changes.length,
  already: replayed.summary.already,
  refused: refused instanceof FaceformError && refused.exitCode === 1 && refused.message.includes('x_digest'),
  broken: broken instanceof FaceformError ? [broken.message, ...broken.diagnostics.map(({ code }) => code)] : [],
}));
`;
/** Each wrong use must be an error of types, else its own directive is one. */
const wrongUses = `
import { FaceApi, type FaceReader } from 'faceform/face-api';
declare const api: FaceApi;
declare const reader: FaceReader;
// @ts-expect-error: no credentials
new FaceApi({ tenant: 'https://x' });
// @ts-expect-error: credentials twice
new FaceApi({ tenant: 'https://x', applicationId: 'a', sharedSecret: 's', credentials: 'f.json' });
// @ts-expect-error: a secret that is no text
new FaceApi({ tenant: 'https://x', applicationId: 'a', sharedSecret: 7 });
// @ts-expect-error: an unknown status
await api.updateFace('u', { id: 'f', status: 'SLEEPING' });
// @ts-expect-error: a date as text
await api.updateFace('u', { id: 'f', expiry: '2030-01-01T00:00:00Z' });
// @ts-expect-error: no face
await api.updateFace('u', { status: 'ACTIVE' });
// @ts-expect-error: an unknown property
await api.createFaceAuthenticator('u', { mobile: true });
// @ts-expect-error: a token without its user
await api.createFaceAuthenticator('u', { encryptedBiometricToken: { encryptedBiometricToken: 't' } });
// @ts-expect-error: the first create returns no activation
(await api.createFace('u', { applicantId: 'a' })).activationUrl;
// @ts-expect-error: a secret is no text
(await api.createFaceAuthenticator('u', { applicantId: 'a' })).activationUrl?.toUpperCase();
// @ts-expect-error: a date is no text
(await api.getFaces('u'))[0]?.created?.startsWith('2026');
// @ts-expect-error: an answer is not to be written on
(await api.getFaces('u'))[0]!.id = 'x';
// @ts-expect-error: nothing is returned
(await api.deleteFace('f')).id;
// @ts-expect-error: a reader cannot write
await reader.deleteFace('f');
`;

const rightUse = `
import { FaceApi, FaceApiError, Secret, type FaceStatus } from 'faceform/face-api';
const [tenant, applicationId, sharedSecret] = process.argv.slice(2) as [string, string, string];
await using api = new FaceApi({ tenant, applicationId, sharedSecret: new Secret(sharedSecret) });
const error = await api.getFaces('11111111-2222-4333-8444-555555555555').catch((thrown: unknown) => thrown);
const statuses: FaceStatus[] = ['ACTIVE'];
console.log(error instanceof FaceApiError ? [error.operation, error.status, error.outcome, ...statuses].join(' ') : '');
`;

const users = 'version: 1\nenrollments:\n  - { user: amy, flow: mobile }\n  - { user: bob, flow: mobile }\n';

describe('the package, installed into an empty folder', () => {
  let directory = '';
  const inside = (...args: readonly [string, ...string[]]): Promise<{ readonly stdout: string }> =>
    run(args[0], args.slice(1), { cwd: directory });

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'faceform-package-'));
    await run('node', ['scripts/build-types.js'], { cwd: root });
    await run('npm', ['pack', '--ignore-scripts', '--pack-destination', directory], { cwd: root });
    await writeFile(join(directory, 'package.json'), '{ "private": true, "type": "module" }');
    await inside('npm', 'install', '--offline', '--no-audit', '--no-fund', './faceform-0.1.0.tgz');
  }, 60_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('brings nothing else along, and neither sources nor tests', async () => {
    const names = await readdir(join(directory, 'node_modules'));
    expect(names.filter((name) => !name.startsWith('.'))).toEqual(['faceform']);
    const files = (await readdir(join(directory, 'node_modules/faceform'))).toSorted();
    expect(files).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist',
      'docs',
      'examples',
      'package.json',
      'schemas',
    ]);
  });

  it('holds the licences of what is built in, also of what a package has from another project', async () => {
    const licences = await readFile(join(directory, 'node_modules/faceform/dist/licenses.txt'), 'utf8');
    for (const name of ['undici 7', 'llhttp, in undici', 'rolldown']) expect(licences).toContain(name);
  });

  it('runs the demo and the program', async () => {
    expect((await inside('npx', '--offline', 'faceform', 'demo')).stdout).toContain('No changes.');
    expect((await inside('npx', '--offline', 'faceform', '--version')).stdout).toBe('0.1.0\n');
    expect(JSON.parse((await inside('npx', '--offline', 'faceform', 'schema')).stdout)).toHaveProperty('$id');
  });

  it('is a library, whose types fit what it does', async () => {
    await writeFile(join(directory, 'users.yaml'), users);
    await writeFile(join(directory, 'broken.yaml'), users.replace('bob', 'amy'));
    await writeFile(join(directory, 'round.ts'), script);
    await cp(join(root, 'node_modules/@types'), join(directory, 'node_modules/@types'), { recursive: true });
    await cp(join(root, 'node_modules/undici-types'), join(directory, 'node_modules/undici-types'), {
      recursive: true,
    });
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const strict = ['--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2023'];
    await inside('node', tsc, ...strict, '--types', 'node', 'round.ts');
    const { stdout } = await inside('node', 'round.js');
    expect(JSON.parse(stdout)).toEqual({
      valid: true,
      creates: 2,
      applied: 2,
      left: 0,
      already: 2,
      refused: true,
      broken: [expect.stringMatching(/^broken\.yaml:4:5: /), 'DUPLICATE_ENROLLMENT'],
    });
  }, 60_000);

  it('has the seven operations, typed so that wrong uses do not compile', async () => {
    await writeFile(join(directory, 'wrong.ts'), wrongUses);
    await writeFile(join(directory, 'right.ts'), rightUse);
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const strict = ['--strict', '--exactOptionalPropertyTypes', '--module', 'nodenext', '--target', 'es2022'];
    const lib = ['--lib', 'es2023,esnext.disposable'];
    await inside('node', tsc, ...strict, ...lib, '--types', 'node', 'wrong.ts', 'right.ts');
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const { url, applicationId, sharedSecret } = sandbox;
    const { stdout } = await inside('node', 'right.js', url, applicationId, sharedSecret);
    expect(stdout).toBe('getFaces 404 none ACTIVE\n');
  }, 60_000);
});
