import { resolve } from 'node:path';
import type { CheckedFile, FileHead } from './entries/check-schema.ts';
import type { Findings } from './entries/findings.ts';
import { headsAbove, type Beginning, type HeadAbove } from './reading/heads-above.ts';
import { readFile, type ReadRequest } from './reading/read-file.ts';
import type { ParsedFile } from './source/parsed-file.ts';
import { SourceFile, type Words } from './source/source-file.ts';

/** A file by itself. */
export type Checked = CheckedFile & { readonly parsed: ParsedFile };

export interface HeadReading {
  readonly request: ReadRequest;
  /** Undefined, and told, where the file has no value. */
  readonly check: (source: SourceFile) => Promise<Checked | undefined>;
  readonly findings: Findings;
}

/**
 * Heads that hold for the files without being among them: of each directory that a path begins in, the nearest
 * `faceform.yaml` with an owner, in it or above. Else whoever names one file would be rid of its protection and budgets.
 * Others above that protect somebody or have a budget are told.
 *
 * Of such a head, what takes faces for lack of an entry does not hold, nor do its entries: the owner's other files may not
 * be read, and who is listed there would count as not listed.
 */
export async function governingHeads(
  begins: readonly Beginning[],
  files: readonly Checked[],
  reading: HeadReading,
): Promise<readonly Checked[]> {
  const { request, findings } = reading;
  const named = new Map(files.map((file) => [resolve(request.workingDirectory, file.parsed.source.file), file]));
  const read = new Map<string, Checked | undefined>();
  const governing = new Map<Checked, string>();
  for (const begin of begins) {
    const above = await headsAbove(begin, request);
    for (const found of above) {
      if (!named.has(found.absolute) && !read.has(found.absolute))
        read.set(found.absolute, await readHead(found, reading));
    }
    // A file that has an owner itself belongs to that one. What does not hold is told all the same.
    if (begin.file !== undefined && hasOwner(named.get(begin.file))) continue;
    const owned = above.map(({ absolute }) => named.get(absolute) ?? read.get(absolute)).find(hasOwner);
    if (owned?.head.owner !== undefined && !files.includes(owned)) governing.set(owned, owned.head.owner);
  }
  for (const head of read.values()) if (head !== undefined) tell(head, governing.get(head), findings);
  return [...governing.keys()].map((file) => ({ ...file, head: withoutRemovals(file.head), entries: [] }));
}

function hasOwner(file: Checked | undefined): boolean {
  return file?.head.owner !== undefined;
}

async function readHead(found: HeadAbove, { request, check, findings }: HeadReading): Promise<Checked | undefined> {
  const source = await readFile(found, request);
  if (source instanceof SourceFile) return check(source);
  findings.addAll([source]);
  return undefined;
}

function withoutRemovals(head: FileHead): FileHead {
  const { scope: _scope, unmatched: _unmatched, ...others } = head;
  return others;
}

/** @param governed the owner by which the head governs; undefined where it is passed over. */
function tell({ head, parsed }: Checked, governed: string | undefined, findings: Findings): void {
  const { file } = parsed.source;
  if (governed !== undefined) findings.tell(parsed, governs(file, governed), ['owner']);
  else if (head.protect !== undefined) findings.tell(parsed, passedOver(file, 'protect'), ['protect'], 'key');
  // The budgets of another owner are for that owner's files.
  else if (head.budgets !== undefined && head.owner === undefined)
    findings.tell(parsed, passedOver(file, 'budgets'), ['budgets'], 'key');
}

const governs = (file: string, owner: string): Words => ({
  severity: 'warning',
  code: 'HEAD_ABOVE',
  summary: `${file} holds, though it is not named`,
  detail:
    `Owner '${owner}' governs the directory: its protect, budgets, missingUsers and defaults hold. ` +
    'Its entries, scope and unmatched do not, since not all of its files may be read. ' +
    `For those, name the whole tree and pass --owner ${owner}.`,
});

const passedOver = (file: string, property: string): Words => ({
  severity: 'warning',
  code: 'HEAD_NOT_READ',
  summary: `${file} is not read, so its '${property}' does not hold`,
  detail: 'Name it too, or the directory that it is in.',
});
