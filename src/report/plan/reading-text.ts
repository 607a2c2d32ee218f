import type { Plan } from '../../model/plan.ts';
import type { PlanReading } from '../../model/shown/plan-reading.ts';
import { plain } from '../text/escape.ts';

/** Of whom the plan speaks, where that is not everybody; undefined where there is nothing to say. */
export function readingText({ read }: Pick<Plan, 'read'>): string | undefined {
  if (read === undefined) return undefined;
  const { mode, usersRead, usersInFiles, usersLeftOut, reason } = read;
  const named = usersInFiles - usersLeftOut;
  const gone = Math.max(0, usersRead - named);
  const more = gone === 0 ? '' : `, and ${inThousands(gone)} without an entry`;
  const drift = usersLeftOut === 0 ? '' : ` Drift of the other ${inThousands(usersLeftOut)} was not checked.`;
  const some = `${inThousands(named)} of ${inThousands(usersInFiles)} users read${more}`;
  const all = reason === undefined ? '' : ` Entries were not compared with ${baseText(read)}: ${plain(reason)}.`;
  switch (mode) {
    case 'changed-since':
      return `${some}: those whose entries differ from ${baseText(read)}.${drift}`;
    case 'target':
      return `${some}: those whom --target and --exclude choose.${drift}${all}`;
    case 'full':
      return reason === undefined
        ? undefined
        : `All ${inThousands(usersRead)} users read, not only those whose entries differ from ${baseText(read)}: ${plain(reason)}.`;
  }
}

function baseText({ mergeBase = '', ref = '' }: PlanReading): string {
  return `${mergeBase.slice(0, 7)} (merge base of ${plain(ref)})`;
}

/** `12,345`. */
function inThousands(count: number): string {
  return count.toLocaleString('en');
}
