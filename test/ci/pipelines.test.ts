import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { listOf, memberOf } from '../support/commands/expectations.ts';
import { beginRepository } from '../support/repositories/repository.ts';
import { file, openRunner, users } from './runner.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string): Promise<string> => readFile(join(root, name), 'utf8');
const examples = (await readdir(join(root, 'examples/ci'))).map((name) => `examples/ci/${name}`);

describe('the action', () => {
  it('plans, keeps one comment, applies the plan that was reviewed, and finds what was changed by hand', async () => {
    const { script, comments, sandbox, read: readFrom, write } = await openRunner();
    await script('run.sh', { INPUT_COMMAND: 'validate' });
    expect(await script('run.sh', { INPUT_COMMAND: 'plan' })).toContain('Plan: 3 to create');
    expect(await readFrom('output')).toBe('exit-code=0\nexit-code=2\n');
    await script('comment.sh');
    await script('comment.sh');
    const [comment, ...others] = await comments();
    expect(others).toEqual([]);
    expect(String(memberOf(comment, 'body'))).toContain('3 to create');

    await write('users/all.yaml', file(['ann']));
    await script('run.sh', { INPUT_COMMAND: 'apply' });
    expect(users.map(({ login }) => sandbox.tenant.faces(login).length)).toEqual([1, 1, 1]);

    await script('run.sh', { INPUT_COMMAND: 'plan' });
    await script('comment.sh');
    expect(await comments()).toHaveLength(1);
    expect(String(memberOf((await comments())[0], 'body'))).toContain('2 to delete');
  });

  it('plans a pull request since its base, and everything where it is told to', async () => {
    const { script, write, directory } = await openRunner();
    const { git, commit } = beginRepository(directory);
    await write('users/all.yaml', file(['ann', 'bob']));
    commit();
    await write('users/all.yaml', file(['ann']));
    commit();
    const since = await script('run.sh', { INPUT_COMMAND: 'plan', INPUT_CHANGED_SINCE: git('rev-parse', 'HEAD~1') });
    expect(since).toMatch(/^0 of 1 users read, and 1 without an entry: /m);
    expect(await script('run.sh', { INPUT_COMMAND: 'plan', INPUT_CHANGED_SINCE: 'none' })).not.toContain('users read:');
    expect(memberOf(memberOf(parse(await read('action.yml')), 'inputs'), 'changed-since')).toMatchObject({
      default: '${{ github.event.pull_request.base.sha }}',
    });
  });

  it('says in its comment that there is no plan, and leaves none behind, where planning fails', async () => {
    const { script, comments, write, directory } = await openRunner();
    await script('run.sh', { INPUT_COMMAND: 'plan' });
    await script('comment.sh');
    await write('users/all.yaml', 'version: 1\nenrollments: nonsense\n');
    await script('run.sh', { INPUT_COMMAND: 'plan' });
    await script('comment.sh');
    expect(await readdir(directory)).not.toContain('plan.json');
    const bodies = (await comments()).map((comment) => String(memberOf(comment, 'body')));
    expect(bodies).toEqual([expect.stringContaining('faceform made no plan\nPlanning commit 0123abc failed')]);
    expect(bodies[0]).not.toContain('3 to create');
  });

  it('edits its own comment: neither that of another job, nor one that somebody else made look like it', async () => {
    const { script, comments, read: readFrom, write } = await openRunner();
    await script('run.sh', { INPUT_COMMAND: 'plan' });
    await script('comment.sh');
    await script('comment.sh', { GITHUB_WORKFLOW: 'others' });
    await script('comment.sh', { FACEFORM_ENV: 'staging' });
    expect(await comments()).toHaveLength(3);
    const forged = (await readFrom('comments.json')).replaceAll('github-actions[bot]', 'mallory');
    await write('comments.json', forged);
    await script('comment.sh');
    expect(await comments()).toHaveLength(4);
  });

  it('fails where apply would refuse the plan, unless just so much is acknowledged', async () => {
    const { script, write, read: readFrom } = await openRunner();
    await write('users/all.yaml', `${file(['ann', 'bob'])}\nbudgets: { email: 1 }\n`);
    const refused = await script('run.sh', { INPUT_COMMAND: 'plan' });
    expect(refused).toContain('::error title=faceform plan::A condition of fail-on holds');
    expect(refused).toContain('Conditions of --fail-on that hold: 1 refused');
    expect(await script('run.sh', { INPUT_COMMAND: 'plan', INPUT_ALLOW_EMAILS: '2' })).not.toContain('::error');
    await script('run.sh', { INPUT_COMMAND: 'apply' });
    expect(await readFrom('journal.jsonl')).toContain('"applied":2');

    await write('users/all.yaml', `${file(['ann'])}\nprotect: [bob]\n`);
    await script('run.sh', { INPUT_COMMAND: 'plan' });
    await script('run.sh', { INPUT_COMMAND: 'plan', INPUT_FAIL_ON: 'attention,drift' });
    expect(await readFrom('output')).toMatch(/exit-code=7\nexit-code=2\n$/);
  });

  it('plans all paths, parted by spaces, or one a line and then with spaces; none is taken for a flag', async () => {
    const { script, write } = await openRunner();
    const other = 'version: 1\nenrollments:\n  - { user: eve, flow: mobile }\n';
    for (const path of ['more/other.yaml', 'of two words/other.yaml', '--quiet/other.yaml']) await write(path, other);
    for (const paths of ['users more', '\nusers\nof two words\n', 'users --quiet']) {
      expect(await script('run.sh', { INPUT_COMMAND: 'plan', INPUT_PATHS: paths })).toContain('USER_NOT_FOUND');
    }
  });

  it('reads no input as shell', async () => {
    const { script, directory } = await openRunner();
    await script('run.sh', { INPUT_COMMAND: 'plan', INPUT_PATHS: 'users $(touch hacked) ; touch hacked' });
    await script('run.sh', { INPUT_COMMAND: 'plan; touch hacked' });
    expect(await readdir(directory)).not.toContain('hacked');
    const action = await read('action.yml');
    for (const step of listOf(memberOf(parse(action), 'runs'), 'steps')) {
      expect(String(memberOf(step, 'run'))).not.toContain('${{');
    }
  });
});

/** Runs the script of a workflow's last step as GitHub does, with the program that was built. */
describe('the drift job', () => {
  it('opens one issue where a face was changed by hand, keeps it up to date, and closes it when that is undone', async () => {
    const { run: faceform, directory, sandbox, environment } = await openRunner();
    const workflow: unknown = parse(await read('examples/ci/drift.github.yml'));
    const steps = listOf(memberOf(memberOf(workflow, 'jobs'), 'drift'), 'steps');
    const script = String(memberOf(steps.at(-1), 'run')).replaceAll('npx faceform@0.1', environment.FACEFORM);
    const env = { ...environment, FAKE_GH: join(directory, 'issues.json') };
    const night = async (): Promise<readonly unknown[]> => {
      await run('bash', ['-e', '-c', script], { cwd: directory, env });
      const all: unknown = JSON.parse(await readFile(env.FAKE_GH, 'utf8'));
      return listOf({ all }, 'all').map((issue) => [
        memberOf(issue, 'state'),
        /\d+ to create/.exec(String(memberOf(issue, 'body')))?.[0],
      ]);
    };
    const removeFaces = (login: string): void => {
      for (const { id } of sandbox.tenant.faces(login)) sandbox.tenant.removeFace(id);
    };
    await faceform(['apply', 'users', '--auto-approve']);
    expect(await night()).toEqual([]);
    removeFaces('ann');
    expect(await night()).toEqual([['open', '1 to create']]);
    removeFaces('bob');
    expect(await night()).toEqual([['open', '2 to create']]);
    await faceform(['apply', 'users', '--auto-approve']);
    expect(await night()).toEqual([['closed', '2 to create']]);
    expect(await night()).toEqual([['closed', '2 to create']]);
    const [face] = sandbox.tenant.faces('ann');
    if (face !== undefined) sandbox.tenant.setStatus(face.id, 'FAILED');
    expect(await night()).toContainEqual(['open', undefined]);
  });
});

/** The lines of shell in a workflow, a pipeline or a job, whatever its system. */
function commandsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    const words = value.map(String);
    return words[0] === 'faceform' ? [words.join(' ')] : value.flatMap(commandsIn);
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: readonly [string, unknown]) => {
    if (name === 'run' && typeof inner === 'string') return inner.split('\n');
    if (name === 'script' && Array.isArray(inner)) return inner.map(String);
    return commandsIn(inner);
  });
}

describe('each example of a pipeline', () => {
  it.each(examples.filter((name) => !name.includes('pre-commit')))('%s has commands that run', async (name) => {
    const lines = commandsIn(parse(await read(name))).filter((line) => /\bfaceform(?:@[\d.]+)? /.test(line));
    expect(lines).not.toEqual([]);
    const { run: faceform, write, directory } = await openRunner();
    await write('enrollments/all.yaml', file(users.map(({ login }) => login)));
    beginRepository(directory).commit();
    // The action's part of a workflow, which the tests above run.
    await faceform(['plan', 'users', '--out', 'plan.json']);
    for (const line of lines) {
      await run('bash', ['-n', '-c', line]);
      const shown = line
        .replaceAll('${{ matrix.shard }}', '1')
        .replaceAll('/4 --out', '/1 --out')
        .replace(/\$\{CI_[^}]*\}/, '--changed-since HEAD');
      const [, args = ''] = /faceform(?:@0\.1)? ([^>|]*)/.exec(shown) ?? [];
      const words = args
        .trim()
        .replace(/\/(?=users|enrollments)/, '')
        .replace('plan-2.json plan-3.json plan-4.json', '');
      const environment = { JOB_COMPLETION_INDEX: '0' };
      const { code, stderr } = await faceform(words.trim().split(/ +/), { environment });
      expect({ line, stderr, worked: [0, 2, 7].includes(code) }).toMatchObject({ line, worked: true });
    }
    expect(await readdir(directory)).toContain('users');
  });

  it('for pre-commit names a hook that there is, which checks files', async () => {
    const [repository] = listOf(parse(await read('examples/ci/pre-commit-config.yaml')), 'repos');
    const wanted = listOf(repository, 'hooks').map((hook) => memberOf(hook, 'id'));
    const hooks: unknown = parse(await read('.pre-commit-hooks.yaml'));
    const offered = listOf({ hooks }, 'hooks');
    expect(offered.map((hook) => memberOf(hook, 'id'))).toEqual(wanted);
    expect(offered[0]).toMatchObject({ language: 'node' });
    const [program, ...entry] = String(memberOf(offered[0], 'entry')).split(' ');
    expect(program).toBe('faceform');
    const pattern = new RegExp(String(memberOf(listOf(repository, 'hooks')[0], 'files')));
    expect(['users/a.yaml', 'users/b.yml', 'users/c.json'].every((name) => pattern.test(name))).toBe(true);
    const { run: faceform } = await openRunner();
    expect((await faceform([...entry, 'users/all.yaml'])).code).toBe(0);
  });

  it('for pre-commit is installed by what npm pack prints, so that no script may print before it', async () => {
    const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(await read('package.json'));
    // `dependencies` runs in this repository alone, after npm ci or npm install.
    expect(scripts['dependencies']).toContain('npm run --silent build');
    const others = ['prepare', 'prepack', 'postpack', 'preinstall', 'install', 'postinstall'];
    expect(others.filter((name) => name in scripts)).toEqual([]);
  });
});
