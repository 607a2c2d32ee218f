import { attributes } from '../../model/attributes.ts';
import type { WritingChange } from '../../model/plan.ts';
import { attributesOf, isChanged, type AttributeRow } from '../plan/attribute-rows.ts';

/**
 * Attributes in which a face is not as its entry asks: those that an update sets, or for which a face is replaced. None
 * where the face is to be deleted, or replaced for its age.
 */
export function differingRows(change: WritingChange): readonly AttributeRow[] {
  const kind = change.action === 'replace' ? 'immutable' : 'updatable';
  if (change.action === 'delete') return [];
  return attributesOf(change).filter(
    (row) =>
      attributes[row.name].kind === kind &&
      isChanged(row) &&
      row.after.state === 'known' &&
      (kind === 'updatable' || row.before.state === 'known'),
  );
}
