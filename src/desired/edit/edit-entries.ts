import { Findings } from '../entries/findings.ts';
import type { Parsed, Path } from '../source/parsed-file.ts';
import { SourceFile } from '../source/source-file.ts';
import { parse } from '../yaml/parse.ts';
import { appendSplices } from './append.ts';
import { membersAt, mergeSplices, renameSplices } from './merge-members.ts';
import { spliced, type Splice } from './splice.ts';
import { isObject, isSame, merged, type Members, type Value } from './value.ts';

/** Changes to the entries of one file. */
export interface Edits {
  /** By the index of an entry: members that get a value; others stay. */
  readonly changed: ReadonlyMap<number, Members>;
  readonly added: readonly Members[];
  /** By the index of an entry: a member that another takes the place of. */
  readonly renamed?: ReadonlyMap<number, Renaming>;
}

export interface Renaming {
  readonly from: string;
  readonly to: string;
  readonly value: Value;
}

export type Edited =
  /** `parsed`: the new text as a file, with the places in it. */
  | { readonly state: 'edited'; readonly text: string; readonly parsed: Parsed }
  /** The file is written in a way, as with an anchor that others use, in which this cannot be changed alone. */
  | { readonly state: 'refused'; readonly at: Path };

/**
 * Changes entries in the text of a file. Every other character stays. The new text is read again, and counts only if
 * it stands for just what is wanted: nothing else in the file has changed.
 */
export async function editEntries(parsed: Parsed, edits: Edits): Promise<Edited> {
  const { changed, added, renamed = none } = edits;
  const { source } = parsed.file;
  if (changed.size === 0 && added.length === 0 && renamed.size === 0) {
    return { state: 'edited', text: source.text, parsed };
  }
  const splices: Splice[] = [];
  for (const [index, members] of changed) splices.push(...mergeSplices(parsed, ['enrollments', index], members));
  for (const [index, renaming] of renamed) splices.push(...renameSplices(parsed, ['enrollments', index], renaming));
  if (added.length > 0) splices.push(appendSplices(parsed, added));
  const text = spliced(source.text, splices);
  const now = await parse(new SourceFile(source.file, Buffer.from(text), text), new Findings());
  const wrong = now === undefined ? undefined : differing(now.value, wanted(parsed.value, edits));
  if (now !== undefined && wrong === undefined) return { state: 'edited', text, parsed: now };
  return { state: 'refused', at: refusedAt(wrong, [...changed.keys(), ...renamed.keys()]) };
}

function refusedAt(wrong: number | undefined, touched: readonly number[]): Path {
  const at = touched.find((index) => index === wrong) ?? touched[0];
  return at === undefined ? ['enrollments'] : ['enrollments', at];
}

const none: NonNullable<Edits['renamed']> = new Map();

interface FileValue {
  readonly head: Readonly<Record<string, unknown>>;
  readonly entries: readonly unknown[];
}

function partsOf(value: unknown): FileValue {
  const { enrollments, ...head }: Readonly<Record<string, unknown>> = membersAt(value, []);
  return { head, entries: Array.isArray(enrollments) ? enrollments : [] };
}

function wanted(value: unknown, { changed, added, renamed = none }: Edits): FileValue {
  const { head, entries } = partsOf(value);
  const edited = entries.map((entry: unknown, index) => {
    if (!isObject(entry)) return entry;
    return withRenamed(merged(entry, changed.get(index) ?? {}), renamed.get(index));
  });
  return { head, entries: [...edited, ...added] };
}

function withRenamed(entry: FileValue['head'], renaming: Renaming | undefined): FileValue['head'] {
  if (renaming === undefined) return entry;
  const { [renaming.from]: _, ...others } = entry;
  return { ...others, [renaming.to]: renaming.value };
}

/** Index of the first entry that is not as wanted; that of no entry where it is another part of the file. */
function differing(value: unknown, { head, entries }: FileValue): number | undefined {
  const now = partsOf(value);
  if (!isSame(now.head, head) || now.entries.length !== entries.length) return -1;
  const at = now.entries.findIndex((entry, index) => !isSame(entry, entries[index]));
  return at === -1 ? undefined : at;
}
