import type { Plan } from '../../model/plan.ts';
import type { Acknowledged } from '../../model/values/budget.ts';
import { breachedUses } from '../../model/summary.ts';
import { tenantText, type TenantId } from '../../model/tenant-id.ts';
import { count } from '../../model/values/count.ts';
import { budgetVerdict, plain } from '../../report/index.ts';
import type { Approval } from '../process/confirm.ts';

/** What is hard to undo comes first; a plan shows only the counts that it has. */
const counted: ReadonlyMap<string, string> = new Map([
  ['delete', 'delete'],
  ['replace', 'replace'],
  ['disable', 'disable'],
  ['shorten', 'shorten'],
  ['update', 'update'],
  ['create', 'create'],
  ['emails', 'activation e-mail'],
]);

/** Budgets of what takes access away. */
const removals: ReadonlySet<string> = new Set(['delete', 'disable', 'shorten']);

/**
 * What to ask before an apply. Where several budgets of removals were acknowledged beyond their limits, `yes` would be
 * too quick an answer: it takes the tenant's host name.
 */
export function approvalOfApply(
  { tenant, summary, ...plan }: Pick<Plan, 'tenant' | 'summary' | 'budgets' | 'owners'>,
  acknowledged: Acknowledged,
): Approval {
  const counts = new Map<string, number>(Object.entries(summary));
  const parts = [...counted].flatMap(([name, noun]) => {
    const number = counts.get(name) ?? 0;
    return number === 0 ? [] : [count(number, noun)];
  });
  const question = `Apply to ${plain(tenantText(tenant))}: ${parts.join(', ')}?`;
  const beyond = breachedUses(plan).filter(
    (use) => removals.has(use.budget) && budgetVerdict(use, acknowledged).verdict === 'acknowledged',
  );
  const declined = 'nothing was applied';
  if (beyond.length < 2) return { question, phrase: 'yes', declined };
  const uses = beyond.map((use) => budgetVerdict(use, acknowledged).use).join('; ');
  return { question: `${question}\nBeyond ${beyond.length} budgets: ${uses}.`, phrase: nameOf(tenant), declined };
}

export function approvalOfResend(tenant: TenantId, emails: number): Approval {
  const question = `Send ${count(emails, 'activation e-mail')} from ${plain(tenantText(tenant))}?`;
  return { question, phrase: 'yes', declined: 'nothing was sent' };
}

/** What to type for a tenant. The embedded one has no host. */
function nameOf(tenant: TenantId): string {
  return tenant.kind === 'origin' ? new URL(tenant.origin).hostname : 'sandbox';
}
