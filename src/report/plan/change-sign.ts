import type { Task } from '../../model/outcome.ts';
import type { Action, WritingChange } from '../../model/plan.ts';
import { padded } from '../text/columns.ts';
import type { Palette } from '../text/style.ts';

type WritingAction = Exclude<Action, 'no-op'>;

/** The order of the legend and of the summary. */
export const writingActions = [
  'create',
  'update',
  'disable',
  'replace',
  'delete',
] as const satisfies readonly WritingAction[];

const signs: Readonly<Record<WritingAction, string>> = {
  create: '+',
  update: '~',
  disable: '!',
  replace: '-/+',
  delete: '-',
};

const replaceSigns = { 'delete-first': '-/+', 'create-first': '+/-' } as const;
const replaceMeanings = { '-/+': 'replace (delete first)', '+/-': 'replace (create first)' } as const;

/** A replace shows which of its two halves comes first. */
export function changeSign(change: Task): string {
  if (change.action === 'resend') return '@';
  return change.action === 'replace' ? replaceSigns[change.order] : signs[change.action];
}

/** The signs that these changes use, each with its meaning, in one line. */
export function legend(changes: readonly WritingChange[], palette: Palette): string {
  const used = writingActions.flatMap((action) => {
    const ofAction = changes.filter((change) => change.action === action).map((change) => changeSign(change));
    return [...new Set(ofAction)].toSorted().map((sign) => `${palette[action](sign)} ${meaning(sign, action)}`);
  });
  return used.join('   ');
}

export function signWidth(changes: readonly WritingChange[]): number {
  return changes.reduce((width, change) => Math.max(width, changeSign(change).length), 0);
}

export function paintedSign(change: WritingChange, width: number, palette: Palette): string {
  return palette[change.action](padded(changeSign(change), width));
}

function meaning(sign: string, action: Action): string {
  return sign === '-/+' || sign === '+/-' ? replaceMeanings[sign] : action;
}
