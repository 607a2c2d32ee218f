import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { listOf, memberOf } from '../support/commands/expectations.ts';
import { jobsOf } from './jobs.ts';

const root = new URL('../../examples/', import.meta.url);
const read = (name: string): Promise<string> => readFile(new URL(name, root), 'utf8');
const named = async (folder: string, end: RegExp): Promise<readonly string[]> =>
  (await readdir(new URL(`${folder}/`, root))).filter((name) => end.test(name)).map((name) => `${folder}/${name}`);

describe.each(await named('ci', /github\.yml$/))('the workflow %s', (name) => {
  it('names each action of others by its commit, beside the version that it is', async () => {
    const uses = (await read(name)).split('\n').filter((line) => /uses: (?!faceform\/)/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('gives each job an end, and its credentials to no step that has no use for them', async () => {
    for (const job of jobsOf(parse(await read(name)))) {
      expect(memberOf(job, 'timeout-minutes')).toBeGreaterThan(0);
      const steps = listOf(job, 'steps');
      const needsThem = steps.some((step) => /git (fetch|push)/.test(String(memberOf(step, 'run'))));
      for (const step of steps.filter((each) => String(memberOf(each, 'uses')).startsWith('actions/checkout@'))) {
        expect(memberOf(memberOf(step, 'with'), 'persist-credentials')).toBe(needsThem ? undefined : false);
      }
    }
  });

  it('keeps the journal of each attempt, and lets a plan that is made again replace the first', async () => {
    for (const job of jobsOf(parse(await read(name)))) {
      for (const step of listOf(job, 'steps')) {
        if (!String(memberOf(step, 'uses')).startsWith('actions/upload-artifact@')) continue;
        const given = memberOf(step, 'with');
        const isKept = String(memberOf(given, 'name')).endsWith('${{ github.run_attempt }}');
        expect([given, isKept || memberOf(given, 'overwrite') === true]).toEqual([given, true]);
      }
    }
  });
});

const manifests = [...(await named('ci', /kubernetes/)), ...(await named('monitoring', /kubernetes/))];

function podIn(manifest: unknown): unknown {
  const spec = memberOf(manifest, 'spec');
  const job = memberOf(memberOf(spec, 'jobTemplate'), 'spec') ?? spec;
  return memberOf(memberOf(job, 'template'), 'spec');
}

describe.each(manifests)('the pod of %s', (name) => {
  it('is allowed where Pod Security is "restricted", has no token of Kubernetes, and asks for what it needs', async () => {
    const manifest: unknown = parse(await read(name));
    const pod = podIn(manifest);
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    const containers = [...listOf(pod, 'initContainers'), ...listOf(pod, 'containers')];
    expect(containers.length).toBeGreaterThan(1);
    for (const container of containers) {
      expect(container).toMatchObject({
        resources: { requests: {}, limits: {} },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      });
    }
    expect(JSON.stringify(manifest)).toContain('"activeDeadlineSeconds":');
  });
});

it('a pod that could not reach the tenant, or lost its node, is tried again; one that is refused is not', async () => {
  const spec = memberOf(parse(await read('ci/shards.kubernetes.yaml')), 'spec');
  const [first, second] = listOf(memberOf(spec, 'podFailurePolicy'), 'rules');
  expect(first).toEqual({ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] });
  expect(second).toMatchObject({ action: 'FailIndex', onExitCodes: { operator: 'In', values: [1, 5] } });
});
