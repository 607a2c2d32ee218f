import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { memberOf } from '../support/commands/expectations.ts';
import { jobsOf } from './jobs.ts';

const directory = new URL('../../examples/ci/', import.meta.url);
const group = { group: 'faceform-${{ vars.FACEFORM_TENANT_URL }}', 'cancel-in-progress': false };

const writes = (job: unknown): boolean => /\bfaceform\b[^\n]* apply |"faceform","apply"/.test(JSON.stringify(job));

it('every job of the examples that writes to a tenant waits for the others that do', async () => {
  const writers: string[] = [];
  for (const name of await readdir(directory)) {
    const example: unknown = parse(await readFile(new URL(name, directory), 'utf8'));
    if (!writes(example)) continue;
    writers.push(name);
    if (name.endsWith('.github.yml') || name === 'github.yml') {
      const held = memberOf(example, 'concurrency');
      for (const job of jobsOf(example).filter(writes)) {
        expect([held, memberOf(job, 'concurrency')], name).toContainEqual(group);
      }
    } else if (name === 'gitlab.yml') {
      for (const job of jobsOf(example).filter(writes)) expect(memberOf(job, 'resource_group'), name).toBe('tenant');
    } else if (memberOf(example, 'kind') === 'CronJob') {
      expect(memberOf(memberOf(example, 'spec'), 'concurrencyPolicy')).toBe('Forbid');
    } else {
      expect(memberOf(example, 'metadata'), name).toEqual({ name: 'faceform-shards' });
    }
  }
  expect(writers).toEqual([
    'github.yml',
    'gitlab.yml',
    'kubernetes.cronjob.yaml',
    'large.github.yml',
    'shards.github.yml',
    'shards.kubernetes.yaml',
  ]);
});
