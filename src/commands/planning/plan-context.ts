import type { DesiredState } from '../../model/enrollment.ts';
import type { PlanContext } from '../../model/shown/plan-context.ts';
import type { Instant } from '../../model/instant.ts';
import { given } from '../../model/values/given.ts';
import { findCommit } from '../git/find-commit.ts';
import type { Surroundings } from '../process/io.ts';
import type { AllowOptions, CreateApiOptions, TenantOptions } from '../process/options.ts';
import { createApiOf } from '../tenant/create-api.ts';
import { toolVersion } from '../process/version.ts';

/** All that is said of a plan beside it: when, by what, from which commit, and how it may be applied. */
export async function planContext(
  { tenant }: Pick<DesiredState, 'tenant'>,
  options: AllowOptions & TenantOptions & CreateApiOptions,
  { now, world }: { readonly now: Instant; readonly world: Surroundings },
): Promise<PlanContext> {
  const commit = await findCommit(world.workingDirectory);
  const concurrency = options.concurrency ?? tenant.concurrency;
  const requestsPerSecond = options.requestsPerSecond ?? tenant.requestsPerSecond;
  return {
    toolVersion: toolVersion(),
    now,
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
export function acknowledgedBy(options: AllowOptions): PlanContext['acknowledged'] {
  return given<PlanContext['acknowledged']>({
    delete: options.allowDeletes,
    disable: options.allowDisables,
    shorten: options.allowShortens,
    email: options.allowEmails,
    update: options.allowUpdates,
  });
}
