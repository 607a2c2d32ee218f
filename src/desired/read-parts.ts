import type { AllowedVariable } from '../model/values/environment.ts';
import { checkSchema } from './entries/check-schema.ts';
import { Findings } from './entries/findings.ts';
import { withOwners, type OwnedFile } from './entries/owners.ts';
import { checkDefaultNames, checkEntryNames } from './environments/check-names.ts';
import { declaredIn, type Declared } from './environments/declared.ts';
import { governingHeads, type Checked } from './governing-heads.ts';
import type { ReadRequest } from './reading/read-file.ts';
import { readFiles, type ReadResult } from './reading/read-files.ts';
import type { SourceFile } from './source/source-file.ts';
import { parse } from './yaml/parse.ts';

/** All files, before they are looked at for one environment. */
export interface Parts extends Pick<ReadResult, 'sources' | 'skipped' | 'passedOver' | 'ignored'> {
  readonly files: readonly OwnedFile[];
  /** Each file by itself. */
  readonly checked: readonly Checked[];
  readonly declared: Declared;
  /** What is wrong in any environment. */
  readonly findings: Findings;
  readonly entries: number;
}

export interface PartsRequest extends ReadRequest {
  readonly credentialVariables: readonly AllowedVariable[];
  /** Files without mistakes. Where one has the same name and text here, it is not looked at again. */
  readonly known?: Parts['checked'] | undefined;
}

export async function readParts(request: PartsRequest): Promise<Parts> {
  const known = new Map(request.known?.map((file) => [file.parsed.source, file]));
  const knownSources = new Map([...known.keys()].map((source) => [source.file, source]));
  const read = await readFiles({ ...request, knownSources });
  const { skipped, passedOver, ignored, begins, diagnostics: unread } = read;
  const findings = new Findings();
  findings.addAll(unread);
  const files: Checked[] = [];
  for (const source of read.sources) {
    const file = known.get(source) ?? (await checkedFile(source, findings));
    if (file !== undefined) files.push(file);
  }
  const check = (source: SourceFile): Promise<Checked | undefined> => checkedFile(source, findings);
  const above = await governingHeads(begins, files, { request, check, findings });
  const all = [...files, ...above];
  const sources = [...read.sources, ...above.map(({ parsed }) => parsed.source)];
  const declared = declaredIn(all, request.credentialVariables, findings);
  const entries = files.reduce((sum, file) => sum + file.entries.length, 0);
  const named = withOwners(all, request.workingDirectory, findings).map((file) =>
    withKnownNames(file, declared, findings),
  );
  return { sources, skipped, passedOver, ignored, files: named, checked: files, declared, findings, entries };
}

async function checkedFile(source: SourceFile, findings: Findings): Promise<Checked | undefined> {
  const parsed = await parse(source, findings);
  return parsed && { ...checkSchema(parsed, findings), parsed: parsed.file };
}

/** Without the entries whose environments are not known: more would be said of them than is wrong. */
function withKnownNames(file: OwnedFile, { heads, names }: Declared, findings: Findings): OwnedFile {
  if (names === 'unknown') return file;
  const checking = { parsed: file.parsed, declared: [...heads.keys()], findings };
  const entries = file.entries.filter((entry) => checkEntryNames(entry, checking));
  // Those of a directory are checked where they are written.
  const { defaults } = file.head;
  const isSound = defaults === undefined || checkDefaultNames(defaults, checking);
  return { ...file, entries, defaults: isSound ? file.defaults : undefined };
}
