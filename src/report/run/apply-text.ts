import type { ApplyReport, Outcome, OutcomeState, Refusal } from '../../model/outcome.ts';
import { adviceOn, type Verb } from '../plan/advice.ts';
import { changeSign } from '../plan/change-sign.ts';
import { aligned } from '../text/columns.ts';
import { count } from '../../model/values/count.ts';
import { plain, quoted } from '../text/escape.ts';
import { compareText } from '../../model/values/order.ts';
import { where } from '../text/place-text.ts';
import type { Palette, Tone } from '../text/style.ts';

const tones: Readonly<Record<OutcomeState, Tone>> = {
  applied: 'good',
  failed: 'error',
  stale: 'warning',
  skipped: 'warning',
  unknown: 'error',
};

const titles: Readonly<Record<Verb, string>> = { apply: 'Apply:', resend: 'Resend:' };

/** As the totals name them. */
const states = ['applied', 'failed', 'stale', 'skipped', 'unknown'] as const satisfies readonly OutcomeState[];

/** What went well comes first, so that what did not stands just above the totals. */
const order: readonly OutcomeState[] = ['applied', 'stale', 'skipped', 'unknown', 'failed'];

/** One line for each change, those that were not applied with what the tenant said and what to do; then the totals. */
export function applyText(report: ApplyReport, palette: Palette, verb: Verb = 'apply'): string {
  const outcomes = report.outcomes.toSorted(
    (left, right) =>
      order.indexOf(left.state) - order.indexOf(right.state) || compareText(left.change.key, right.change.key),
  );
  const width = Math.max(...states.map((state) => state.length));
  const heads = aligned(outcomes.map((outcome) => head(outcome)));
  const lines = outcomes.flatMap((outcome, index) => [
    `${palette[tones[outcome.state]](outcome.state.padEnd(width))}  ${heads[index] ?? ''}`,
    ...explanation(outcome, verb).map((line) => `${' '.repeat(width)}  ${line}`),
  ]);
  const body = lines.length === 0 ? '' : `${lines.join('\n')}\n\n`;
  return `${body}${palette.strong(titles[verb])} ${totalsLine(report)}\n`;
}

function head({ change }: Outcome): readonly string[] {
  const { key, user, action } = change;
  return [changeSign(change), action, plain(key), `user ${plain(user.login)}`, whereText(change)];
}

/** A resend by name has nothing to do with files. */
function whereText({ place, action }: Outcome['change']): string {
  return place === undefined && action === 'resend' ? '' : where({ place });
}

function explanation(outcome: Outcome, verb: Verb): readonly string[] {
  switch (outcome.state) {
    case 'applied':
      return outcome.note === undefined ? [] : [plain(outcome.note)];
    case 'failed':
    case 'unknown':
      return [
        refusalText(outcome.refusal),
        ...(outcome.email === undefined ? [] : ['The activation e-mail was sent.']),
        adviceOn(outcome, verb),
      ];
    case 'stale':
    case 'skipped':
      return [`${plain(outcome.note)}. ${adviceOn(outcome, verb)}`];
  }
}

function refusalText({ status, errorCode, message }: Refusal): string {
  const facts = [
    ...(status === undefined ? [] : [String(status)]),
    ...(errorCode === undefined ? [] : [plain(errorCode)]),
  ];
  return facts.length === 0 ? plain(message) : `the tenant answered ${facts.join(' ')}: ${quoted(message)}`;
}

function totalsLine({ totals, emails }: ApplyReport): string {
  const sum = states.map((state) => `${totals[state]} ${state}`).join(' + ');
  const sent = emails === 0 ? '' : ` ${count(emails, 'activation e-mail')} sent.`;
  return `${totals.planned} planned = ${sum}.${sent}`;
}
