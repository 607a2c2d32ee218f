import { placeName, type Place } from '../../model/place.ts';
import { plain } from './escape.ts';
import { inOnePiece } from './fitted.ts';

/** The name of a place, harmless on a terminal. */
export function placeText(place: Place): string {
  return plain(placeName(place));
}

/** The place of the entry that asked, where one did. */
export function where({ place }: { readonly place?: Place | undefined }): string {
  return place === undefined ? '(in no file)' : placeText(place);
}

/** As `placeText` and `where`, for text that will be `fitted`: no line ends within them. */
export function wholePlace(place: Place): string {
  return inOnePiece(placeText(place));
}

export function wholeWhere(change: { readonly place?: Place | undefined }): string {
  return inOnePiece(where(change));
}
