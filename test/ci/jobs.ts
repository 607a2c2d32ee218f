import { memberOf } from '../support/commands/expectations.ts';

/** Jobs of a workflow for GitHub; of a pipeline for GitLab its members, which are jobs as well. */
export function jobsOf(example: unknown): readonly unknown[] {
  const jobs = memberOf(example, 'jobs') ?? example;
  return Object.values(typeof jobs === 'object' && jobs !== null ? jobs : {});
}
