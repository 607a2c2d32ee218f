import type { CreateApi, TenantSettings } from '../enrollment.ts';
import type { Instant } from '../instant.ts';
import type { Plan } from '../plan.ts';
import type { Acknowledged } from '../values/budget.ts';
import type { Held } from './conditions.ts';

/** How a plan came about, and how it is to be applied; told beside it, for a plan depends on nothing but its input. */
export interface PlanContext {
  readonly toolVersion: string;
  readonly now: Instant;
  /** Commit of the Git work tree the files are in, if any. */
  readonly commit?: string | undefined;
  /** The acknowledgements that the plan was made with; applying it needs them no more. */
  readonly acknowledged: Acknowledged;
  /** How fast to apply, where the files or flags say so. */
  readonly pace: Pick<TenantSettings, 'concurrency' | 'requestsPerSecond'>;
  /** Which of the tenant's creates to apply it with. */
  readonly createApi: CreateApi;
  /** Conditions of `--fail-on` that held when it was made. */
  readonly held?: readonly Held[] | undefined;
}

/** All of a plan that is shown, saved and applied. */
export interface PlanInContext {
  readonly plan: Plan;
  readonly context: PlanContext;
}
