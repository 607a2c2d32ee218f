import { dirname, isAbsolute, join } from 'node:path';
import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import { usualCreateApi, type CreateApi, type DesiredState, type TokenSource } from '../model/enrollment.ts';
import type { Instant } from '../model/instant.ts';
import { compareText } from '../model/values/order.ts';
import { buildEntry, type Placed } from './entries/build-entry.ts';
import { checkSchema } from './entries/check-schema.ts';
import { checkDefaults } from './entries/expiry.ts';
import { Findings, type LeftOut } from './entries/findings.ts';
import { mergeHeads, type PlacedHead } from './entries/merge-heads.ts';
import { parse } from './yaml/parse.ts';
import type { Parsed, ParsedFile } from './source/parsed-file.ts';
import { portablePath } from './reading/portable-path.ts';
import { readFiles, type SkippedFile, type ReadRequest } from './reading/read-files.ts';
import { checkSources, checkTokens, tokenEntries } from './tokens/check-tokens.ts';
import type { TokenRequest } from './tokens/read-token.ts';
import type { TokenBounds } from './tokens/token-source.ts';
import { checkQrCodes } from './entries/qr-codes.ts';
import { checkRules } from './entries/rules.ts';

export interface LoadRequest extends ReadRequest, Omit<TokenRequest, 'bounds'> {
  readonly now: Instant;
  /** `check`: token variables must be set and token files readable. */
  readonly secrets: 'check' | 'ignore';
  /** Wins over that of the files. */
  readonly createApi?: CreateApi | undefined;
}

export interface Loaded {
  /** Missing where there are errors. */
  readonly state?: DesiredState;
  /** Of all files and entries, in no particular order; at most a thousand, errors first. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many more there are. */
  readonly leftOut: LeftOut;
  readonly files: number;
  readonly entries: number;
  /** Below the directories: hidden files, and files of other kinds, such as credentials and saved plans. */
  readonly skipped: readonly SkippedFile[];
  /** What is wrong with the tokens of these enrollments, by key; at most a thousand. Each is read, and none kept. */
  readonly checkTokens: (keys: ReadonlySet<string>, check: TokenCheck) => Promise<readonly Diagnostic[]>;
}

export interface TokenCheck {
  readonly bounds: TokenBounds;
  /** Severity of a token that is not here: whoever plans need not hold it. */
  readonly missing: Severity;
}

/** What one file brings. */
interface FilePart extends PlacedHead {
  readonly placed: readonly Placed[];
  readonly entries: number;
}

/** Reads the files and makes of them one desired state, or says everything that is wrong with them. */
export async function loadDesired(request: LoadRequest): Promise<Loaded> {
  const { sources, skipped, diagnostics: unread } = await readFiles(request);
  const findings = new Findings();
  findings.addAll(unread);
  const parts: FilePart[] = [];
  for (const source of sources) {
    const parsed = await parse(source, findings);
    if (parsed !== undefined) parts.push(buildPart(parsed, request.now, findings));
  }
  const placed = parts.flatMap((part) => part.placed);
  const withToken = tokenEntries(placed);
  const { merged, diagnostics: misplaced } = mergeHeads(parts);
  findings.addAll(misplaced);
  checkRules(placed, findings);
  checkQrCodes(placed, request.createApi ?? merged.tenant.createApi ?? usualCreateApi, findings);
  const tokenRequest = { ...request, bounds: 'enrollment file' } as const;
  if (request.secrets === 'check') await checkTokens(withToken, tokenRequest, 'error', findings);
  else checkSources(withToken, tokenRequest, findings);
  const inputs = sources.map(({ file, sha256 }) => ({ file, sha256 })).toSorted((a, b) => compareText(a.file, b.file));
  const enrollments = placed.map(({ enrollment }) => enrollment);
  const state = { ...merged, enrollments, inputs, filesSkipped: skipped.length };
  const entries = parts.reduce((sum, part) => sum + part.entries, 0);
  const checkTokensOf: Loaded['checkTokens'] = async (keys, { bounds, missing }) => {
    const wanted = withToken.filter(({ enrollment }) => keys.has(enrollment.key));
    const found = new Findings();
    await checkTokens(wanted, { ...request, bounds }, missing, found);
    return found.end().diagnostics;
  };
  const counts = { ...findings.end(), files: sources.length, entries, skipped, checkTokens: checkTokensOf };
  return findings.hasErrors ? counts : { ...counts, state };
}

function buildPart(parsed: Parsed, now: Instant, findings: Findings): FilePart {
  const { file } = parsed;
  const { head, defaults, entries } = checkSchema(parsed, findings);
  findings.addAll(checkDefaults(file, { ...head.defaults }, now));
  const context = { parsed: file, defaults, now, tokenFile: tokenFileResolver(file), findings };
  const placed: Placed[] = [];
  for (const checked of entries) {
    const enrollment = buildEntry(checked, context);
    if (enrollment !== undefined) placed.push({ enrollment, parsed: file, index: checked.index });
  }
  return { parsed: file, head, placed, entries: entries.length };
}

/** A file that an entry names lies beside the entry's own file. */
function tokenFileResolver({ source }: ParsedFile): (file: string) => TokenSource {
  const path = (file: string): string => portablePath(isAbsolute(file) ? file : join(dirname(source.file), file));
  return (file) => ({ from: 'file', path: path(file), namedBy: source.file });
}
