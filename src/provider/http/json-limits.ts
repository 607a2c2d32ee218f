/** No answer of the vendor's document is nested deeper than a handful of levels. */
const deepest = 64;
/** Values of a page of a hundred users with all their groups, many times over. */
const mostValues = 1_000_000;
/** Characters that cannot hold too much: at most 2,048 levels, which the parser and the reading of its result bear. */
const shortEnough = 4096;

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const opening: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closing: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/**
 * Whether JSON is nested deeper, or holds more values, than any answer that is expected: parsed, it would take a
 * hundred times the memory of its text. One pass, in which strings are skipped; most answers are too short to need it.
 */
export function isOverloaded(text: string): boolean {
  if (text.length <= shortEnough) return false;
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === quote) at = endOfString(text, at);
    else if (character === comma) values += 1;
    else if (opening.has(character)) {
      depth += 1;
      values += 1;
    } else if (closing.has(character)) depth -= 1;
    if (depth > deepest || values > mostValues) return true;
  }
  return false;
}

/** Place of the quote that ends the string; the end of the text where none does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}
