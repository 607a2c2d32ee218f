import { diagnoseRow, type Csv } from '../csv/read-csv.ts';
import { isSame } from '../edit/value.ts';
import type { Findings } from '../entries/findings.ts';
import type { Words } from '../source/source-file.ts';
import { isSameUser } from './same-user.ts';
import type { ListRow } from './read-list.ts';

/** What becomes of a row that makes the same entry as an earlier one. */
export type Duplicates = 'error' | 'skip';

/** A row whose entry has the key of an earlier row's. */
export interface Repeat {
  readonly key: string;
  readonly first: ListRow;
  readonly again: ListRow;
}

/** Rows of which each makes another entry, and the others. @param keyOf empty for a row that names no user */
export function parted(
  rows: readonly ListRow[],
  keyOf: (row: ListRow) => string,
): { readonly rows: readonly (readonly [string, ListRow])[]; readonly repeats: readonly Repeat[] } {
  const seen = new Map<string, ListRow>();
  const kept: (readonly [string, ListRow])[] = [];
  const repeats: Repeat[] = [];
  for (const row of rows) {
    const key = keyOf(row);
    const first = seen.get(key);
    if (first !== undefined && key !== '') repeats.push({ key, first, again: row });
    else {
      seen.set(key, row);
      kept.push([key, row]);
    }
  }
  return { rows: kept, repeats };
}

/** Tells of rows that repeat earlier ones: each that differs, and the others as they are to be treated. */
export function tellRepeats(
  { source }: Pick<Csv, 'source'>,
  repeats: readonly Repeat[],
  duplicates: Duplicates,
  findings: Findings,
): void {
  const lineOf = ({ row }: ListRow): number => Number(diagnoseRow(source, row, same(0)).range?.start.line);
  const skipped: ListRow[] = [];
  for (const { key, first, again } of repeats) {
    const properties = differingProperties(first, again);
    if (properties.length === 0 && duplicates === 'skip') {
      skipped.push(again);
      continue;
    }
    findings.add('error', () => {
      const line = lineOf(first);
      return diagnoseRow(source, again.row, properties.length === 0 ? same(line) : different(key, line, properties));
    });
  }
  const [one] = skipped;
  if (one !== undefined) {
    findings.add('warning', () =>
      diagnoseRow(source, one.row, skipping(skipped.length, skipped.slice(0, most).map(lineOf))),
    );
  }
}

/** How many lines a note names. */
const most = 20;

function differingProperties(first: ListRow, again: ListRow): readonly string[] {
  const names = [...new Set([...Object.keys(first.entry), ...Object.keys(again.entry)])];
  return names.filter((name) => {
    const [left, right] = [first.entry[name], again.entry[name]];
    return !isSame(left, right) && !isSameUser(name, left, right);
  });
}

const same = (line: number): Words => ({
  code: 'DUPLICATE_ROW',
  summary: `the row makes the same entry as line ${line}`,
  detail: "Remove one of them, or pass '--duplicates skip'.",
});

const different = (key: string, line: number, properties: readonly string[]): Words => ({
  code: 'DUPLICATE_ROW',
  summary: `'${key}' is in line ${line} too, with another ${properties.map((name) => `'${name}'`).join(', ')}`,
  detail: "Remove one of the rows. For two faces of one flow, give each a 'label' by a column.",
});

const skipping = (total: number, lines: readonly number[]): Words => ({
  severity: 'warning',
  code: 'DUPLICATE_ROW',
  summary: `${total === 1 ? '1 row was skipped: it makes' : `${total} rows were skipped: they make`} the same entry as earlier ones`,
  detail: `${total === 1 ? 'Line' : 'Lines'} ${lines.join(', ')}${total > lines.length ? `, and ${total - lines.length} more` : ''}.`,
});
