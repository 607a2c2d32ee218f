import { eastAsianWidth } from 'get-east-asian-width';

/** Nearly all text is, and a plan may have a hundred thousand lines. */
const ascii = /^[ -~]*$/;

/** Drawn onto the character before: marks that take no room, and the later parts of a Korean syllable. */
const attached = /[\p{Mn}\p{Me}\u1160-\u11ff\ud7b0-\ud7fb]/gu;

/**
 * Columns of a terminal that the text takes: East Asian wide characters and emoji take two. The text has been through
 * `plain`, which writes out what would join several emoji into one.
 */
export function columns(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const character of text.replace(attached, '')) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  return width;
}

/** One long name must not push every other line to the right. */
const widestCell = 60;

/** Pads each cell but the last of its row to the widest of its column; trailing space goes. */
export function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = new Map<number, number>();
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths.set(index, Math.max(widths.get(index) ?? 0, Math.min(columns(cell), widestCell)));
    });
  }
  return rows.map((row) =>
    row
      .map((cell, index) => padded(cell, widths.get(index) ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}
