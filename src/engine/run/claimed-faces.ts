import type { Plan } from '../../model/plan.ts';

/** Which faces a plan has for entries and leaves to them, by id, and the flow of the entry. */
export type Claimed = ReadonlyMap<string, string>;

/** Of a saved plan these are only the faces that it updates, since it does not list what it leaves as it is. */
export function claimedFaces({ changes }: Pick<Plan, 'changes'>): Claimed {
  const claimed = new Map<string, string>();
  for (const change of changes) {
    const isClaim = change.action === 'update' || (change.action === 'no-op' && change.duplicateOf === undefined);
    const [, flow] = entryKey.exec(change.key) ?? [];
    if (isClaim && change.face !== undefined && flow !== undefined) claimed.set(change.face.id, flow);
  }
  return claimed;
}

/** A label has no slash. */
const entryKey = /\/(mobile|web|token)(?:\/[^/]*)?$/;
