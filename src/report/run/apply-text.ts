import type { ApplyReport, Outcome, OutcomeState, Refusal } from '../../model/outcome.ts';
import { adviceOn, type Verb } from '../plan/advice.ts';
import { changeSign, shownAction } from '../plan/change-sign.ts';
import { aligned } from '../text/columns.ts';
import { count } from '../../model/values/count.ts';
import { plain, quoted } from '../text/escape.ts';
import { compareText } from '../../model/values/order.ts';
import { where } from '../text/place-text.ts';
import type { Palette, Tone } from '../text/style.ts';

const tones: Readonly<Record<OutcomeState, Tone>> = {
  applied: 'good',
  already: 'good',
  failed: 'error',
  stale: 'warning',
  skipped: 'warning',
  unknown: 'error',
};

const titles: Readonly<Record<Verb, string>> = { apply: 'Apply:', resend: 'Resend:' };

/** As the totals name them; nothing that is sent again was sent already. */
const states: Readonly<Record<Verb, readonly OutcomeState[]>> = {
  apply: ['applied', 'already', 'failed', 'stale', 'skipped', 'unknown'],
  resend: ['applied', 'failed', 'stale', 'skipped', 'unknown'],
};
const names: Partial<Record<OutcomeState, string>> = { already: 'already done' };

/** What went well comes first, so that what did not stands just above the totals. */
const order: readonly OutcomeState[] = ['already', 'applied', 'stale', 'skipped', 'unknown', 'failed'];

/** One line for each change, those that were not applied with what the tenant said and what to do; then the totals. */
export function applyText(report: ApplyReport, palette: Palette, verb: Verb = 'apply'): string {
  const outcomes = report.outcomes.toSorted(
    (left, right) =>
      order.indexOf(left.state) - order.indexOf(right.state) || compareText(left.change.key, right.change.key),
  );
  const width = Math.max(...outcomes.map(({ state }) => nameOf(state).length), shortestColumn);
  const heads = aligned(outcomes.map((outcome) => head(outcome)));
  const lines = outcomes.flatMap((outcome, index) => [
    `${palette[tones[outcome.state]](nameOf(outcome.state).padEnd(width))}  ${heads[index] ?? ''}`,
    ...explanation(outcome, verb).map((line) => `${' '.repeat(width)}  ${line}`),
  ]);
  const body = lines.length === 0 ? '' : `${lines.join('\n')}\n\n`;
  return `${body}${palette.strong(titles[verb])} ${totalsLine(report, verb)}\n`;
}

function head({ change }: Outcome): readonly string[] {
  const { key, user } = change;
  return [changeSign(change), shownAction(change), plain(key), `user ${plain(user.login)}`, whereText(change)];
}

/** A resend by name has nothing to do with files. */
function whereText({ place, action }: Outcome['change']): string {
  return place === undefined && action === 'resend' ? '' : where({ place });
}

function explanation(outcome: Outcome, verb: Verb): readonly string[] {
  switch (outcome.state) {
    case 'applied':
    case 'already':
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

/** As wide as the longest of the usual states, so that two reports line up. */
const shortestColumn = 'applied'.length;

function nameOf(state: OutcomeState): string {
  return names[state] ?? state;
}

function totalsLine({ totals, emails }: ApplyReport, verb: Verb): string {
  const sum = states[verb].map((state) => `${totals[state]} ${nameOf(state)}`).join(' + ');
  const sent = emails === 0 ? '' : ` ${count(emails, 'activation e-mail')} sent.`;
  return `${totals.planned} planned = ${sum}.${sent}`;
}
