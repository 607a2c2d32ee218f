import type { Diagnostic } from '../../model/diagnostic.ts';
import type { UserRef } from '../../model/enrollment.ts';
import type { Instant } from '../../model/instant.ts';
import type { SourceRange } from '../../model/place.ts';
import { readCsv, type Csv, type CsvFormat } from '../csv/read-csv.ts';
import { Findings } from '../entries/findings.ts';
import { checkRules } from '../entries/rules.ts';
import type { SourceFile, Words } from '../source/source-file.ts';
import { tellRepeats, type Duplicates } from './duplicate-rows.ts';
import { readMapping, type Columns } from './mapping.ts';
import { mergeList, readTarget, type MergedList } from './merge-list.ts';
import { readRows, type ListRow } from './read-list.ts';
import { splitRows } from './split.ts';

/** What is edited is in memory as text, as values and once more as the result: some 2 GB. */
const mostEdited = 1_000_000;

export interface ImportRequest {
  /** Name of the list in messages. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly format: CsvFormat;
  readonly columns: Columns;
  readonly duplicates: Duplicates;
  readonly now: Instant;
  /** Entries and rows that an edit may have together; `mostEdited` where it is missing. */
  readonly most?: number | undefined;
  /** The file that rows go into, as it is. With `--split-by`, told the file's name, without its ending. */
  readonly openTarget: (name: string) => Promise<OpenTarget>;
}

export interface OpenTarget {
  readonly file: string;
  /** Missing where it is not there yet. */
  readonly source: SourceFile | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** A file as it is to be. */
export interface ImportedFile {
  readonly file: string;
  readonly text: string;
  readonly before: SourceFile | undefined;
  readonly counts: MergedList['counts'];
}

/** A user of the list, and the place of the row. */
export interface ListedUser {
  readonly user: UserRef;
  readonly range: SourceRange;
}

export interface ImportedList {
  readonly diagnostics: readonly Diagnostic[];
  /** Missing where there are errors. */
  readonly files?: readonly ImportedFile[];
  readonly users: readonly ListedUser[];
}

/** Makes entries of a list and puts them into files, or says everything that is wrong. Nothing is written. */
export async function importList(request: ImportRequest): Promise<ImportedList> {
  const findings = new Findings();
  const csv = readCsv(request.name, request.bytes, request.format, findings);
  const mapping = csv && readMapping(csv, request.columns);
  if (csv === undefined || mapping === undefined) return failed(findings);
  if (!('sources' in mapping)) {
    findings.addAll(mapping);
    return failed(findings);
  }
  const rows = readRows(csv, mapping, findings);
  const groups = mapping.splitBy === undefined ? new Map([['', rows]]) : splitRows(csv, rows, findings);
  const merges = await mergeGroups(csv, groups, request, findings);
  const repeats = merges.flatMap(({ merged }) => merged.repeats);
  tellRepeats(csv, repeats, request.duplicates, findings);
  checkRules(
    merges.flatMap(({ merged }) => merged.placed),
    findings,
  );
  if (findings.hasErrors) return failed(findings);
  const files: ImportedFile[] = [];
  for (const { merged, before } of merges) {
    const text = await merged.write(findings);
    if (text === undefined) return failed(findings);
    files.push({ file: merged.file, text, before, counts: merged.counts });
  }
  const users = merges.flatMap(({ merged }) =>
    merged.placed.flatMap(({ enrollment: { user, range }, parsed }) =>
      parsed.source === csv.source ? { user, range } : [],
    ),
  );
  return { diagnostics: findings.end().diagnostics, files, users };
}

const tooManyToEdit = (most: number): Words => ({
  code: 'FILE_TOO_LARGE',
  summary: `the file and the list have more than ${most.toLocaleString('en-US')} entries together`,
  detail: 'Import the list into a new file, or into several files with --split-by.',
});

function failed(findings: Findings): ImportedList {
  return { diagnostics: findings.end().diagnostics, users: [] };
}

interface GroupMerge {
  readonly merged: MergedList;
  readonly before: SourceFile | undefined;
}

async function mergeGroups(
  csv: Csv,
  groups: ReadonlyMap<string, readonly ListRow[]>,
  { openTarget, now, most = mostEdited }: ImportRequest,
  findings: Findings,
): Promise<readonly GroupMerge[]> {
  const merges: GroupMerge[] = [];
  for (const [name, rows] of groups) {
    const { file, source, diagnostics } = await openTarget(name);
    findings.addAll(diagnostics);
    if (diagnostics.length > 0) continue;
    const target = source && (await readTarget(source, now, findings));
    if (source !== undefined && target === undefined) continue;
    if (target !== undefined && target.part.placed.length + rows.length > most) {
      findings.tell(target.parsed.file, tooManyToEdit(most), []);
      continue;
    }
    merges.push({ merged: mergeList(csv, rows, { file, now: target }, { now, findings }), before: source });
  }
  return merges;
}
