import { tenantHead } from '../text/tenant-head.ts';
import type { Instant } from '../../model/instant.ts';
import { breachedUses, countMissing } from '../../model/summary.ts';
import type { Resend, ResendPlan } from '../../model/shown/resend.ts';
import { faceName } from '../plan/change-text.ts';
import { aligned } from '../text/columns.ts';
import { count } from '../../model/values/count.ts';
import { plain } from '../text/escape.ts';
import { fitted } from '../text/fitted.ts';
import { budgetLine, incompleteNote, provisionText } from '../plan/plan-notes.ts';
import { sinceText } from '../text/age.ts';
import { wholePlace } from '../text/place-text.ts';
import type { PlanView } from '../plan/plan-view.ts';

type View = Pick<PlanView, 'palette' | 'acknowledged' | 'now' | 'toolVersion' | 'width'>;

/** Whom a resend would mail, who has waited longest first. Its last line says how many e-mails that are. */
export function resendText(plan: ResendPlan, view: View): string {
  const { palette, toolVersion, now } = view;
  const tenant = plain(tenantHead(plan.tenant));
  const emails = plan.resends.length;
  const others = countMissing(plan.missing).wait === 0 ? '' : ` ${provisionText(plan.missing)}.`;
  const paragraphs = [
    [palette.strong(`faceform ${plain(toolVersion)} resend - tenant ${tenant}`)],
    aligned(plan.resends.map((resend) => row(resend, now))).map((line) => `  ${line}`),
    incompleteNote(plan, palette, 'no e-mail is sent to'),
    breachedUses(plan).map((budget) => budgetLine(budget, view)),
    [
      emails === 0
        ? `${palette.good('Nobody to mail.')}${others}`
        : `${palette.strong('Plan:')} ${count(emails, 'activation e-mail')} to send.${others}`,
    ],
  ];
  const text = paragraphs.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return fitted(`${text.join('\n\n')}\n`, view.width);
}

function row({ user, face, place }: Resend, now: Instant): readonly string[] {
  const where = place === undefined ? [] : [wholePlace(place)];
  return [plain(user.login), faceName(face), plain(face.status), sinceText(face.created, now), ...where];
}
