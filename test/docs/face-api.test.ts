import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox, type Sandbox, type SandboxSeed } from '../../src/sandbox/index.ts';
import { blocksOf } from './page.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the page's examples speak of and do not show. */
const surroundings = `
const [userId, faceId] = process.argv.slice(2);
const [applicantId, workflowRunId] = ['a-1', 'w-1'];
const sendToUser = (url) => console.log(url.startsWith('https://') ? 'sent' : 'not a URL');
`;

/** What each example prints, in the page's order; the last one meets a tenant that refuses a sixth face. */
const prints = [
  /^\S{36} ACTIVATING \[secret\]\nsent\n$/,
  /^\d+-\d+\n$/,
  /^1\n$/,
  /^180 days\n$/,
  /^$/,
  /^$/,
  /^$/,
  /^createFaceAuthenticator refused 409 \S+ false\n$/,
];

it('each example of the page on the face operations runs, one for each operation', async () => {
  const page = await readFile(join(root, 'docs/face-api.md'), 'utf8');
  const [open = '', ...examples] = blocksOf(page)
    .filter(({ language }) => language === 'ts')
    .map(({ text }) => text);
  expect(examples).toHaveLength(prints.length);
  const { operations }: { operations: Record<string, unknown> } = JSON.parse(
    await readFile(join(root, 'schemas/face-api.json'), 'utf8'),
  );
  for (const name of Object.keys(operations)) expect(examples.join('')).toContain(`api.${name}(`);
  const directory = await mkdtemp(join(tmpdir(), 'faceform-face-api-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await mkdir(join(directory, 'node_modules'));
  await symlink(root, join(directory, 'node_modules/faceform'));
  for (const [index, example] of examples.entries()) {
    const sandbox = await startSandbox({ seed: seedFor(example) });
    onTestFinished(() => sandbox.close());
    const { url, applicationId, sharedSecret } = sandbox;
    await writeFile(join(directory, 'credentials.json'), JSON.stringify({ applicationId, sharedSecret }));
    const script = `${surroundings}${open.replace('https://acme.us.trustedauth.com', url).replace('await using', 'const')}`;
    await writeFile(join(directory, 'example.mjs'), `${script}\n${example}\nawait api.close();\n`);
    const args = ['example.mjs', ...idsIn(sandbox)];
    const { stdout, stderr } = await run(process.execPath, args, { cwd: directory });
    expect(stdout + stderr, example).toMatch(prints[index] ?? /never/);
  }
});

/** One user with one face, which waits where the example is about that, or with all the faces that a user may have. */
function seedFor(example: string): SandboxSeed {
  const status = example.includes('sendFaceActivationEmail') ? 'ACTIVATING' : 'ACTIVE';
  const faces = Array.from({ length: example.includes('catch') ? 5 : 1 }, () => ({ status }) as const);
  return { users: [{ login: 'alice', email: 'alice@example.com', faces }] };
}

/** The UUIDs of the user and of a face of theirs. */
function idsIn({ tenant }: Sandbox): readonly string[] {
  return [...tenant.users(), ...tenant.faces('alice').slice(0, 1)].map(({ id }) => id);
}
