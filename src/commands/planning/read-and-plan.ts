import type { TenantId } from '../../model/tenant-id.ts';
import { createPlan, usersToAskFor, usersWithPolicy, withoutUnread, withPolicies } from '../../engine/index.ts';
import type { DesiredState } from '../../model/enrollment.ts';
import type { Instant } from '../../model/instant.ts';
import { isCreating, type Plan } from '../../model/plan.ts';
import type { TenantReader } from '../../model/tenant.ts';
import { InputError } from '../process/command-error.ts';
import type { ValidFiles } from '../files/load.ts';
import { suggest } from '../../model/values/suggest.ts';
import type { PlanningOptions } from '../process/options.ts';
import { askForSettings } from '../tenant/ask-for-settings.ts';
import { choose, leftOutReplace } from './choose.ts';
import { readForPlan } from './read-for-plan.ts';
import { shardOf } from './shard-choice.ts';
import { currentInstant } from '../process/current-instant.ts';
import type { World } from '../process/watch.ts';

/** The warnings of the files come first in the plan's diagnostics. */
export interface PlanInput extends ValidFiles {
  readonly tenant: TenantReader;
  readonly tenantId: TenantId;
  /** Whether tokens that cannot be had here are an error, or only worth a warning: whoever plans need not hold them. */
  readonly tokens: 'needed now' | 'needed by apply' | 'needed by apply of the saved plan';
}

/** A plan, and the time from which its horizon is measured. */
export interface Planned {
  readonly plan: Plan;
  readonly now: Instant;
}

/** Reads the tenant and plans. Both `plan` and `apply` come through here, so they cannot disagree. */
export async function readAndPlan(input: PlanInput, options: PlanningOptions, world: World): Promise<Planned> {
  demandOwner(input.desired, options);
  const chosen = choose(input.desired, options);
  const { desired, read, live: found, ...about } = await readForPlan({ ...input, chosen }, options, world);
  const asking = askForSettings(input.tenant, world);
  const settings = await asking.read(usersWithPolicy(desired, found));
  const live = withoutUnread(found, settings);
  const now = currentInstant(world);
  const draft = createPlan({
    desired,
    live,
    settings,
    tenant: input.tenantId,
    now,
    missingUsers: options.skipMissingUsers === true ? 'wait' : undefined,
    owner: options.owner,
    renew: new Set(options.replace),
    entries: about.entries,
    usersNamed: about.usersNamed,
    shard: shardOf(options, world),
  });
  tellIgnored(draft, world);
  const plan = withPolicies(draft, await asking.read(usersToAskFor(draft, options.settings ?? 'some')));
  const tokens = await input.checkTokens(tokensToSend(plan), {
    bounds: input.tokens === 'needed by apply of the saved plan' ? 'working directory' : 'enrollment file',
    missing: input.tokens === 'needed now' ? 'error' : 'warning',
  });
  const diagnostics = [...input.warnings, ...about.diagnostics(now), ...plan.diagnostics, ...tokens];
  return { plan: { ...plan, read: read(plan), diagnostics }, now };
}

/** @throws InputError where `--owner` names none of the files, or the entry of `--replace` is another's. */
function demandOwner({ owners = [], enrollments }: DesiredState, { owner, replace = [] }: PlanningOptions): void {
  if (owner === undefined) return;
  const names = owners.map(({ name }) => name);
  if (!names.includes(owner)) {
    const near = suggest(owner, names);
    const known = names.length === 0 ? 'The files name no owner.' : `The files have: ${names.join(', ')}.`;
    const detail = near === undefined ? known : `Did you mean '${near}'? ${known}`;
    throw new InputError([
      { severity: 'error', code: 'UNKNOWN_NAME', summary: `--owner names "${owner}", which no file has`, detail },
    ]);
  }
  const others = enrollments.filter((entry) => replace.includes(entry.key) && entry.owner !== owner);
  if (others.length > 0) throw new InputError(others.map(({ key }) => leftOutReplace(key, '--owner')));
}

function tellIgnored({ missing }: Plan, { watch }: World): void {
  if (watch.ignored === undefined) return;
  for (const entry of missing) if (entry.handling === 'ignore') watch.ignored(entry);
}

/** A token is needed where a face is created; of a face that is there, nobody has it any more. */
function tokensToSend({ changes }: Plan): ReadonlySet<string> {
  const keys = changes.flatMap((change) => (isCreating(change) && change.create.flow === 'token' ? [change.key] : []));
  return new Set(keys);
}
