import type { Task } from '../../model/outcome.ts';
import type { Action, Change, Summary, WritingChange } from '../../model/plan.ts';
import { padded } from '../text/columns.ts';
import { inOnePiece } from '../text/fitted.ts';
import { naturally } from '../text/order.ts';
import type { Palette } from '../text/style.ts';

/** Actions as people see them: an update that ends access earlier is one of its own. */
export type ShownAction = Exclude<Action, 'no-op'> | 'shorten';

/** Of totals, as Terraform has it. */
export const shownActions = [
  'create',
  'update',
  'shorten',
  'disable',
  'replace',
  'delete',
] as const satisfies readonly ShownAction[];

/** What takes most away comes first: the order in which people read changes. */
export const riskOrder = [
  'delete',
  'replace',
  'disable',
  'shorten',
  'update',
  'create',
] as const satisfies readonly ShownAction[];

/** By risk; those of one action as people order their keys. Changes without an action come last. */
export function byRisk<C extends Change>(changes: readonly C[]): readonly C[] {
  return [...riskOrder, 'no-op' as const].flatMap((action) =>
    naturally(changes.filter((change) => shownAction<Change>(change) === action)),
  );
}

const signs: Readonly<Record<ShownAction, string>> = {
  create: '+',
  update: '~',
  shorten: '<',
  disable: '!',
  replace: '-/+',
  delete: '-',
};

export function shownAction(change: WritingChange): ShownAction;
export function shownAction<T extends Task | Change>(change: T): T['action'] | ShownAction;
export function shownAction(change: Task | Change): string {
  return change.action === 'update' && change.shortens !== undefined ? 'shorten' : change.action;
}

/** How many changes of each kind a plan has; none counts twice. */
export function shownCounts(summary: Summary): Readonly<Record<ShownAction, number>> {
  const { create, update, shorten, disable, replace, delete: deletes } = summary;
  return { create, update: update - shorten, shorten, disable, replace, delete: deletes };
}

const replaceSigns = { 'delete-first': '-/+', 'create-first': '+/-' } as const;
const replaceMeanings = { '-/+': 'replace (delete first)', '+/-': 'replace (create first)' } as const;

/** A replace shows which of its two halves comes first. */
export function changeSign(change: Task): string {
  if (change.action === 'resend') return '@';
  return change.action === 'replace' ? replaceSigns[change.order] : signs[shownAction(change)];
}

/** The signs that these changes use, each with its meaning, in one line. To be `fitted`. */
export function legend(changes: readonly WritingChange[], palette: Palette): string {
  const used = riskOrder.flatMap((action) => {
    const ofAction = changes.filter((change) => shownAction(change) === action).map((change) => changeSign(change));
    return [...new Set(ofAction)]
      .toSorted()
      .map((sign) => inOnePiece(`${palette[action](sign)} ${meaning(sign, action)}`));
  });
  return used.join('   ');
}

export function signWidth(changes: readonly WritingChange[]): number {
  return changes.reduce((width, change) => Math.max(width, changeSign(change).length), 0);
}

export function paintedSign(change: WritingChange, width: number, palette: Palette): string {
  return palette[shownAction(change)](padded(changeSign(change), width));
}

function meaning(sign: string, action: ShownAction): string {
  return sign === '-/+' || sign === '+/-' ? replaceMeanings[sign] : action;
}
