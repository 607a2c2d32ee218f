import { dirname, isAbsolute, join } from 'node:path';
import { hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import { usualCreateApi, type CreateApi, type DesiredState, type TokenSource } from '../model/enrollment.ts';
import type { Instant } from '../model/instant.ts';
import { compareText } from '../model/order.ts';
import { Secret } from '../model/secret.ts';
import { buildEntry, type Placed } from './build-entry.ts';
import { checkSchema } from './check-schema.ts';
import { checkDefaults } from './expiry.ts';
import { mergeHeads, type PlacedHead } from './merge-heads.ts';
import { parse } from './parse.ts';
import type { ParsedFile } from './parsed-file.ts';
import { portablePath } from './portable-path.ts';
import { readFiles, type PassedOver, type ReadRequest } from './read-files.ts';
import { readToken, type TokenRequest } from './read-token.ts';
import { checkQrCodes } from './qr-codes.ts';
import { checkRules } from './rules.ts';

export interface LoadRequest extends ReadRequest, TokenRequest {
  readonly now: Instant;
  /** `check`: token variables must be set and token files readable. */
  readonly secrets: 'check' | 'ignore';
  /** Wins over that of the files. */
  readonly createApi?: CreateApi | undefined;
}

export interface Loaded {
  /** Missing where there are errors. */
  readonly state?: DesiredState;
  /** Of all files and entries, in no particular order. */
  readonly diagnostics: readonly Diagnostic[];
  readonly files: number;
  readonly entries: number;
  /** Below the directories, for what they are: credentials, saved plans, npm's files. */
  readonly passedOver: readonly PassedOver[];
  /** What is wrong with the tokens of these enrollments, by key. Each is read, and none kept. */
  readonly checkTokens: (keys: ReadonlySet<string>) => Promise<readonly Diagnostic[]>;
}

/** What one file brings. */
interface FilePart extends PlacedHead {
  readonly placed: readonly Placed[];
  readonly entries: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the files and makes of them one desired state, or says everything that is wrong with them. */
export async function loadDesired(request: LoadRequest): Promise<Loaded> {
  const { sources, passedOver, diagnostics: unread } = await readFiles(request);
  const parts: FilePart[] = [];
  const unparsed: Diagnostic[] = [];
  for (const source of sources) {
    const { parsed, diagnostics } = await parse(source);
    unparsed.push(...diagnostics);
    if (parsed !== undefined) parts.push(buildPart(parsed.file, parsed.value, request.now));
  }
  const placed = parts.flatMap((part) => part.placed);
  const withToken = tokenEntries(placed);
  const { merged, diagnostics: misplaced } = mergeHeads(parts);
  const diagnostics = [
    ...unread,
    ...unparsed,
    ...parts.flatMap((part) => part.diagnostics),
    ...misplaced,
    ...checkRules(placed),
    ...checkQrCodes(placed, request.createApi ?? merged.tenant.createApi ?? usualCreateApi),
    ...(request.secrets === 'check' ? await tokenErrors(withToken, request) : []),
  ];
  const inputs = sources.map(({ file, sha256 }) => ({ file, sha256 })).toSorted((a, b) => compareText(a.file, b.file));
  const enrollments = placed.map(({ enrollment }) => enrollment);
  const state = { ...merged, enrollments, inputs, filesPassedOver: passedOver.length };
  const entries = parts.reduce((sum, part) => sum + part.entries, 0);
  const checkTokens: Loaded['checkTokens'] = (keys) => {
    const wanted = withToken.filter(({ enrollment }) => keys.has(enrollment.key));
    return tokenErrors(wanted, request);
  };
  const counts = { diagnostics, files: sources.length, entries, passedOver, checkTokens };
  return hasErrors(diagnostics) ? counts : { ...counts, state };
}

function buildPart(parsed: ParsedFile, value: unknown, now: Instant): FilePart {
  const { head, defaults, entries, diagnostics: mistaken } = checkSchema(parsed, value);
  const context = { parsed, defaults, now, resolveFile: besides(parsed) };
  const placed: Placed[] = [];
  const diagnostics = [...mistaken, ...checkDefaults(parsed, { ...head.defaults }, now)];
  for (const checked of entries) {
    const built = buildEntry(checked, context);
    if (built.enrollment !== undefined) placed.push({ enrollment: built.enrollment, parsed, index: checked.index });
    for (const diagnostic of built.diagnostics) diagnostics.push(diagnostic);
  }
  return { parsed, head, placed, entries: entries.length, diagnostics };
}

/** A file that an entry names lies beside the entry's own file. */
function besides({ source }: ParsedFile): (file: string) => string {
  return (file) => portablePath(isAbsolute(file) ? file : join(dirname(source.file), file));
}

interface TokenEntry extends Placed {
  readonly token: TokenSource;
}

function tokenEntries(placed: readonly Placed[]): readonly TokenEntry[] {
  return placed.flatMap((entry) => {
    const { enrollment } = entry;
    if (enrollment.state === 'absent' || enrollment.face.flow !== 'token') return [];
    return [{ ...entry, token: enrollment.face.token }];
  });
}

/** One after the other: thousands of files at once would be more than the system opens. */
async function tokenErrors(entries: readonly TokenEntry[], request: TokenRequest): Promise<readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for (const { token: source, parsed, index } of entries) {
    const token = await readToken(source, request);
    if (!(token instanceof Secret)) diagnostics.push(parsed.diagnose(token, ['enrollments', index, 'token']));
  }
  return diagnostics;
}
