const markOrWide =
  /(\p{M})|([\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}])/u;

/** Nearly all text is, and a plan may have a hundred thousand lines. */
const ascii = /^[ -~]*$/;

/** How many terminal columns the text takes: marks none, East Asian wide characters and emoji two. */
export function columns(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    const [, mark, wide] = markOrWide.exec(character) ?? [];
    if (mark === undefined) width += wide === undefined ? 1 : 2;
  }
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
