import { Findings } from '../entries/findings.ts';
import type { Parsed, Path } from '../source/parsed-file.ts';
import { SourceFile } from '../source/source-file.ts';
import { parse } from '../yaml/parse.ts';
import { appendSplices } from './append.ts';
import { mergeSplices } from './merge-members.ts';
import { spliced, type Splice } from './splice.ts';
import { isObject, isSame, merged, type Members } from './value.ts';

/** Changes to the entries of one file. */
export interface Edits {
  /** By the index of an entry: members that get a value; others stay. */
  readonly changed: ReadonlyMap<number, Members>;
  readonly added: readonly Members[];
}

export type Edited =
  | { readonly state: 'edited'; readonly text: string }
  /** The file is written in a way, as with an anchor that others use, in which this cannot be changed alone. */
  | { readonly state: 'refused'; readonly at: Path };

/**
 * Changes entries in the text of a file. Every other character stays. The new text is read again, and counts only if
 * it stands for just what is wanted: nothing else in the file has changed.
 */
export async function editEntries(parsed: Parsed, { changed, added }: Edits): Promise<Edited> {
  const { source } = parsed.file;
  if (changed.size === 0 && added.length === 0) return { state: 'edited', text: source.text };
  const splices: Splice[] = [];
  for (const [index, members] of changed) splices.push(...mergeSplices(parsed, ['enrollments', index], members));
  if (added.length > 0) splices.push(appendSplices(parsed, added));
  const text = spliced(source.text, splices);
  const now = await parse(new SourceFile(source.file, Buffer.from(text), text), new Findings());
  const wrong = now === undefined ? firstOf(changed) : differing(now.value, wanted(parsed.value, { changed, added }));
  if (wrong === undefined) return { state: 'edited', text };
  return { state: 'refused', at: changed.has(wrong) ? ['enrollments', wrong] : firstPath(changed) };
}

function firstOf(changed: Edits['changed']): number {
  return [...changed.keys()][0] ?? 0;
}

function firstPath(changed: Edits['changed']): Path {
  return changed.size === 0 ? ['enrollments'] : ['enrollments', firstOf(changed)];
}

interface FileValue {
  readonly head: Readonly<Record<string, unknown>>;
  readonly entries: readonly unknown[];
}

function partsOf(value: unknown): FileValue {
  const { enrollments, ...head }: Readonly<Record<string, unknown>> = isObject(value) ? value : {};
  return { head, entries: Array.isArray(enrollments) ? enrollments : [] };
}

function wanted(value: unknown, { changed, added }: Edits): FileValue {
  const { head, entries } = partsOf(value);
  const edited = entries.map((entry: unknown, index) => {
    const members = changed.get(index);
    return members !== undefined && isObject(entry) ? merged(entry, members) : entry;
  });
  return { head, entries: [...edited, ...added] };
}

/** Index of the first entry that is not as wanted; that of no entry where it is another part of the file. */
function differing(value: unknown, { head, entries }: FileValue): number | undefined {
  const now = partsOf(value);
  if (!isSame(now.head, head) || now.entries.length !== entries.length) return -1;
  const at = now.entries.findIndex((entry, index) => !isSame(entry, entries[index]));
  return at === -1 ? undefined : at;
}
