import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { listOf, memberOf } from '../../support/commands/expectations.ts';
import { openTenant, type TenantWorkspace } from '../../support/commands/workspace.ts';

const read = async (name: string): Promise<unknown> =>
  parse(await readFile(new URL(`../../../examples/ci/${name}`, import.meta.url), 'utf8'));
const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((inner, name) => (Array.isArray(inner) ? inner[Number(name)] : memberOf(inner, name)), value);

function openUsers(): Promise<TenantWorkspace> {
  const logins = Array.from({ length: 12 }, (_, number) => `user${number}`);
  const seed = { users: logins.map((login) => ({ login, email: `${login}@mail.example` })) };
  const entries = logins.map((login) => `  - { user: ${login}, flow: mobile }`);
  const file = ['version: 1', 'budgets: { email: 100 }', 'enrollments:', ...entries, ''].join('\n');
  return openTenant({ seed }, { files: { 'users/all.yaml': file } });
}

const faces = ({ sandbox: { tenant } }: TenantWorkspace): readonly number[] =>
  tenant.users().map(({ login }) => tenant.faces(login).length);

it('the commands of the workflow, job by job and shard by shard, enroll everybody', async () => {
  const tenant = await openUsers();
  const jobs = at(await read('shards.github.yml'), 'jobs');
  for (const name of ['plan', 'review', 'apply']) {
    const job = at(jobs, name);
    const matrix = listOf(at(job, 'strategy', 'matrix'), 'shard');
    const commands = listOf(job, 'steps').flatMap((step) => {
      const line = at(step, 'run');
      return typeof line === 'string' ? [line] : [];
    });
    expect(commands).toHaveLength(1);
    for (const shard of matrix.length === 0 ? ['-'] : matrix) {
      const line = commands.join('').replaceAll('${{ matrix.shard }}', String(shard));
      expect(line).toMatch(/^npx faceform@0\.1 /);
      expect(line).not.toContain('${{');
      const { code, stderr } = await tenant.run(line.split(' ').slice(2));
      expect({ line, code, stderr }).toMatchObject({ line, code: 0 });
    }
  }
  expect(faces(tenant)).toEqual(faces(tenant).map(() => 1));
});

it('the command of the Indexed Job, pod by pod, enrolls everybody', async () => {
  const tenant = await openUsers();
  const job = at(await read('shards.kubernetes.yaml'), 'spec');
  const [program, ...args] = listOf(at(job, 'template', 'spec', 'containers', '0'), 'command').map(String);
  expect(program).toBe('faceform');
  for (let pod = 0; pod < Number(at(job, 'completions')); pod += 1) {
    const ran = await tenant.run(args, { environment: { JOB_COMPLETION_INDEX: String(pod) } });
    expect({ pod, ...ran }).toMatchObject({ pod, code: 0 });
  }
  expect(faces(tenant)).toEqual(faces(tenant).map(() => 1));
});
