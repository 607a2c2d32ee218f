import { tellRow, type Csv, type CsvRow } from '../csv/read-csv.ts';
import type { Members } from '../edit/value.ts';
import type { Findings } from '../entries/findings.ts';
import type { Words } from '../source/source-file.ts';
import { cellText } from './cell.ts';
import type { Mapping, Source } from './mapping.ts';
import { valueFor, withProperty } from './properties.ts';

/** A row as an entry. The schema has not seen it yet. */
export interface ListRow {
  readonly entry: Members;
  readonly row: CsvRow;
  /** Its cell in the column that decides the file. */
  readonly part: string;
}

/** Makes an entry of each row; a row with a cell that is of no use is told and left out. */
export function readRows(csv: Csv, { sources, splitBy }: Mapping, findings: Findings): readonly ListRow[] {
  return csv.rows.flatMap((row) => {
    const made = entryOf(row, sources);
    const part = row.cells[splitBy ?? -1] ?? '';
    if (!isWords(made) && (splitBy === undefined || part !== '')) return { entry: made, row, part };
    tellRow(csv.source, row, isWords(made) ? made : noPart, findings);
    return [];
  });
}

function entryOf({ cells }: CsvRow, sources: readonly Source[]): Members | Words {
  let entry: Members = {};
  for (const { property, column, constant } of sources) {
    const text = cellText(cells[column ?? -1] ?? '');
    if (typeof text !== 'string') return text;
    const value = text === '' ? constant : valueFor(property, text);
    if (value !== undefined) entry = withProperty(entry, property, value);
  }
  return entry;
}

function isWords(made: Members | Words): made is Words {
  return 'summary' in made;
}

const noPart: Words = {
  code: 'CSV_ROW',
  summary: 'the cell of the --split-by column is empty',
  detail: 'Fill it in: its value decides the file.',
};
