import { dirname, isAbsolute, join } from 'node:path';
import { usualCreateApi, type CreateApi, type DesiredState, type TokenSource } from '../model/enrollment.ts';
import type { Instant } from '../model/instant.ts';
import { compareText } from '../model/values/order.ts';
import { buildEntry, type Placed } from './entries/build-entry.ts';
import { checkDefaults } from './entries/expiry.ts';
import { Findings } from './entries/findings.ts';
import { mergeHeads } from './entries/merge-heads.ts';
import { checkQrCodes } from './entries/qr-codes.ts';
import { checkRules } from './entries/rules.ts';
import { checkSchema, type CheckedFile } from './entries/check-schema.ts';
import { defaultsIn, entryIn, firstEnvironment } from './entries/entry-in.ts';
import type { OwnedFile } from './entries/owners.ts';
import type { Entry } from './generated/enrollments-file.generated.ts';
import type { Parts } from './read-parts.ts';
import { ignoredDiagnostics, passedOverDiagnostics } from './reading/passed-over.ts';
import { portablePath } from './reading/portable-path.ts';
import type { Parsed, ParsedFile } from './source/parsed-file.ts';

export interface BuildRequest {
  readonly now: Instant;
  /** Wins over that of the files. */
  readonly createApi?: CreateApi | undefined;
  /** Files without mistakes, as they were built for the same environment. Those that are the same here are not built again. */
  readonly knownFiles?: BuiltFiles | undefined;
}

/** By what was parsed. */
export type BuiltFiles = ReadonlyMap<ParsedFile, BuiltFile>;

interface BuiltFile {
  readonly file: OwnedFile;
  readonly placed: readonly Placed[];
}

/** What the files ask for in one environment. */
export interface Built {
  readonly state: DesiredState;
  readonly placed: readonly Placed[];
  readonly findings: Findings;
  readonly files: BuiltFiles;
}

/** @param environment missing where the files have none. */
export function buildState(parts: Parts, environment: string | undefined, request: BuildRequest): Built {
  const { files, sources, skipped, passedOver, ignored, declared } = parts;
  const findings = new Findings();
  const head = environment === undefined ? undefined : declared.heads.get(environment);
  const chosen = (): string | undefined => environment;
  const built = files.map((file): BuiltFile => {
    const same = request.knownFiles?.get(file.parsed);
    if (same !== undefined && isSameFile(same.file, file)) return same;
    return { file, placed: buildFile(file, chosen, { now: request.now, findings }) };
  });
  const placed = built.flatMap((one) => one.placed);
  const { merged, diagnostics: misplaced } = mergeHeads(files, head);
  findings.addAll(misplaced);
  const scopes = [merged, ...(merged.owners ?? [])].map(({ scope }) => scope);
  findings.addAll(passedOverDiagnostics(passedOver, scopes));
  findings.addAll(ignoredDiagnostics(ignored, scopes));
  checkRules(placed, findings);
  checkQrCodes(placed, request.createApi ?? merged.tenant.createApi ?? usualCreateApi, findings);
  const inputs = sources.map(({ file, sha256 }) => ({ file, sha256 })).toSorted((a, b) => compareText(a.file, b.file));
  const enrollments = placed.map(({ enrollment }) => enrollment);
  const named = environment === undefined ? {} : { environment: { name: environment, credentials: head?.credentials } };
  const state = { ...merged, ...named, enrollments, inputs, filesSkipped: skipped.length };
  return { state, placed, findings, files: new Map(built.map((one) => [one.file.parsed, one])) };
}

/** Of one text: what else its entries depend on. */
function isSameFile(one: OwnedFile, other: OwnedFile): boolean {
  const factsOf = ({ owner, defaults, entries }: OwnedFile): string =>
    JSON.stringify([owner?.name, defaults, entries.length]);
  return factsOf(one) === factsOf(other);
}

interface Building {
  readonly now: Instant;
  readonly findings: Findings;
  /** Where the defaults are those of another file, what is wrong with them is told there. */
  readonly defaults?: 'of another file' | undefined;
}

/** One file alone, each entry as it is in the first of its environments. */
export function buildAlone(parsed: Parsed, building: Building): CheckedFile & { readonly placed: readonly Placed[] } {
  const checked = checkSchema(parsed, building.findings);
  const file = { ...checked, parsed: parsed.file, owner: undefined };
  return { ...checked, placed: buildFile(file, firstEnvironment, building) };
}

function buildFile(
  file: OwnedFile,
  environmentOf: (entry: Entry) => string | undefined,
  { now, findings, defaults: whose }: Building,
): readonly Placed[] {
  const { parsed, head } = file;
  const owner = file.owner?.name;
  const usual = environmentOf({});
  if (whose !== 'of another file') {
    findings.addAll(checkDefaults(parsed, defaultsIn({ ...head.defaults }, usual), now));
  }
  const defaults = file.defaults && defaultsIn(file.defaults, usual);
  const common = { parsed, defaults, now, tokenFile: tokenFileResolver(parsed), findings };
  const placed: Placed[] = [];
  for (const { entry: written, index } of file.entries) {
    const environment = environmentOf(written);
    const entry = entryIn(written, environment);
    const enrollment = entry && buildEntry({ entry, written: { ...written }, index }, { environment, ...common });
    if (enrollment !== undefined)
      placed.push({ enrollment: owner === undefined ? enrollment : { ...enrollment, owner }, parsed, index });
  }
  return placed;
}

/** A file that an entry names lies beside the entry's own file. */
function tokenFileResolver({ source }: ParsedFile): (file: string) => TokenSource {
  const path = (file: string): string => portablePath(isAbsolute(file) ? file : join(dirname(source.file), file));
  return (file) => ({ from: 'file', path: path(file), namedBy: source.file });
}
