import Papa from 'papaparse';
import type { Findings } from '../entries/findings.ts';
import { maskTokens } from '../source/mask-tokens.ts';
import { SourceFile, type Span, type Words } from '../source/source-file.ts';
import { decodeCsv, type Encoding } from './decode-csv.ts';

export const delimiters = { ',': ',', ';': ';', tab: '\t' } as const;
export type Delimiter = keyof typeof delimiters;

export interface CsvFormat {
  /** The most frequent of the first line where it is missing. */
  readonly delimiter?: Delimiter | undefined;
  readonly encoding?: Encoding | undefined;
}

export interface CsvRow extends Span {
  /** As many as there are columns, without white space around them. */
  readonly cells: readonly string[];
}

/** A list with a name for each column. */
export interface Csv {
  readonly source: SourceFile;
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
}

/**
 * Reads a list as RFC 4180 has it; line breaks of any kind, and of several, are read. Rows that are blank are passed
 * over; one with too many or too few cells is told and left out.
 *
 * @returns undefined where there is no header.
 */
export function readCsv(name: string, bytes: Uint8Array, format: CsvFormat, findings: Findings): Csv | undefined {
  const text = decodeCsv(bytes, format.encoding);
  if (typeof text !== 'string') {
    findings.add('error', () => new SourceFile(name, bytes, '').diagnose(text, { start: 0, end: 0 }, null));
    return undefined;
  }
  const source = new SourceFile(name, Buffer.from(text), text);
  const delimiter = format.delimiter === undefined ? likelyDelimiter(text) : delimiters[format.delimiter];
  const rows: CsvRow[] = [];
  const header: string[] = [];
  let start = 0;
  Papa.parse<string[]>(text, {
    delimiter,
    ...(text.includes('"') || !text.includes('\n') ? {} : { newline: '\n' }),
    step: ({ data, meta, errors: [problem] }) => {
      const row = { cells: data.map((cell) => cell.trim()), start, end: meta.cursor };
      start = meta.cursor;
      if (problem !== undefined) tellRow(source, row, wordsOf(problem.code), findings);
      else if (row.cells.every((cell) => cell === '')) return;
      else if (header.length === 0) header.push(...row.cells);
      else if (row.cells.length === header.length) rows.push(row);
      else tellRow(source, row, ragged(row.cells.length, header.length), findings);
    },
  });
  if (header.length > 0) return { source, header, rows };
  if (!findings.hasErrors) findings.add('error', () => source.diagnose(noHeader, { start: 0, end: 0 }, null));
  return undefined;
}

/** Tells what is wrong with a row, at its line. */
export function tellRow(source: SourceFile, row: Span, words: Words, findings: Findings): void {
  findings.add(words.severity ?? 'error', () => diagnoseRow(source, row, words));
}

export function diagnoseRow(source: SourceFile, row: Span, words: Words): ReturnType<SourceFile['diagnose']> {
  const { text } = source;
  const written = text.slice(row.start, row.end);
  const from = row.start + (written.length - written.trimStart().length);
  const span = { start: from, end: Math.max(from, row.start + written.trimEnd().length) };
  return source.diagnose(words, span, null, ({ start, end }) => maskTokens(text.slice(start, end)));
}

/** The most frequent of the three in the first line, outside of quotes; a comma where there is none. */
function likelyDelimiter(text: string): string {
  const start = text.slice(0, 65_536).trimStart();
  const bare = start.replaceAll(/"[^"]*"/g, '').replace(/[\r\n].*$/s, '');
  const counted = Object.values(delimiters).map((delimiter) => ({ delimiter, times: bare.split(delimiter).length }));
  return counted.reduce((most, each) => (each.times > most.times ? each : most)).delimiter;
}

function wordsOf(code: string): Words {
  const summary = code === 'MissingQuotes' ? 'a quote is not closed' : 'a quote is followed by other text';
  return {
    code: 'CSV_SYNTAX',
    summary,
    detail: 'Put the whole cell between quotes and double each quote in it. Nothing after this place was read.',
  };
}

function ragged(found: number, wanted: number): Words {
  return {
    code: 'CSV_ROW',
    summary: `the row has ${found} cells, the header has ${wanted}`,
    detail: 'Put cells that contain the delimiter between quotes, or pass --delimiter.',
  };
}

const noHeader: Words = {
  code: 'EMPTY_FILE',
  summary: 'the list is empty',
  detail: 'Its first row must name the columns.',
};

/** The cells of a text that is one row, such as a list of a flag whose items may be quoted. */
export function cellsOf(text: string): readonly string[] {
  const { data } = Papa.parse<string[]>(text, { delimiter: ',' });
  return data.flat();
}
