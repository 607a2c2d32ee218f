import type { ApplyReport, Outcome, OutcomeState, Refusal, Task } from '../../model/outcome.ts';
import { adviceOn, type Verb } from '../plan/advice.ts';
import { changeSign, shownAction } from '../plan/change-sign.ts';
import { aligned } from '../text/columns.ts';
import { count } from '../../model/values/count.ts';
import { plain, quoted } from '../text/escape.ts';
import { fitted } from '../text/fitted.ts';
import { compareText } from '../../model/values/order.ts';
import { wholeWhere } from '../text/place-text.ts';
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
export function applyText(report: ApplyReport, palette: Palette, verb: Verb = 'apply', width?: number): string {
  const outcomes = report.outcomes.toSorted(
    (left, right) =>
      order.indexOf(left.state) - order.indexOf(right.state) || compareText(left.change.key, right.change.key),
  );
  const textOf = outcomeText(
    outcomes.map(({ change }) => change),
    { palette, verb, width },
  );
  const body = outcomes.length === 0 ? '' : `${outcomes.map(textOf).join('')}\n`;
  return `${body}${fitted(totalsText(report, palette, verb), width)}`;
}

/** How outcomes are shown; `width` in columns, missing where there is no terminal. */
interface OutcomeView {
  readonly palette: Palette;
  readonly verb: Verb;
  readonly width?: number | undefined;
}

/** Makes the lines of one outcome after the other, in columns that are wide enough for all of these changes. */
export function outcomeText(
  changes: readonly Task[],
  { palette, verb, width: columns }: OutcomeView,
): (outcome: Outcome) => string {
  const width = Math.max(...states[verb].map((state) => state.length));
  const rows = aligned(changes.map((change) => head(change)));
  const heads = new Map(changes.map((change, index) => [change, rows[index] ?? '']));
  return (outcome) => {
    const { state, change } = outcome;
    const first = `${palette[tones[state]](state.padEnd(width))}  ${heads.get(change) ?? ''}`;
    const others = explanation(outcome, verb).map((line) => `${' '.repeat(width)}  ${line}`);
    return fitted(`${[first, ...others].join('\n')}\n`, columns);
  };
}

/**
 * What follows the outcomes that were printed as they happened: how many were not begun, and why; those that failed, once
 * more; the totals.
 */
export function applyEndText(report: ApplyReport, palette: Palette, width?: number): string {
  const failed = report.outcomes.filter(({ state }) => state === 'failed' || state === 'unknown');
  const repeated = failed.length === report.outcomes.length ? [] : failed;
  const textOf = outcomeText(
    repeated.map(({ change }) => change),
    { palette, verb: 'apply', width },
  );
  const parts = [skippedText(report, palette), repeated.map(textOf).join(''), totalsText(report, palette, 'apply')];
  const text = parts.filter((part) => part !== '').join('\n');
  return fitted(`${report.outcomes.length === 0 ? '' : '\n'}${text}`, width);
}

/** Most changes of a run that ends early are left for the same reason, which is told once. */
function skippedText({ outcomes }: ApplyReport, palette: Palette): string {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    if (outcome.state !== 'skipped') continue;
    const why = explanation(outcome, 'apply').join(' ');
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return [...counts]
    .map(([why, number]) => `${palette[tones.skipped]('skipped')}  ${count(number, 'change')}: ${why}\n`)
    .join('');
}

function totalsText(report: ApplyReport, palette: Palette, verb: Verb): string {
  return `${palette.strong(titles[verb])} ${totalsLine(report, verb)}\n`;
}

function head(change: Task): readonly string[] {
  const { key, user } = change;
  return [changeSign(change), shownAction(change), plain(key), `user ${plain(user.login)}`, whereText(change)];
}

/** A resend by name has nothing to do with files. */
function whereText({ place, action }: Outcome['change']): string {
  return place === undefined && action === 'resend' ? '' : wholeWhere({ place });
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

function nameOf(state: OutcomeState): string {
  return names[state] ?? state;
}

function totalsLine({ totals, emails }: ApplyReport, verb: Verb): string {
  const sum = states[verb].map((state) => `${totals[state]} ${nameOf(state)}`).join(' + ');
  const sent = emails === 0 ? '' : ` ${count(emails, 'activation e-mail')} sent.`;
  return `${totals.planned} planned = ${sum}.${sent}`;
}
