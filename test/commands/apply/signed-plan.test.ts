import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openScenario, type Scenario } from '../../support/commands/saved-plan-scenario.ts';
import { testNow } from '../../support/commands/workspace.ts';
import { forgedPlan } from '../../support/forged-plan.ts';

const pair = (): { readonly key: string; readonly pub: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { key: privatePem(privateKey), pub: publicPem(publicKey) };
};
const privatePem = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const publicPem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
const own = pair();
const other = pair();
const planning = ['plan', 'faces.yaml', '--sign', '--out', 'p.json'] as const;
const applying = (key: string): readonly string[] => ['apply', '--plan', 'p.json', '--require-signature', key];

async function signed(): Promise<Scenario> {
  const scenario = await openScenario();
  await scenario.write('own.pub', own.pub);
  await scenario.write('other.pub', other.pub);
  await scenario.write('own.key', own.key);
  expect((await scenario.run(planning, { environment: { FACEFORM_SIGNING_KEY: own.key } })).code).toBe(0);
  return scenario;
}

describe('a signed plan', () => {
  it('is applied where its key is required, by file or as it is, also as one of several', async () => {
    const { run } = await signed();
    expect((await run(applying('own.pub'))).code).toBe(0);
    expect((await run(applying(own.pub))).code).toBe(0);
    expect((await run([...applying('other.pub'), '--require-signature', 'own.pub'])).code).toBe(0);
  });

  it('is the same as one that is not, but for the signature, and its key may come from a file', async () => {
    const { run, read } = await signed();
    const { x_signature, ...rest }: Record<string, unknown> = JSON.parse(await read('p.json'));
    expect(x_signature).toMatch(/^ed25519:/);
    await run(['plan', 'faces.yaml', '--out', 'plain.json']);
    expect(rest).toEqual(JSON.parse(await read('plain.json')));
    const file = { environment: { FACEFORM_SIGNING_KEY_FILE: 'own.key' } };
    const printed = await run(['plan', 'faces.yaml', '--sign', '--format', 'json'], file);
    expect(JSON.parse(printed.stdout)).toEqual({ ...rest, x_signature });
  });

  it('is refused before any call, whatever is changed in it and its digests, its time included', async () => {
    const { run, read, write, sandbox } = await signed();
    const plan: Record<string, unknown> = JSON.parse(await read('p.json'));
    const before = sandbox.tenant.requests.length;
    const members = Object.keys(plan).filter((name) => name !== 'x_digest' && name !== 'x_changes_digest');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...members),
        fc.constantFrom(undefined, 0, 'x', [], true),
        async (name, value) => {
          fc.pre(JSON.stringify(plan[name]) !== JSON.stringify(value));
          await write('p.json', forgedPlan({ ...plan, [name]: value }));
          const { code, stderr } = await run(applying('own.pub'));
          expect({ code, isTold: /has no signature|does not fit/.test(stderr) }).toEqual({ code: 1, isTold: true });
        },
      ),
      { numRuns: 60 },
    );
    await write('p.json', forgedPlan({ ...plan, timestamp: new Date(testNow + 1000).toISOString() }));
    expect((await run(applying('own.pub'))).stderr).toContain('the signature of p.json does not fit');
    expect(sandbox.tenant.requests.length).toBe(before);
  });

  it.each([
    ['of another key', [], 'other.pub', 'the signature of p.json does not fit'],
    ['that is missing', ['plan', 'faces.yaml', '--out', 'p.json'], 'own.pub', 'p.json has no signature'],
  ] as const)('is refused with a signature %s, as UNSIGNED_PLAN', async (_, again, key, told) => {
    const { run, writes } = await signed();
    if (again.length > 0) await run(again);
    const { code, stderr, stdout } = await run([...applying(key), '--format', 'json']);
    expect(code).toBe(1);
    expect(stderr).toContain(told);
    expect(JSON.parse(stdout)).toMatchObject({ outcomes: [], diagnostics: [{ code: 'UNSIGNED_PLAN' }] });
    expect(writes()).toEqual([]);
  });

  it('may undo an apply, too', async () => {
    const { run } = await signed();
    await run(applying('own.pub'));
    const environment = { FACEFORM_SIGNING_KEY: own.key };
    await run(['revert', 'p.json', '--sign', '--out', 'undo.json', '--allow-deletes', '1'], { environment });
    expect((await run(['apply', '--plan', 'undo.json', '--require-signature', 'own.pub'])).code).toBe(0);
  });
});

describe('a key', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const pem = 'PRIVATE KEY';

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['is missing', {}, 'there is no key to sign with'],
    ['is blank', { FACEFORM_SIGNING_KEY: ' ' }, 'FACEFORM_SIGNING_KEY is set but empty'],
    ['is of another kind', { FACEFORM_SIGNING_KEY: privatePem(rsa.privateKey) }, 'holds no Ed25519 private key'],
    ['is no key', { FACEFORM_SIGNING_KEY: own.key.slice(0, -30) }, 'holds no Ed25519 private key'],
    ['is the other half', { FACEFORM_SIGNING_KEY: own.pub }, 'holds no Ed25519 private key'],
    ['is named twice', { FACEFORM_SIGNING_KEY: own.key, FACEFORM_SIGNING_KEY_FILE: 'own.key' }, 'Set one of them'],
    ['is in no file', { FACEFORM_SIGNING_KEY_FILE: 'no.key' }, 'the key no.key cannot be read (ENOENT)'],
    ['is a directory', { FACEFORM_SIGNING_KEY_FILE: '.' }, 'the key . is not a regular file'],
  ])('that %s signs nothing, asks the tenant nothing, and is shown nowhere', async (_, environment, told) => {
    const { run, sandbox } = await openScenario();
    const { code, stdout, stderr } = await run(planning, { environment });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(told);
    expect(stderr).not.toContain(own.key.split('\n')[1]);
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it.each([
    ['the private half', 'own.key', 'Only the public half is needed'],
    ['no key', 'faces.yaml', 'holds no Ed25519 public key'],
    ['no file', 'no.pub', 'the key no.pub cannot be read (ENOENT)'],
    ['a damaged key', `-----BEGIN ${pem}-----`, 'the value of --require-signature holds'],
    [
      'the private half itself, after a line break',
      `\n${own.key}`,
      'the value of --require-signature holds a private key',
    ],
  ])('that is %s is refused where it is required', async (_, key, told) => {
    const { run } = await signed();
    const { code, stderr } = await run(applying(key));
    const isShown = stderr.includes(own.key.split('\n')[1] ?? '');
    expect({ code, isTold: stderr.includes(told), isShown }).toEqual({ code: 1, isTold: true, isShown: false });
  });

  it.each([
    [['plan', 'faces.yaml', '--sign'], '--sign needs --out or --format json'],
    [['apply', 'faces.yaml', '--require-signature', 'own.pub'], '--require-signature is given without --plan'],
    [['plan', 'faces.yaml', '--sign', '--env', 'all'], '--env all cannot be combined with --sign'],
  ])('is of no use without a saved plan: %j', async (args, told) => {
    const { run, sandbox } = await openScenario();
    const { code, stderr } = await run(args, { environment: { FACEFORM_SIGNING_KEY: own.key } });
    expect({ code, isTold: stderr.includes(told) }).toEqual({ code: 1, isTold: true });
    expect(sandbox.tenant.requests).toEqual([]);
  });
});
