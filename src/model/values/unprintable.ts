/**
 * Controls, bidi and other format characters, lone surrogates, line and paragraph separators, and all that Unicode
 * says may be drawn as nothing (zero-width characters, fillers, variation selectors, tags).
 */
export const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * What CI systems carry out wherever it stands in a line of a log, as `##[add-mask]`, `##vso[task.setvariable …]` and
 * `##teamcity[…]`.
 */
export const ciCommand = /##(?=[\w.-]*\[)/g;
export const noCiCommand = '#\\u0023';

/** JSON's own escape, one for each UTF-16 unit. */
export function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
