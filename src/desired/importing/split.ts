import type { Csv } from '../csv/read-csv.ts';
import { tellRow } from '../csv/read-csv.ts';
import type { Findings } from '../entries/findings.ts';
import type { Words } from '../source/source-file.ts';
import type { ListRow } from './read-list.ts';

/** Names that Windows keeps for devices. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
const longest = 100;

/** The rows of each file, by the file's name without its ending. Values that would share a file are told. */
export function splitRows(
  csv: Csv,
  rows: readonly ListRow[],
  findings: Findings,
): ReadonlyMap<string, readonly ListRow[]> {
  const files = new Map<string, ListRow[]>();
  for (const row of rows) {
    const name = fileNameFor(row.part);
    const others = files.get(name);
    const words = name === '' ? noName(row.part) : sharedName(row.part, others?.[0]?.part);
    if (words !== undefined) tellRow(csv.source, row.row, words, findings);
    else if (others === undefined) files.set(name, [row]);
    else others.push(row);
  }
  return files;
}

/** Small letters, digits, dots, dashes and underscores: safe on every system, and never a path. Empty where nothing is left. */
function fileNameFor(value: string): string {
  const name = value
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replaceAll(/^[.-]+|[.-]+$/g, '');
  return reserved.test(name.replace(/[.].*$/s, '')) || name.length > longest ? '' : name;
}

function noName(value: string): Words {
  return {
    code: 'CSV_SPLIT',
    summary: `no file can be named after '${value.slice(0, longest)}'`,
    detail: `Use letters or digits, at most ${longest} of them, and no device name of Windows.`,
  };
}

function sharedName(value: string, other: string | undefined): Words | undefined {
  if (other === undefined || other === value) return undefined;
  return {
    code: 'CSV_SPLIT',
    summary: `'${value}' and '${other}' would share one file`,
    detail: 'Use one spelling, or values that differ in letters or digits.',
  };
}
