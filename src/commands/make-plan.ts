import { createPlan, usersToRead } from '../engine/index.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { DesiredState } from '../model/enrollment.ts';
import type { LiveState } from '../model/live.ts';
import type { Plan } from '../model/plan.ts';
import type { TenantReader } from '../model/tenant.ts';
import { InputError } from './command-error.ts';
import type { Io } from './io.ts';
import type { PlanningOptions } from './options.ts';
import { shardOf } from './shard-choice.ts';
import { startProgress } from './progress.ts';

export interface MadePlan {
  readonly plan: Plan;
  readonly live: LiveState;
}

export interface PlanInput {
  readonly desired: DesiredState;
  /** Found while loading; they come first in the plan's diagnostics. */
  readonly warnings: readonly Diagnostic[];
  readonly tenant: TenantReader;
  readonly tenantName: string;
}

/** Reads the tenant and plans. Both `plan` and `apply` come through here, so they cannot disagree. */
export async function makePlan(input: PlanInput, options: PlanningOptions, io: Io): Promise<MadePlan> {
  const desired = narrow(input.desired, options.target);
  const progress = startProgress('Reading users', io, options);
  const shard = shardOf(options, io);
  const refs = usersToRead(desired);
  const live = await input.tenant.readLive(refs, desired.scope, progress.update, shard).finally(() => {
    progress.end();
  });
  const plan = createPlan({
    desired,
    live,
    tenant: input.tenantName,
    now: Math.floor(io.clock.now() / 1000),
    missingUsers: options.skipMissingUsers === true ? 'warning' : 'error',
    renew: new Set(options.replace),
    ...(shard === undefined ? {} : { shard }),
  });
  return { plan: { ...plan, diagnostics: [...input.warnings, ...plan.diagnostics] }, live };
}

/**
 * Keeps the entries of the users named by `--target`. Users that the scope would bring in are left alone,
 * so that narrowing never removes anything.
 */
function narrow(desired: DesiredState, targets: readonly string[] | undefined): DesiredState {
  if (targets === undefined || targets.length === 0) return desired;
  const wanted = new Set(targets.map((target) => target.toLowerCase()));
  const enrollments = desired.enrollments.filter(({ user }) => wanted.has(user.key.toLowerCase()));
  const found = new Set(enrollments.map(({ user }) => user.key.toLowerCase()));
  const lost = [...wanted].filter((target) => !found.has(target));
  if (lost.length > 0) throw new InputError(lost.map(unknownTarget));
  const scope = desired.scope.users === 'listed' ? desired.scope : { ...desired.scope, onRemove: 'keep' as const };
  return { ...desired, enrollments, scope };
}

function unknownTarget(target: string): Diagnostic {
  return {
    severity: 'error',
    code: 'UNKNOWN_NAME',
    summary: `--target names "${target}", whom no entry names`,
    detail: 'Give the user as the file does: the login, uuid:… or externalId:….',
  };
}
