import { formatInstant, type Instant } from '../model/instant.ts';
import type { BudgetUse, NoOpChange, Plan, ProtectedChange, Standing } from '../model/plan.ts';
import { age } from './age.ts';
import { faceName } from './change-text.ts';
import { aligned } from './columns.ts';
import { count } from './count.ts';
import { plain } from './escape.ts';
import { sortedByKey } from './order.ts';
import { placeText } from './place-text.ts';
import type { PlanView } from './plan-view.ts';
import { reasonSentences } from './reason-sentences.ts';
import type { Palette } from './style.ts';

/** One paragraph below the changes: a title, and lines indented below it. */
type Note = readonly string[];

/** JSON has them all. */
const mostShown = { waiting: 10, kept: 3, unknown: 20 } as const;

/** All that the changes do not say, in the order of reading; a note that has nothing to say is missing. */
export function planNotes(plan: Plan, view: PlanView): readonly Note[] {
  const noops = sortedByKey(plan.changes.filter((change) => change.action === 'no-op'));
  const notes = [
    view.noops === 'list' ? unchangedNote(noops) : [],
    waitingNote(noops, view),
    attentionNote(noops, view.palette),
    keptNote(plan),
    incompleteNote(plan, view.palette),
    errorsNote(plan, view.palette),
    protectedNote(plan.protected, view.palette),
    plan.budgets.filter(isBreached).map((budget) => budgetLine(budget, view)),
  ];
  return notes.filter((note) => note.length > 0);
}

export function isBreached(budget: BudgetUse): boolean {
  return budget.used > budget.allowed;
}

function unchangedNote(noops: readonly NoOpChange[]): Note {
  const settled = noops.filter((change) => change.standing === undefined);
  const lines = aligned(settled.map((change) => [...identity(change), reasonSentences[change.reason], where(change)]));
  return titled(`${settled.length} without a change:`, lines);
}

function waitingNote(noops: readonly NoOpChange[], view: PlanView): Note {
  const waiting = ofStanding(noops, 'waiting').toSorted(
    (left, right) => (left.standing?.since ?? Infinity) - (right.standing?.since ?? Infinity) || 0,
  );
  const lines = aligned(waiting.map((change) => [...identity(change), waitText(change, view.now), where(change)]));
  const most = view.noops === 'list' ? lines.length : mostShown.waiting;
  const title = `${count(waiting.length, 'face')} waiting for the user or the vendor, oldest first; no action:`;
  return titled(title, first(lines, most));
}

function attentionNote(noops: readonly NoOpChange[], palette: Palette): Note {
  const attention = ofStanding(noops, 'attention');
  const heads = aligned(attention.map((change) => [...identity(change), where(change)]));
  const lines = attention.flatMap((change, index) => [heads[index] ?? '', `  (${reasonSentences[change.reason]})`]);
  return titled(palette.warning(`Attention needed for ${count(attention.length, 'face')}:`), lines);
}

function keptNote({ kept }: Plan): Note {
  const lines = aligned(sortedByKey(kept).map(({ key, face }) => [plain(key), plain(face.status)]));
  return titled(`${count(kept.length, 'face')} that no entry claims, left alone:`, first(lines, mostShown.kept));
}

export function incompleteNote(
  { complete, unknown }: Pick<Plan, 'complete' | 'unknown'>,
  palette: Palette,
  consequence = 'no change is planned for',
): Note {
  if (complete && unknown.length === 0) return [];
  if (unknown.length === 0) {
    return [
      palette.error('Incomplete: the users in scope could not be listed to the end; those left out get no change.'),
    ];
  }
  const lines = aligned(
    sortedByKey(unknown).map(({ key, reason, places }) => [
      plain(key),
      `${reason.code}: ${plain(reason.message)}`,
      places.map((place) => placeText(place)).join(', '),
    ]),
  );
  const title = `Incomplete: ${count(unknown.length, 'user')} could not be read, so ${consequence}:`;
  return titled(palette.error(title), first(lines, mostShown.unknown));
}

function errorsNote({ diagnostics }: Plan, palette: Palette): Note {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  return errors === 0
    ? []
    : [palette.error(`Refused: ${count(errors, 'error')} in the input; nothing can be applied.`)];
}

const participles: Readonly<Record<ProtectedChange['action'], string>> = {
  disable: 'disabled',
  replace: 'replaced',
  delete: 'deleted',
};

function protectedNote(changes: readonly ProtectedChange[], palette: Palette): Note {
  const lines = sortedByKey(changes).map(({ key, action }) => `${plain(key)} would be ${participles[action]}`);
  return titled(palette.error('Refused: "protect" names the user. Change the entry or "protect":'), lines);
}

const acknowledgements: Readonly<Record<BudgetUse['budget'], { readonly noun: string; readonly flag: string }>> = {
  delete: { noun: 'delete', flag: '--allow-deletes' },
  disable: { noun: 'disable', flag: '--allow-disables' },
  email: { noun: 'activation e-mail', flag: '--allow-emails' },
};

export function budgetLine(
  { budget, used, allowed, limit }: BudgetUse,
  { palette, acknowledged }: Pick<PlanView, 'palette' | 'acknowledged'>,
): string {
  const { noun, flag } = acknowledgements[budget];
  const share = limit === String(allowed) ? '' : ` (${plain(limit)})`;
  if (acknowledged[budget] === used) {
    return palette.warning(`Acknowledged: ${count(used, noun)}, budget ${allowed}${share}.`);
  }
  return palette.error(`Refused: ${count(used, noun)}, budget ${allowed}${share}. To proceed: ${flag} ${used}`);
}

function ofStanding(noops: readonly NoOpChange[], state: Standing['state']): readonly NoOpChange[] {
  return noops.filter((change) => change.standing?.state === state);
}

function identity({ key, face }: NoOpChange): readonly string[] {
  return face === undefined ? [plain(key), 'no face', ''] : [plain(key), faceName(face), plain(face.status)];
}

function where({ place }: NoOpChange): string {
  return place === undefined ? '(in no file)' : placeText(place);
}

function waitText({ standing, pendingExpiry }: NoOpChange, now: Instant): string {
  const text = sinceText(standing?.since, now);
  return pendingExpiry === undefined ? text : `${text}, then its expiry is set`;
}

export function sinceText(since: Instant | undefined, now: Instant): string {
  return since === undefined ? 'since unknown' : `since ${formatInstant(since)} (${age(now - since)})`;
}

function first(lines: readonly string[], most: number): readonly string[] {
  return lines.length > most ? [...lines.slice(0, most), `(${lines.length - most} more)`] : lines;
}

function titled(title: string, lines: readonly string[]): Note {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}
