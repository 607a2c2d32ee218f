import type { Discovered, LiveState } from '../../model/live.ts';
import { sortedDiagnostics } from '../../model/diagnostic.ts';
import { placeOf } from '../../model/place.ts';
import { type Plan } from '../../model/plan.ts';
import { budgetUses } from '../plan/guard.ts';
import { belongings, type Belonging } from './overlaps.ts';
import { partsOf, strictestOf, type Part } from './parts.ts';
import { compareChanges, planPart, type PartPlan, type PlanRequest } from '../plan/plan.ts';
import { unite } from '../plan/unite.ts';
import { summedUses } from './uses-by-owner.ts';

/** Says what to do so that the tenant has what the files ask for. Pure. */
export function createPlan(request: PlanRequest): Plan {
  if (request.desired.owners === undefined) return planPart(request).plan;
  const parts = partsOf(request.desired);
  const belonging = belongings(parts, request.live);
  const planned = parts.filter(({ name }) => request.owner === undefined || name === request.owner);
  const missingProtected = request.missingUsers ?? strictestOf(parts);
  const plans = planned.map((part, at) => ({
    part,
    ...planPart({
      ...request,
      missingProtected,
      desired: withoutContested(part, belonging, request.live),
      live: liveOf(part, belonging, request.live),
      usersNamed: namedIn(part, request),
      renew: renewedIn(part, request, at === 0 ? 'and unknown ones' : 'of the part'),
    }),
  }));
  return combine(request, plans, belonging);
}

interface PlannedPart extends PartPlan {
  readonly part: Part;
}

function namedIn({ name }: Part, { usersNamed }: PlanRequest): PlanRequest['usersNamed'] {
  return usersNamed && { ...usersNamed, total: usersNamed.byPart.get(name) ?? 0 };
}

function combine(
  { desired, live, shard, tenant, usersNamed }: PlanRequest,
  parts: readonly PlannedPart[],
  found: Belonging,
): Plan {
  const plans = parts.map(({ plan, part: { owner } }) =>
    owner === undefined ? plan : { ...plan, changes: plan.changes.map((change) => ({ ...change, owner: owner.name })) },
  );
  const united = unite(plans);
  const changes = united.changes.toSorted(compareChanges);
  const faces = parts.reduce((sum, part) => sum + part.faces, 0);
  return {
    ...united,
    tenant,
    environment: desired.environment,
    inputs: desired.inputs,
    filesSkipped: desired.filesSkipped,
    shard,
    changes,
    complete: united.complete && [...(live.byOwner?.values() ?? [])].every(({ failure }) => failure === undefined),
    budgets:
      desired.totals === 'summed'
        ? summedUses(parts.map(({ plan: { budgets } }) => budgets))
        : budgetUses(desired.budgets, { summary: united.summary, changes }, usersNamed?.total ?? faces, shard),
    owners: parts.flatMap(({ part: { owner }, plan: { budgets } }) =>
      owner === undefined ? [] : [{ name: owner.name, place: placeOf(owner.range), budgets }],
    ),
    diagnostics: sortedDiagnostics([...found.diagnostics, ...united.diagnostics]),
  };
}

/** Nothing is planned for users whom two parts list. */
function withoutContested({ desired }: Part, { contested }: Belonging, live: LiveState): Part['desired'] {
  if (contested.size === 0) return desired;
  const enrollments = desired.enrollments.filter((entry) => {
    const found = live.listed.get(entry.user.key);
    const user = found === undefined || found.presence === 'absent' ? undefined : found.user;
    return user === undefined || !contested.has(user.uuid);
  });
  return { ...desired, enrollments };
}

/** The scope of the part brings in neither users whom another part lists, nor those of two scopes. */
function liveOf(part: Part, { listedBy, contested }: Belonging, live: LiveState): LiveState {
  const { users, failure }: Discovered = live.byOwner?.get(part.name) ?? { users: [] };
  const discovered = users.filter((found) => {
    if (found.presence === 'absent' || found.user === undefined) return true;
    const { uuid } = found.user;
    return !contested.has(uuid) && (listedBy.get(uuid) ?? part.name) === part.name;
  });
  return { ...live, discovered, discoveryFailure: failure };
}

/** Keys that no entry has are told once. */
function renewedIn(
  { desired }: Part,
  { renew, desired: all }: PlanRequest,
  which: 'of the part' | 'and unknown ones',
): ReadonlySet<string> {
  if (renew.size === 0) return renew;
  const own = new Set(desired.enrollments.map(({ key }) => key));
  const known = new Set(all.enrollments.map(({ key }) => key));
  return new Set([...renew].filter((key) => own.has(key) || (which === 'and unknown ones' && !known.has(key))));
}
