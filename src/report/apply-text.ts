import type { ApplyReport, Outcome, OutcomeState, Refusal } from '../model/outcome.ts';
import { changeSign } from './change-sign.ts';
import { aligned } from './columns.ts';
import { count } from './count.ts';
import { plain, quoted } from './escape.ts';
import { compareText } from '../model/order.ts';
import { placeText } from './place-text.ts';
import type { Palette, Tone } from './style.ts';

const tones: Readonly<Record<OutcomeState, Tone>> = {
  applied: 'good',
  failed: 'error',
  stale: 'warning',
  skipped: 'warning',
  unknown: 'error',
};

/** As the totals name them. */
const states = ['applied', 'failed', 'stale', 'skipped', 'unknown'] as const satisfies readonly OutcomeState[];

/** What went well comes first, so that what did not stands just above the totals. */
const order: readonly OutcomeState[] = ['applied', 'stale', 'skipped', 'unknown', 'failed'];

/** What to do about an outcome; nothing where it is as planned. */
const advice: Readonly<Record<OutcomeState, string>> = {
  applied: '',
  failed: 'Correct the cause and apply again; what is done already is not repeated.',
  stale: 'Plan again.',
  skipped: 'Apply again.',
  unknown: 'It may have taken effect. Plan again to see; nothing is created twice.',
};

/** Where the tenant's status says more than the outcome alone. */
const adviceByStatus: ReadonlyMap<number, string> = new Map([
  [401, 'Check the credentials, then apply again.'],
  [403, "Give the API application's role the permission, then apply again."],
  [404, 'The user or the face is gone. Plan again.'],
  [409, 'Remove what the tenant names as the conflict, then plan again.'],
  [429, 'The tenant is busy. Lower --requests-per-second and apply again.'],
]);

/** One line for each change, those that were not applied with what the tenant said and what to do; then the totals. */
export function applyText(report: ApplyReport, palette: Palette): string {
  const outcomes = report.outcomes.toSorted(
    (left, right) =>
      order.indexOf(left.state) - order.indexOf(right.state) || compareText(left.change.key, right.change.key),
  );
  const width = Math.max(...states.map((state) => state.length));
  const heads = aligned(outcomes.map((outcome) => head(outcome)));
  const lines = outcomes.flatMap((outcome, index) => [
    `${palette[tones[outcome.state]](outcome.state.padEnd(width))}  ${heads[index] ?? ''}`,
    ...explanation(outcome).map((line) => `${' '.repeat(width)}  ${line}`),
  ]);
  const body = lines.length === 0 ? '' : `${lines.join('\n')}\n\n`;
  return `${body}${totalsLine(report, palette)}\n`;
}

function head({ change }: Outcome): readonly string[] {
  const { key, user, place, action } = change;
  const where = place === undefined ? '(in no file)' : placeText(place);
  return [changeSign(change), action, plain(key), `user ${plain(user.login)}`, where];
}

function explanation(outcome: Outcome): readonly string[] {
  switch (outcome.state) {
    case 'applied':
      return outcome.note === undefined ? [] : [plain(outcome.note)];
    case 'failed':
    case 'unknown':
      return [refusalText(outcome.refusal), refusalAdvice(outcome)];
    case 'stale':
    case 'skipped':
      return [`${plain(outcome.note)}. ${advice[outcome.state]}`];
  }
}

function refusalAdvice({ state, refusal }: Extract<Outcome, { readonly refusal: Refusal }>): string {
  const byStatus = refusal.status === undefined ? undefined : adviceByStatus.get(refusal.status);
  return state === 'failed' && byStatus !== undefined ? byStatus : advice[state];
}

function refusalText({ status, errorCode, message }: Refusal): string {
  const facts = [
    ...(status === undefined ? [] : [String(status)]),
    ...(errorCode === undefined ? [] : [plain(errorCode)]),
  ];
  return facts.length === 0 ? plain(message) : `the tenant answered ${facts.join(' ')}: ${quoted(message)}`;
}

function totalsLine({ totals, emails }: ApplyReport, palette: Palette): string {
  const sum = states.map((state) => `${totals[state]} ${state}`).join(' + ');
  const sent = emails === 0 ? '' : ` ${count(emails, 'activation e-mail')} sent.`;
  return `${palette.strong('Apply:')} ${totals.planned} planned = ${sum}.${sent}`;
}
