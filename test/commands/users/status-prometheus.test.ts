import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { instantFromMs } from '../../../src/model/instant.ts';
import { statusPrometheus } from '../../../src/report/index.ts';
import type { SandboxSeed } from '../../../src/sandbox/index.ts';
import { expectHarmless, listOf, memberOf } from '../../support/commands/expectations.ts';
import { openRunner } from '../../ci/runner.ts';
import { openTenant, openWorkspace, testNow, type TenantWorkspace } from '../../support/commands/workspace.ts';
import { mobileFace } from '../../support/engine/world.ts';

const run = promisify(execFile);
const example = (name: string): string =>
  fileURLToPath(new URL(`../../../examples/monitoring/${name}`, import.meta.url));

interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const head = /^# HELP ([a-z_:][a-z0-9_:]*) (?:[^\\]|\\[\\n])*\n# TYPE \1 gauge$/i;
const sample =
  /^([a-z_:][a-z0-9_:]*)\{((?:[a-z_][a-z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"(?:,(?!\}))?)*)\} (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i;

/** The grammar of text format 0.0.4: one block for each metric, no sample twice, a line feed at the end. */
function parseExposition(text: string): readonly Sample[] {
  expect(text.endsWith('\n')).toBe(true);
  expect(text).not.toContain('\r');
  const blocks = text.split(/^(?=# HELP )/m);
  const names = blocks.map((block) => {
    const [help = '', type = ''] = block.split('\n');
    expect(`${help}\n${type}`).toMatch(head);
    return help.split(' ')[2];
  });
  expect(new Set(names).size).toBe(names.length);
  const samples = blocks.flatMap((block, at) =>
    block
      .trimEnd()
      .split('\n')
      .slice(2)
      .map((line): Sample => {
        const [, name = '', labels = '', value = ''] = sample.exec(line) ?? [];
        expect(name, line).toBe(names[at]);
        const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label = '', escaped = '']) => [
          label,
          escaped.replace(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : String(character))),
        ]);
        expect(new Set(pairs.map(([label]) => label)).size).toBe(pairs.length);
        return { name, labels: Object.fromEntries(pairs), value: Number(value) };
      }),
  );
  const keys = samples.map(({ name, labels }) => JSON.stringify([name, labels]));
  expect(new Set(keys).size).toBe(keys.length);
  return samples;
}

/** The samples of a metric that count something, by the labels other than that of the tenant. */
function counts(samples: readonly Sample[], name: string): Readonly<Record<string, number>> {
  const found = samples.filter((one) => one.name === name && one.value !== 0);
  return Object.fromEntries(
    found.map(({ labels: { tenant: _, ...labels }, value }) => [Object.values(labels).join(' '), value]),
  );
}

type Face = NonNullable<NonNullable<SandboxSeed['users']>[number]['faces']>[number];
const user = (login: string, ...faces: readonly Face[]) => ({
  login,
  groups: ['Staff'],
  faces: faces.map((face) => ({ created: '2026-03-01T00:00:00Z', expiry: '2027-06-01T00:00:00Z', ...face })),
});
const users = [
  user('amy', {}, { expiry: '2026-06-20T12:00:00Z' }),
  user('bob', { status: 'ACTIVATING', created: '2026-05-31T18:00:00Z' }),
  user('cyd', { status: 'NEW', created: '2026-05-20T12:00:00Z', expiry: '2028-01-01T00:00:00Z' }),
  user('dan', { status: 'FAILED' }),
  user('eve', { status: 'DISABLED' }),
  user('hal', { flow: 'token' }),
];
const file = `version: 1
scope: { users: group, group: Staff, onRemove: keep }
enrollments:
  - { user: amy, flow: mobile }
  - { user: bob, flow: mobile }
  - { user: cyd, flow: mobile }
  - { user: dan, flow: mobile }
  - { user: eve, flow: mobile }
  - { user: nil, flow: mobile }
  - { user: new, flow: mobile, missingUsers: wait }
`;
const open = (): Promise<TenantWorkspace> => openTenant({ seed: { users } }, { files: { 'faces.yaml': file } });
const prometheus = ['status', 'faces.yaml', '--format', 'prometheus'];

describe('status --format prometheus', () => {
  it('counts faces, waiting, expiring, drift and missing users, the same in a second run', async () => {
    const { run: faceform, sandbox } = await open();
    const ran = await faceform(prometheus);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    const samples = parseExposition(ran.stdout);
    for (const { labels } of samples) expect(labels['tenant']).toBe(sandbox.url);
    expect(counts(samples, 'faceform_last_read_timestamp_seconds')).toEqual({
      '': Date.parse('2026-06-01T12:00:00Z') / 1000,
    });
    expect(counts(samples, 'faceform_complete')).toEqual({ '': 1 });
    expect(counts(samples, 'faceform_users')).toEqual({ '': 8 });
    expect(counts(samples, 'faceform_enrollments')).toEqual({
      attention: 1,
      missing: 2,
      expiring: 1,
      waiting: 2,
      disabled: 1,
      enrolled: 2,
    });
    expect(counts(samples, 'faceform_faces')).toEqual({
      'NEW mobile': 1,
      'ACTIVATING mobile': 1,
      'ACTIVE mobile': 2,
      'ACTIVE token': 1,
      'DISABLED mobile': 1,
      'FAILED mobile': 1,
    });
    expect(counts(samples, 'faceform_waiting_faces')).toEqual({ 'under 1d': 1, '7d to 30d': 1 });
    expect(counts(samples, 'faceform_expiring_faces')).toEqual({ '2026-06': 1, '2027-06': 3, later: 1 });
    expect(counts(samples, 'faceform_drifted_faces')).toMatchObject({ update: 1 });
    expect(counts(samples, 'faceform_missing_users')).toEqual({ error: 1, wait: 1 });
    expect(await faceform(prometheus)).toEqual(ran);
  });

  it('has the same series whatever there is to count, and none for a single user', async () => {
    const seriesOf = async ({ run: faceform, sandbox }: TenantWorkspace): Promise<readonly string[]> =>
      parseExposition((await faceform(prometheus)).stdout.replaceAll(sandbox.url, 'T')).map(({ name, labels }) =>
        JSON.stringify([name, labels]),
      );
    const full = await seriesOf(await open());
    const one = { 'faces.yaml': 'version: 1\nenrollments: [{ user: amy, flow: mobile }]\n' };
    expect(await seriesOf(await openTenant({ seed: { users: [user('amy')] } }, { files: one }))).toEqual(full);
    expect(full.join()).not.toMatch(/amy|bob|nil/);
  });

  it('leaves out what only files can tell with --all', async () => {
    const { run: faceform } = await open();
    const ran = await faceform(['status', '--all', '--every-user', '--format', 'prometheus']);
    const names = new Set(parseExposition(ran.stdout).map(({ name }) => name));
    expect(names.has('faceform_faces')).toBe(true);
    expect(names.has('faceform_drifted_faces')).toBe(false);
    expect(names.has('faceform_missing_users')).toBe(false);
  });

  it('says that it is not complete, and ends with 6', async () => {
    const { run: faceform, sandbox } = await open();
    sandbox.tenant.failWith({
      kind: '403',
      operation: 'listFaces',
      path: String(sandbox.tenant.users()[0]?.id),
      times: Infinity,
    });
    const ran = await faceform(prometheus);
    expect(ran.code).toBe(6);
    expect(ran.stdout).toMatch(/^faceform_complete\{[^}]*\} 0$/m);
  });

  it('keeps a hostile name of the tenant from adding lines or labels', async () => {
    const state = '.faceform/a"} 1\\\u001b[2J\u202e.json';
    const { run: faceform } = await openWorkspace({ files: { 'faces.yaml': file } });
    expect((await faceform(['apply', 'faces.yaml', `--sandbox=${state}`, '--auto-approve'])).code).toBe(0);
    const ran = await faceform([...prometheus, `--sandbox=${state}`]);
    expectHarmless(ran);
    const [first] = parseExposition(ran.stdout);
    expect(first?.labels['tenant']).toBe('sandbox:.faceform/a"} 1\\\\u001b[2J\\u202e.json');
  });

  it('counts statuses of a newer tenant as one, and faces of unknown age apart', () => {
    const face = mobileFace('a', { status: 'x"} 1\nfaceform_users{} 9', created: undefined });
    const status = {
      users: 1,
      complete: true,
      entries: [{ key: 'amy/S-1', state: 'waiting', user: 'amy', face } as const],
      totals: { attention: 0, missing: 0, expiring: 0, waiting: 1, disabled: 0, enrolled: 0, unknown: 0 },
      missingUsers: { wait: 0, ignore: 0 },
      absentUsers: 0,
    };
    const context = {
      toolVersion: '0.1.0',
      tenant: { kind: 'origin', origin: 'https://acme.us.trustedauth.com' },
      now: instantFromMs(testNow),
      within: 0,
    } as const;
    const samples = parseExposition(statusPrometheus(status, context, undefined));
    expect(counts(samples, 'faceform_faces')).toEqual({ 'OTHER unknown': 1 });
    expect(counts(samples, 'faceform_waiting_faces')).toEqual({ unknown: 1 });
  });
});

describe('the examples for monitoring', () => {
  it('ask only for metrics and labels that the program prints', async () => {
    const { run: faceform } = await open();
    const samples = parseExposition((await faceform(prometheus)).stdout);
    const labelsOf = (name: string): readonly string[] =>
      samples.filter((one) => one.name === name).flatMap(({ labels }) => Object.keys(labels));
    const dashboard: unknown = JSON.parse(await readFile(example('faceform.grafana.json'), 'utf8'));
    const queries = listOf(dashboard, 'panels').flatMap((panel) =>
      listOf(panel, 'targets').map((target) => String(memberOf(target, 'expr'))),
    );
    expect(queries.length).toBeGreaterThan(8);
    for (const query of queries) {
      const [, name = ''] = /(faceform_\w+)/.exec(query) ?? [];
      const labels = [...query.matchAll(/by \(([^)]*)\)|[{,](\w+)=/g)].flatMap(([, by, one]) =>
        (by ?? one ?? '').split(', '),
      );
      expect(labelsOf(name), query).toEqual(expect.arrayContaining(labels));
    }
    const variables = JSON.stringify(memberOf(dashboard, 'templating'));
    for (const [name] of variables.matchAll(/faceform_\w+/g)) expect(labelsOf(name)).toContain('tenant');
  });

  it('read the tenant in a job for Kubernetes', async () => {
    const job: unknown = parse(await readFile(example('status.kubernetes.yaml'), 'utf8'));
    const pod = ['spec', 'jobTemplate', 'spec', 'template', 'spec'].reduce(memberOf, job);
    const [, reader] = listOf(pod, 'initContainers');
    const [shell, ...args] = listOf(reader, 'command').map(String);
    const { directory, environment, read } = await openRunner();
    const cwd = `${directory}/users`;
    const script = args.at(-1)?.replace('faceform status users', `${environment.FACEFORM} status .`) ?? '';
    expect(script).toContain('status . --format prometheus');
    await run(shell ?? '', [...args.slice(0, -1), script], { cwd, env: environment });
    parseExposition(await read('metrics.prom'));
  });
});
