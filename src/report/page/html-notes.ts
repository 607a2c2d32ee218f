import type { NoOpChange, Plan } from '../../model/plan.ts';
import type { Acknowledged, BudgetUse } from '../../model/values/budget.ts';
import { breachedUses } from '../../model/summary.ts';
import type { PlanContext } from '../../model/shown/plan-context.ts';
import { faceName } from '../plan/change-text.ts';
import { markup, nothing, type Markup } from '../text/markup.ts';
import { naturally } from '../text/order.ts';
import { placeText, where } from '../text/place-text.ts';
import {
  budgetVerdict,
  errorsText,
  incompleteText,
  longestWaitFirst,
  ofStanding,
  protectedText,
  waitText,
  type BudgetVerdict,
} from '../plan/plan-notes.ts';
import { reasonText } from '../plan/reason-text.ts';
import { tableSection } from './html-tables.ts';

/** What forbids applying the plan as it is, with what to do about it; nothing where nothing does. */
export function refusals(plan: Plan, acknowledged: Acknowledged): Markup {
  const errors = errorsText(plan.diagnostics);
  const items = [
    ...(errors === '' ? [] : [markup`<li>${errors}`]),
    ...(plan.protected.length === 0 ? [] : [protections(plan)]),
    ...breachedUses(plan).flatMap((budget) => {
      const found = budgetVerdict(budget, acknowledged);
      return found.verdict === 'refused' ? [markup`<li>${budgetItem(found)}`] : [];
    }),
  ];
  if (items.length === 0) return nothing;
  return markup`
<section class="alert" aria-labelledby="refused-title"><h2 id="refused-title">Refused</h2>
<p>Apply will write nothing before this is settled.</p>
<ul>${items}</ul></section>`;
}

function protections(plan: Plan): Markup {
  const lines = naturally(plan.protected).map((change) => markup`<li>${protectedText(change)}`);
  return markup`<li>"protect" names the user. Change the entry or "protect":<ul>${lines}</ul>`;
}

/** What each budget allows, and how much of it the plan uses. */
export function budgetsLine(budgets: readonly BudgetUse[], acknowledged: Acknowledged): Markup {
  if (budgets.length === 0) return nothing;
  const items = budgets.map((budget) => markup`<li>${budgetItem(budgetVerdict(budget, acknowledged))}`);
  return markup`<div><dt>Budgets<dd><ul>${items}</ul></div>`;
}

function budgetItem({ verdict, use, flag }: BudgetVerdict): Markup {
  switch (verdict) {
    case 'kept':
      return markup`${use}`;
    case 'acknowledged':
      return markup`${use}: acknowledged`;
    case 'refused':
      return markup`${use}. To proceed: <code>${flag}</code>`;
  }
}

export function unknownSection({ complete, unknown }: Plan): Markup {
  if (complete && unknown.length === 0) return nothing;
  if (unknown.length === 0) return markup`<section class="alert"><p>${incompleteText(unknown)}</p></section>`;
  return tableSection({
    id: 'unknown',
    title: 'Users that could not be read',
    intro: `${incompleteText(unknown)} them.`,
    columns: ['User', 'Cause', 'Message', 'Entries'],
    rows: naturally(unknown).map(({ key, reason, places }) => [
      key,
      reason.code,
      reason.message,
      places.map((place) => placeText(place)).join(', '),
    ]),
  });
}

export function attentionSection({ changes }: Plan, { now }: PlanContext): Markup {
  return tableSection({
    id: 'attention',
    title: 'Attention needed',
    intro: 'Nothing is planned for these; somebody must look.',
    columns: ['Key', 'Face', 'Status', 'Why', 'Source'],
    rows: ofStanding(noopsOf(changes), 'attention').map((change) => [
      ...identity(change),
      reasonText(change, now),
      where(change),
    ]),
  });
}

export function waitingSection({ changes }: Plan, { now }: PlanContext): Markup {
  return tableSection({
    id: 'waiting',
    title: 'Waiting',
    intro: 'The user or the vendor must act first; no action. Oldest first.',
    columns: ['Key', 'Face', 'Status', 'Waiting', 'Source'],
    rows: longestWaitFirst(ofStanding(noopsOf(changes), 'waiting')).map((change) => [
      ...identity(change),
      waitText(change, now),
      where(change),
    ]),
  });
}

export function missingSection({ missing }: Plan): Markup {
  return tableSection({
    id: 'missing',
    title: 'Users waiting to be provisioned',
    intro: 'The tenant does not have them yet. Nothing is planned for their entries.',
    columns: ['User', 'Key', 'Source'],
    rows: naturally(missing.filter(({ handling }) => handling === 'wait')).map(({ user, key, place }) => [
      user,
      key,
      placeText(place),
    ]),
  });
}

export function keptSection({ kept }: Plan): Markup {
  return tableSection({
    id: 'unmatched',
    title: 'Unmatched faces',
    intro: 'No entry claims these; they are left alone.',
    columns: ['Key', 'User', 'Face', 'Status'],
    rows: naturally(kept).map(({ key, user, face }) => [key, user.login, faceName(face), face.status]),
  });
}

function noopsOf(changes: Plan['changes']): readonly NoOpChange[] {
  return naturally(changes.filter((change) => change.action === 'no-op'));
}

function identity({ key, face }: NoOpChange): readonly string[] {
  return face === undefined ? [key, 'no face', ''] : [key, faceName(face), face.status];
}
