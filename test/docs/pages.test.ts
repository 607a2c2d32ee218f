import { execFile } from 'node:child_process';
import { access, chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { memberOf } from '../support/commands/expectations.ts';
import { anchorsOf, blocksOf, linksOf, stepsOf } from './page.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const below = async (folder: string): Promise<readonly string[]> =>
  (await readdir(join(root, folder))).filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
const names = [...(await below('.')), ...(await below('docs')), ...(await below('docs/reference'))];
const pages = await Promise.all(names.map(async (name) => ({ name, page: await readFile(join(root, name), 'utf8') })));

const users = ['alice@example.com', 'bob@example.com', 'carol@example.com', 'dave@example.com'].map((login) => ({
  login,
  email: login,
  groups: ['Staff'],
}));
/** The user that pages name by his UUID, and who waits like the others. */
const named = { login: 'erin@example.com', email: 'erin@example.com' };
const shownUuid = '6f1c2b7e-0d3a-4c58-9f6e-2a7b81c9d401';
const waiting = [{ status: 'ACTIVATING' as const, created: new Date(Date.now() - 5 * 86_400_000).toISOString() }];

/** What a tenant begins with that a page tells of; else four users of one group, without faces. */
const seeds: Readonly<Record<string, Parameters<typeof startSandbox>[0]>> = {
  'docs/operating.md': { seed: { users: [...users, named].map((user) => ({ ...user, faces: waiting })) } },
  'docs/adoption.md': { seed: { users: users.map((user) => ({ ...user, faces: [{}] })) } },
};

/** A folder with what a reader of the page has, and a shell in it that knows the program and a tenant. */
async function openShell(
  name: string,
): Promise<(commands: string) => Promise<{ code: number; stdout: string; stderr: string }>> {
  const directory = await mkdtemp(join(tmpdir(), 'faceform-page-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const tenant = await startSandbox(seeds[name] ?? { seed: { users } });
  onTestFinished(() => tenant.close());
  for (const folder of ['examples', 'schemas'])
    await cp(join(root, folder), join(directory, folder), { recursive: true });
  await symlink(join(root, 'dist'), join(directory, 'dist'));
  await mkdir(join(directory, 'bin'));
  await writeFile(join(directory, 'bin/faceform'), `#!/bin/sh\nexec node ${join(root, 'dist/bin.js')} "$@"\n`);
  await chmod(join(directory, 'bin/faceform'), 0o755);
  const { applicationId, sharedSecret, url } = tenant;
  await writeFile(join(directory, 'credentials.json'), JSON.stringify({ applicationId, sharedSecret }));
  await writeFile(join(directory, 'users.yaml'), usersFile);
  const env = {
    PATH: `${join(directory, 'bin')}:${process.env['PATH'] ?? ''}`,
    FACEFORM_TENANT_URL: url,
    FACEFORM_CREDENTIALS: 'credentials.json',
  };
  return async (commands) => {
    const here = commands
      .replaceAll('https://acme.us.trustedauth.com', url)
      .replaceAll('npm run --silent build\n', '')
      .replaceAll(shownUuid, tenant.tenant.users().find(({ login }) => login === named.login)?.id ?? shownUuid);
    // What a page exports in one block holds in those after it.
    const script = `set -euo pipefail; [ ! -e .exported ] || . ./.exported; trap 'export -p > .exported' EXIT; ${here}`;
    const ended = await run('bash', ['--norc', '-c', script], { cwd: directory, env }).catch((error: unknown) => error);
    const text = (member: string): string => String(memberOf(ended, member));
    return { code: Number(memberOf(ended, 'code') ?? 0), stdout: text('stdout'), stderr: text('stderr') };
  };
}

/** The commands as they run on a terminal where somebody types the answer. */
function onTerminal(commands: string, answer: string): string {
  return `cat > .asks <<'END'\n${commands}END\necho ${answer} | script -qec 'bash -eu .asks' /dev/null`;
}

/** Without the day that the tenant's policy gives a face made today. */
function undated(text: string): string {
  return text.replaceAll(/\d{4}-\d\d-\d\d(?= \(180 days, the tenant's policy\))/g, 'DAY');
}

/** The file that pages speak of and do not show. */
const usersFile = `version: 1
defaults: { flow: mobile }
enrollments: [{ user: alice@example.com }, { user: bob@example.com }]
`;

describe('each page of the documentation', () => {
  const withSteps = pages.filter(({ page }) => stepsOf(page).some(({ step }) => step === 'run'));
  it('with commands is among those that are run', () => {
    expect(withSteps.length).toBeGreaterThan(4);
  });

  it.each(withSteps)('has commands that run, and print what it shows: $name', async ({ name, page }) => {
    const shell = await openShell(name);
    for (const step of stepsOf(page)) {
      if (step.step === 'write') {
        await shell(`mkdir -p ${dirname(step.file)}; cat > ${step.file} <<'END'\n${step.text}END\n`);
        continue;
      }
      const { commands, exits, answer, prints } = step;
      const { code, stdout, stderr } = await shell(answer === undefined ? commands : onTerminal(commands, answer));
      const told = code === exits ? '' : stdout + stderr;
      expect({ commands, code, told }).toEqual({ commands, code: exits, told: '' });
      if (prints !== undefined) expect(undated(stdout)).toBe(undated(prints));
    }
  });

  it.each(pages)('has files that are valid: $name', async ({ name, page }) => {
    const files = blocksOf(page).filter(({ language, text }) => language === 'yaml' && text.includes('version: 1'));
    if (files.length === 0) return;
    const shell = await openShell(name);
    const write = files.map(({ text }, at) => `cat > shown-${at}.yaml <<'END'\n${text}END\n`);
    const check = files.map((_, at) => `faceform validate shown-${at}.yaml`);
    const { code, stdout } = await shell([...write, ...check].join('\n'));
    const said = [...stdout.matchAll(/^Success!/gm)].length;
    expect({ stdout, said, code }).toEqual({ stdout, said: files.length, code: 0 });
  });

  it.each(pages)('leads where it says: $name', async ({ name, page }) => {
    for (const { file, anchor } of linksOf(page)) {
      const target = file === '' ? name : join(dirname(name), file);
      await expect(access(join(root, target)), `${name} -> ${target}`).resolves.toBeUndefined();
      if (anchor === '') continue;
      const headings = anchorsOf(await readFile(join(root, target), 'utf8'));
      expect(headings, `${name} -> ${target}#${anchor}`).toContain(anchor);
    }
  });

  it.each(pages)('leaves to other tests only what is in them: $name', async ({ page }) => {
    for (const { note, text } of blocksOf(page)) {
      const [, file] = /^run by (.+)$/.exec(note) ?? [];
      if (file === undefined) continue;
      const runner = await readFile(join(root, file), 'utf8');
      const known = text.split(/\n|&&/).filter((line) => runner.includes(line.trim().replace(/^npx /, '')));
      expect(known, text).not.toEqual([]);
    }
  });
});
