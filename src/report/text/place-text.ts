import type { Place } from '../../model/place.ts';
import { plain } from './escape.ts';

/** `file:line:column`, as editors and terminals make it a link. */
export function placeText(place: Place): string {
  return `${plain(place.file)}:${place.line}:${place.column}`;
}

/** The place of the entry that asked, where one did. */
export function where({ place }: { readonly place?: Place | undefined }): string {
  return place === undefined ? '(in no file)' : placeText(place);
}
