import type { Instant } from '../../model/instant.ts';
import type { NoOpChange, Plan, Standing } from '../../model/plan.ts';
import type { Acknowledged, BudgetName, BudgetUse, ProtectedChange } from '../../model/values/budget.ts';
import { breachedUses, type JudgedUse, countMissing } from '../../model/summary.ts';
import { sinceText } from '../text/age.ts';
import { faceName } from './change-text.ts';
import { aligned } from '../text/columns.ts';
import { count } from '../../model/values/count.ts';
import { plain, quoted } from '../text/escape.ts';
import { inOnePiece } from '../text/fitted.ts';
import { naturally } from '../text/order.ts';
import { placeText, wholePlace, wholeWhere } from '../text/place-text.ts';
import type { PlanView } from './plan-view.ts';
import { reasonSentences } from './reason-sentences.ts';
import { reasonText } from './reason-text.ts';
import type { Palette } from '../text/style.ts';

/** One paragraph below the changes: a title, and lines indented below it. */
type Note = readonly string[];

/** JSON has them all. */
const mostShown = { waiting: 10, missing: 10, kept: 3, unknown: 20, attention: 50 } as const;

/** All that the changes do not say, in the order of reading; a note that has nothing to say is missing. To be `fitted`. */
export function planNotes(plan: Plan, view: PlanView): readonly Note[] {
  const noops = naturally(plan.changes.filter((change) => change.action === 'no-op'));
  const notes = [
    view.noops === 'list' ? unchangedNote(noops) : [],
    waitingNote(noops, view),
    missingNote(plan, view),
    attentionNote(noops, view),
    keptNote(plan),
    incompleteNote(plan, view.palette),
    errorsNote(plan, view.palette),
    protectedNote(plan.protected, view.palette),
    breachedUses(plan).map((budget) => budgetLine(budget, view)),
  ];
  return notes.filter((note) => note.length > 0);
}

function isBreached(budget: BudgetUse): boolean {
  return budget.used > budget.allowed;
}

function unchangedNote(noops: readonly NoOpChange[]): Note {
  const settled = noops.filter((change) => change.standing === undefined);
  const lines = aligned(
    settled.map((change) => [...identity(change), reasonSentences[change.reason], wholeWhere(change)]),
  );
  return titled(`${settled.length} without a change:`, lines);
}

function waitingNote(noops: readonly NoOpChange[], view: PlanView): Note {
  const waiting = longestWaitFirst(ofStanding(noops, 'waiting'));
  const lines = aligned(waiting.map((change) => [...identity(change), waitText(change, view.now), wholeWhere(change)]));
  const most = view.noops === 'list' ? lines.length : mostShown.waiting;
  const title = `${count(waiting.length, 'face')} waiting for the user or the vendor, oldest first; no action:`;
  return titled(title, first(lines, most));
}

function missingNote({ missing }: Plan, view: PlanView): Note {
  const waiting = naturally(missing.filter(({ handling }) => handling === 'wait'));
  const lines = aligned(waiting.map(({ key, place }) => [plain(key), wholePlace(place)]));
  const most = view.noops === 'list' ? lines.length : mostShown.missing;
  return titled(`${provisionText(missing)}; the tenant does not have them yet:`, first(lines, most));
}

/** Such as `2 users waiting to be provisioned`. */
export function provisionText(missing: Plan['missing']): string {
  return `${count(countMissing(missing).wait, 'user')} waiting to be provisioned`;
}

/** Those of which the tenant does not tell the age come last. */
export function longestWaitFirst(waiting: readonly NoOpChange[]): readonly NoOpChange[] {
  return waiting.toSorted(
    (left, right) => (left.standing?.since ?? Infinity) - (right.standing?.since ?? Infinity) || 0,
  );
}

function attentionNote(noops: readonly NoOpChange[], { palette, now, noops: listed, detail }: PlanView): Note {
  const attention = ofStanding(noops, 'attention');
  const most = listed === 'list' || detail === 'full' ? attention.length : mostShown.attention;
  const named = attention.slice(0, most);
  const heads = aligned(named.map((change) => [...identity(change), wholeWhere(change)]));
  const lines = named.flatMap((change, index) => [heads[index] ?? '', `  (${reasonText(change, now)})`]);
  const left = attention.length - named.length;
  if (left > 0) lines.push(`(${left} more; --full lists them)`);
  return titled(palette.warning(`Attention needed for ${count(attention.length, 'face')}:`), lines);
}

function keptNote({ kept }: Plan): Note {
  const lines = aligned(naturally(kept).map(({ key, face }) => [plain(key), plain(face.status)]));
  return titled(`${count(kept.length, 'face')} that no entry claims, left alone:`, first(lines, mostShown.kept));
}

export function incompleteNote(
  { complete, unknown }: Pick<Plan, 'complete' | 'unknown'>,
  palette: Palette,
  consequence = 'no change is planned for',
): Note {
  if (complete && unknown.length === 0) return [];
  if (unknown.length === 0) {
    return [palette.error(incompleteText(unknown))];
  }
  const lines = aligned(
    naturally(unknown).map(({ key, reason, places }) => [
      plain(key),
      `${reason.code}: ${plain(reason.message)}`,
      places.map(wholePlace).join(', '),
    ]),
  );
  return titled(palette.error(`${incompleteText(unknown, consequence)}:`), first(lines, mostShown.unknown));
}

/** What a plan that is not complete leaves out. */
export function incompleteText(unknown: Plan['unknown'], consequence = 'no change is planned for'): string {
  return unknown.length === 0
    ? 'Incomplete: the users in scope could not be listed to the end; those left out get no change.'
    : `Incomplete: ${count(unknown.length, 'user')} could not be read, so ${consequence}`;
}

function errorsNote({ diagnostics }: Plan, palette: Palette): Note {
  const refusal = errorsText(diagnostics);
  return refusal === '' ? [] : [palette.error(`Refused: ${refusal}`)];
}

/** That errors forbid applying; empty where there are none. */
export function errorsText(diagnostics: Plan['diagnostics']): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  return errors === 0 ? '' : `${count(errors, 'error')} in the input; nothing can be applied.`;
}

const participles: Readonly<Record<ProtectedChange['action'], string>> = {
  shorten: 'shortened',
  disable: 'disabled',
  replace: 'replaced',
  delete: 'deleted',
};

export function protectedText({ key, action }: ProtectedChange): string {
  return `${plain(key)} would be ${participles[action]}`;
}

function protectedNote(changes: readonly ProtectedChange[], palette: Palette): Note {
  const lines = naturally(changes).map((change) => protectedText(change));
  return titled(palette.error('Refused: "protect" names the user. Change the entry or "protect":'), lines);
}

interface Acknowledgement {
  readonly noun: string;
  /** Which of them count, where not all do. */
  readonly which?: string;
  readonly flag: string;
}

const acknowledgements: Readonly<Record<BudgetName, Acknowledgement>> = {
  delete: { noun: 'delete', flag: '--allow-deletes' },
  disable: { noun: 'disable', flag: '--allow-disables' },
  shorten: { noun: 'shorten', which: ' within the horizon', flag: '--allow-shortens' },
  email: { noun: 'activation e-mail', flag: '--allow-emails' },
  update: { noun: 'update', flag: '--allow-updates' },
};

/** What comes of a budget, the use of it in words, and the flag that acknowledges just that. */
export interface BudgetVerdict {
  readonly verdict: 'kept' | 'acknowledged' | 'refused';
  readonly use: string;
  readonly flag: string;
}

export function budgetVerdict(of: BudgetUse | JudgedUse, acknowledged: Acknowledged): BudgetVerdict {
  const { budget, used, allowed, limit } = of;
  const { noun, which = '', flag } = acknowledgements[budget];
  const share = limit === String(allowed) ? '' : ` (${plain(limit)})`;
  const acknowledge = 'acknowledge' in of ? of.acknowledge : used;
  const owner = 'owner' in of && of.owner !== undefined ? of.owner : undefined;
  const whose = owner === undefined ? '' : ` of owner ${quoted(owner.name)} (${placeText(owner.place)})`;
  const breach = acknowledged[budget] === acknowledge ? 'acknowledged' : 'refused';
  return {
    verdict: isBreached(of) ? breach : 'kept',
    use: `${count(used, noun)}${which}, budget${whose} ${allowed}${share}`,
    flag: `${flag} ${acknowledge}`,
  };
}

export function budgetLine(
  budget: BudgetUse | JudgedUse,
  { palette, acknowledged }: Pick<PlanView, 'palette' | 'acknowledged'>,
): string {
  const { verdict, use, flag } = budgetVerdict(budget, acknowledged);
  return verdict === 'acknowledged'
    ? palette.warning(`Acknowledged: ${use}.`)
    : palette.error(`Refused: ${use}. To proceed: ${inOnePiece(flag)}`);
}

export function ofStanding(noops: readonly NoOpChange[], state: Standing['state']): readonly NoOpChange[] {
  return noops.filter((change) => change.standing?.state === state);
}

function identity({ key, face }: NoOpChange): readonly string[] {
  return face === undefined ? [plain(key), 'no face', ''] : [plain(key), faceName(face), plain(face.status)];
}

/** Since when a face waits, and what comes after. */
export function waitText({ standing, pendingExpiry }: NoOpChange, now: Instant): string {
  const text = sinceText(standing?.since, now);
  return pendingExpiry === undefined ? text : `${text}, then its expiry is set`;
}

function first(lines: readonly string[], most: number): readonly string[] {
  return lines.length > most ? [...lines.slice(0, most), `(${lines.length - most} more)`] : lines;
}

function titled(title: string, lines: readonly string[]): Note {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}
