import type { WritingChange } from '../../model/plan.ts';
import { count } from '../../model/values/count.ts';
import { headOf } from '../text/escape.ts';
import { fitted } from '../text/fitted.ts';
import { batchHead, batchesOf, namesOf, type Batch } from './batches.ts';
import { signWidth } from './change-sign.ts';

/** As wide as a comment shows code without a bar to scroll it. */
const width = 100;
/** One name, or what is said of all, must not take the room of the others. */
const mostOfHead = 400;
const mostOfName = 200;

export interface CompactComment {
  readonly lines: readonly string[];
  /** How many changes had no room. */
  readonly left: number;
}

/**
 * As many changes as fit, those that are alike in all but the user in one entry that names as many as fit. Whoever comes
 * first has the room, but for what the entries after need to be there at all.
 */
export function compactComment(changes: readonly WritingChange[], characters: number): CompactComment {
  const signs = signWidth(changes);
  const entries = batchesOf(changes).map((batch) => ({ batch, head: headOf(batchHead(batch, signs), mostOfHead) }));
  const lines: string[] = [];
  let room = characters;
  let after = entries.reduce((sum, { head }) => sum + head.length + notNamed(1).length, 0);
  let left = changes.length;
  for (const { batch, head } of entries) {
    after -= head.length + notNamed(1).length;
    const text = entryText(batch, head, room - Math.min(after, room / 2));
    if (text === undefined) break;
    lines.push(text);
    room -= text.length + 1;
    left -= batch.changes.length;
  }
  return { lines, left };
}

/** Undefined where not even what is said of all fits. */
function entryText(batch: Batch, head: string, characters: number): string | undefined {
  const names = namesOf(batch).map((name) => headOf(name, mostOfName));
  const withFirst = (most: number): string => {
    const rest = names.length - most;
    const named = [...(most === 0 ? [] : [names.slice(0, most).join(', ')]), ...(rest === 0 ? [] : [notNamed(rest)])];
    return fitted(`${head}: ${named.join(' and ')}`, width);
  };
  let most = names.length;
  let text = withFirst(most);
  while (text.length > characters && most > 0) {
    most = Math.min(most - 1, Math.max(0, Math.floor((most * characters) / text.length)));
    text = withFirst(most);
  }
  return text.length > characters ? undefined : text;
}

function notNamed(users: number): string {
  return `${count(users, 'user')} not named here`;
}
