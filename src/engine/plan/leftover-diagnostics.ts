import type { Diagnostic } from '../../model/diagnostic.ts';
import { flows, type DesiredState, type Flow } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import type { UnmatchedFace } from '../../model/plan.ts';
import { ofFlow } from '../match/flow-steps.ts';
import { healthOf } from '../match/health.ts';
import { about } from './ambiguity-diagnostics.ts';
import type { UserPlan } from './plan-user.ts';

/** Warns of a new enrollment whose user keeps an active face of another flow: they may have moved from one to the other. */
export function otherFlowActive(
  { match, kept }: Pick<UserPlan, 'match' | 'kept'>,
  now: Instant,
): readonly Diagnostic[] {
  const active = kept.filter(({ face }) => healthOf(face, now) === 'ACTIVE');
  if (active.length === 0) return [];
  return match.claims.flatMap(({ entry, face: claimed }) => {
    const others = active.filter(({ face }) => flows.some((flow) => flow !== entry.face.flow && ofFlow[flow](face)));
    if (claimed !== undefined || !entry.enabled || others.length === 0) return [];
    const names = others.map(({ key }) => `"${key}"`).join(', ');
    return about(entry, 'warning', {
      code: 'OTHER_FLOW_ACTIVE',
      summary: `"${entry.key}" is new, and the user has an active face of another flow: ${names}`,
      detail:
        'Both faces will work. If the new one replaces the other, remove the other with an entry that has ' +
        "'state: absent', or with 'unmatched'.",
    });
  });
}

/**
 * Warns once where a face is left whose flow the files ask for: with scope `listed` nobody can tell a face whose entry was
 * deleted from one that never had an entry.
 */
export function deletedEntriesUnknown(
  { scope, enrollments }: Pick<DesiredState, 'scope' | 'enrollments'>,
  kept: readonly UnmatchedFace[],
): readonly Diagnostic[] {
  if (scope.users !== 'listed' || kept.length === 0) return [];
  const asked = new Set<Flow>();
  for (const entry of enrollments) if (entry.state === 'present') asked.add(entry.face.flow);
  const isAsked = (face: Face): boolean => [...asked].some((flow) => ofFlow[flow](face));
  if (!kept.some(({ face }) => isAsked(face))) return [];
  return [
    {
      severity: 'warning',
      code: 'DELETED_ENTRIES_UNKNOWN',
      summary: 'faces that are left alone may belong to deleted entries',
      detail:
        "With scope 'listed' a plan cannot know which entries were deleted, and does not read users that no entry names. " +
        "To remove a face, use an entry with 'state: absent' or 'unmatched', or own a group or the tenant with 'scope'.",
    },
  ];
}
