import type { BudgetShare, Explanation, Guards } from '../../model/shown/explanation.ts';
import { aligned } from '../text/columns.ts';
import { plain, quoted } from '../text/escape.ts';
import { wholePlace } from '../text/place-text.ts';
import { errorsText, protectedText } from '../plan/plan-notes.ts';

/** What would stop the changes, and what decides about faces that no entry claims. */
export function guardLines({ guards, profile }: Explanation): readonly string[] {
  const isRead = profile.presence === 'present';
  return aligned([
    ['protect', protectText(guards)],
    ...(isRead ? guards.budgets.map((share) => [`budgets.${share.budget}`, budgetText(share)]) : []),
    ['unmatched', unmatchedTexts[guards.unmatched]],
    ['scope', scopeText(guards)],
  ]);
}

function protectText({ protect }: Guards): string {
  if (protect.length === 0) return 'does not name this user';
  return protect.map(({ name, place }) => `names this user as ${quoted(name)} at ${wholePlace(place)}`).join(', ');
}

function budgetText({ used, limit, unit, verdict }: BudgetShare): string {
  const most = unit === 'share' ? `${plain(limit)} of all faces in scope` : plain(limit);
  return `this user's changes need ${used}, a run has ${most}${verdict === 'over' ? ': apply refuses' : ''}`;
}

const unmatchedTexts = {
  keep: 'keep: faces of a named user that no entry claims are left alone',
  disable: 'disable: faces of a named user that no entry claims are disabled',
  delete: 'delete: faces of a named user that no entry claims are deleted',
} as const;

const removalTexts = { keep: 'left alone', disable: 'disabled', delete: 'deleted' } as const;

function scopeText({ scope }: Guards): string {
  if (scope.users === 'listed') return 'listed: users without an entry are left alone';
  const who = scope.users === 'group' ? `group ${quoted(scope.group)}` : 'tenant';
  return `${who}: faces of its users without an entry are ${removalTexts[scope.onRemove]}`;
}

/** Why an apply would write nothing, in one sentence each. */
export function refusalsOf({ guards, diagnostics }: Explanation): readonly string[] {
  const errors = errorsText(diagnostics);
  return [
    ...guards.protected.map(
      (change) => `Apply refuses: ${protectedText(change)}, but "protect" names this user. Change one of the two.`,
    ),
    ...guards.budgets
      .filter(({ verdict }) => verdict === 'over')
      .map(
        ({ budget, used, limit }) =>
          `Apply refuses: this user alone needs ${used} of budgets.${budget}, and a run has ${plain(limit)}. plan shows the flag that allows more.`,
      ),
    ...(errors === '' ? [] : [`Apply refuses: ${errors}`]),
  ];
}
