import type { Diagnostic } from '../../model/diagnostic.ts';
import { formatInstant, later, type Instant } from '../../model/instant.ts';
import { isCreating, type CreatingChange } from '../../model/plan.ts';
import type { PlanClock } from '../match/decide.ts';
import { about } from './ambiguity-diagnostics.ts';
import type { UserPlan } from './plan-user.ts';

/** New faces with which access would end within the horizon. It takes nothing away, so that no budget counts it. */
export function endDiagnostics(
  { match, changes }: Pick<UserPlan, 'match' | 'changes'>,
  clock: PlanClock,
): readonly Diagnostic[] {
  return match.claims.flatMap(({ entry }) => {
    const change = changes.filter(isCreating).find(({ key }) => key === entry.key);
    const end = change && endOf(change, clock.now);
    if (end === undefined || end >= clock.horizon) return [];
    return about(entry, 'warning', {
      code: 'ENDS_SOON',
      summary: `access with the new face of "${entry.key}" ends soon`,
      detail: `It ends about ${formatInstant(end)}, within 'shortenHorizon'. Check 'expiry' or 'lifetime'.`,
    });
  });
}

function endOf({ create }: CreatingChange, now: Instant): Instant | undefined {
  const { expiry } = create;
  switch (expiry.rule) {
    case 'tenant':
    case 'policy':
      return undefined;
    case 'at':
      return expiry.instant;
    case 'lifetime':
      return later(now, expiry.seconds);
  }
}
