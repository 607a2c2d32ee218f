import type { AllowedVariable } from '../model/values/environment.ts';
import { checkSchema } from './entries/check-schema.ts';
import { Findings } from './entries/findings.ts';
import { withOwners, type OwnedFile } from './entries/owners.ts';
import { checkDefaultNames, checkEntryNames } from './environments/check-names.ts';
import { declaredIn, type Declared } from './environments/declared.ts';
import { readFiles, type ReadRequest, type ReadResult } from './reading/read-files.ts';
import { parse } from './yaml/parse.ts';

/** All files, before they are looked at for one environment. */
export interface Parts extends Pick<ReadResult, 'sources' | 'skipped' | 'passedOver' | 'ignored'> {
  readonly files: readonly OwnedFile[];
  readonly declared: Declared;
  /** What is wrong in any environment. */
  readonly findings: Findings;
  readonly entries: number;
}

export async function readParts(
  request: ReadRequest & { readonly credentialVariables: readonly AllowedVariable[] },
): Promise<Parts> {
  const { sources, skipped, passedOver, ignored, diagnostics: unread } = await readFiles(request);
  const findings = new Findings();
  findings.addAll(unread);
  const files: Omit<OwnedFile, 'owner'>[] = [];
  for (const source of sources) {
    const parsed = await parse(source, findings);
    if (parsed !== undefined) files.push({ ...checkSchema(parsed, findings), parsed: parsed.file });
  }
  const declared = declaredIn(files, request.credentialVariables, findings);
  const entries = files.reduce((sum, file) => sum + file.entries.length, 0);
  const named = withOwners(files, findings).map((file) => withKnownNames(file, declared, findings));
  return { sources, skipped, passedOver, ignored, files: named, declared, findings, entries };
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
