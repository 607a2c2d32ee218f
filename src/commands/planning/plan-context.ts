import type { DesiredState } from '../../model/enrollment.ts';
import type { PlanContext } from '../../model/plan.ts';
import { findCommit } from './git-commit.ts';
import type { Surroundings } from '../process/io.ts';
import { currentInstant } from '../process/current-instant.ts';
import type { AllowOptions, CreateApiOptions, TenantOptions } from '../process/options.ts';
import { createApiOf } from '../tenant/create-api.ts';
import { toolVersion } from '../process/version.ts';

/** All that is said of a plan beside it: when, by what, from which commit, and how it may be applied. */
export async function planContext(
  { tenant }: Pick<DesiredState, 'tenant'>,
  options: AllowOptions & TenantOptions & CreateApiOptions,
  world: Surroundings,
): Promise<PlanContext> {
  const commit = await findCommit(world.workingDirectory);
  const concurrency = options.concurrency ?? tenant.concurrency;
  const requestsPerSecond = options.requestsPerSecond ?? tenant.requestsPerSecond;
  return {
    toolVersion: toolVersion(),
    now: currentInstant(world),
    commit,
    acknowledged: acknowledgedBy(options),
    createApi: createApiOf(tenant, options),
    pace: {
      ...(concurrency === undefined ? {} : { concurrency }),
      ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
    },
  };
}

/** What the `--allow-…` flags acknowledge. */
export function acknowledgedBy({
  allowDeletes,
  allowDisables,
  allowEmails,
}: AllowOptions): PlanContext['acknowledged'] {
  return {
    ...(allowDeletes === undefined ? {} : { delete: allowDeletes }),
    ...(allowDisables === undefined ? {} : { disable: allowDisables }),
    ...(allowEmails === undefined ? {} : { email: allowEmails }),
  };
}
