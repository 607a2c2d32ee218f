import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { listOf, memberOf } from '../support/commands/expectations.ts';
import { openTenant, type TenantWorkspace } from '../support/commands/workspace.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

const hostile = 'eve @everyone <img src=x> ```';
/** Users of the tenant; the name of the last would notify people, and draw, in a comment. */
export const users = ['ann', 'bob', hostile].map((login) => ({ login, email: 'someone@mail.example' }));
/** A file of enrollments for these users, which owns the whole tenant. */
export const file = (logins: readonly string[]): string =>
  ['version: 1', 'scope: { users: tenant, onRemove: delete }', 'enrollments:']
    .concat(logins.map((login) => `  - { user: ${JSON.stringify(login)}, flow: mobile }`))
    .join('\n');

/** A folder with files, a tenant, and what stands for GitHub. */
export interface Runner extends TenantWorkspace {
  /** Runs a script of the action as GitHub does; gives its exit code and what it told. */
  readonly script: (name: string, inputs?: Readonly<Record<string, string>>) => Promise<string>;
  readonly comments: () => Promise<readonly unknown[]>;
  readonly environment: Readonly<Record<string, string>> & { readonly FACEFORM: string };
}

export async function openRunner(): Promise<Runner> {
  const logins = users.map(({ login }) => login);
  const tenant = await openTenant({ seed: { users }, clock: Date.now }, { files: { 'users/all.yaml': file(logins) } });
  const { directory, sandbox } = tenant;
  await mkdir(join(directory, 'bin'));
  await copyFile(join(root, 'test/ci/fake-gh.js'), join(directory, 'bin/gh'));
  await chmod(join(directory, 'bin/gh'), 0o755);
  await writeFile(join(directory, 'bin/package.json'), '{ "type": "module" }');
  const environment = {
    PATH: `${join(directory, 'bin')}:${process.env['PATH'] ?? ''}`,
    FACEFORM: `node ${join(root, 'dist/bin.js')}`,
    FACEFORM_TENANT_URL: sandbox.url,
    FACEFORM_APPLICATION_ID: sandbox.applicationId,
    FACEFORM_SHARED_SECRET: sandbox.sharedSecret,
    FAKE_GH: join(directory, 'comments.json'),
    GITHUB_OUTPUT: join(directory, 'output'),
    GITHUB_REPOSITORY: 'acme/faces',
    GITHUB_WORKFLOW: 'faces',
    GITHUB_JOB: 'plan',
    HEAD_SHA: '0123abc',
    RUN_URL: 'https://github.example/acme/faces/actions/runs/1',
    PULL_REQUEST: '7',
    INPUT_PATHS: 'users',
    INPUT_PLAN: 'plan.json',
  };
  return {
    ...tenant,
    environment,
    script: async (name, inputs = {}) => {
      const env = { ...environment, ...inputs };
      const ended = await run('bash', [join(root, 'action', name)], { cwd: directory, env }).catch(
        (error: unknown) => `${String(memberOf(error, 'stdout'))}${String(memberOf(error, 'stderr'))}`,
      );
      return typeof ended === 'string' ? ended : ended.stdout;
    },
    comments: async () => {
      const all: unknown = JSON.parse(await tenant.read('comments.json'));
      return listOf({ all }, 'all');
    },
  };
}
