import { dirname, isAbsolute, join } from 'node:path';
import { hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import type { DesiredState } from '../model/enrollment.ts';
import type { Instant } from '../model/instant.ts';
import { compareText } from '../model/order.ts';
import { Secret } from '../model/secret.ts';
import { buildEntry, type Placed } from './build-entry.ts';
import { checkSchema, type CheckedFile } from './check-schema.ts';
import { checkDefaults } from './expiry.ts';
import { mergeHeads } from './merge-heads.ts';
import { parse, type ParsedFile } from './parse.ts';
import { readFiles, type ReadRequest } from './read-files.ts';
import { readToken, type TokenRequest } from './read-token.ts';
import { checkRules } from './rules.ts';
import type { SourceFile } from './source-file.ts';

export interface LoadRequest extends ReadRequest, TokenRequest {
  readonly now: Instant;
  /** `check`: token variables must be set and token files readable. */
  readonly secrets: 'check' | 'ignore';
}

export interface Loaded {
  /** Missing where there are errors. */
  readonly state?: DesiredState;
  /** Of all files and entries, in no particular order. */
  readonly diagnostics: readonly Diagnostic[];
  readonly files: number;
  readonly entries: number;
}

interface FileParts {
  readonly parsed: ParsedFile;
  readonly checked: CheckedFile;
}

/** Reads the files and makes of them one desired state, or says everything that is wrong with them. */
export async function loadDesired(request: LoadRequest): Promise<Loaded> {
  const { sources, diagnostics: unread } = await readFiles(request);
  const { parts, diagnostics: unparsed } = parseAll(sources);
  const built = parts.flatMap(({ parsed, checked }) =>
    checked.entries.map(({ entry, path }) =>
      buildEntry(entry, {
        parsed,
        path,
        defaults: checked.defaults,
        now: request.now,
        resolveFile: besides(parsed),
      }),
    ),
  );
  const placed = built.flatMap((one) => one.placed ?? []);
  const heads = parts.map(({ parsed, checked: { head } }) => ({ head, parsed }));
  const { merged, diagnostics: misplaced } = mergeHeads(heads);
  const diagnostics = [
    ...unread,
    ...unparsed,
    ...parts.flatMap(({ checked }) => checked.diagnostics),
    ...misplaced,
    ...heads.flatMap(({ parsed, head: { defaults } }) => checkDefaults(parsed, { ...defaults }, request.now)),
    ...built.flatMap((one) => one.diagnostics),
    ...checkRules(placed),
    ...(request.secrets === 'check' ? await checkTokens(placed, request) : []),
  ];
  const inputs = sources.map(({ file, sha256 }) => ({ file, sha256 })).toSorted((a, b) => compareText(a.file, b.file));
  const state = { ...merged, enrollments: placed.map(({ enrollment }) => enrollment), inputs };
  const counts = { diagnostics, files: sources.length, entries: built.length };
  return hasErrors(diagnostics) ? counts : { ...counts, state };
}

function parseAll(sources: readonly SourceFile[]): {
  readonly parts: readonly FileParts[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const parts: FileParts[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const source of sources) {
    const { parsed, diagnostics: found } = parse(source);
    if (parsed !== undefined) parts.push({ parsed, checked: checkSchema(parsed) });
    diagnostics.push(...found);
  }
  return { parts, diagnostics };
}

/** A file that an entry names lies beside the entry's own file. */
function besides({ source }: ParsedFile): (file: string) => string {
  return (file) => (isAbsolute(file) ? file : join(dirname(source.file), file));
}

/** One after the other: thousands of files at once would be more than the system opens. */
async function checkTokens(placed: readonly Placed[], request: TokenRequest): Promise<readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for (const { enrollment, parsed, path } of placed) {
    if (enrollment.state === 'absent' || enrollment.face.flow !== 'token') continue;
    const token = await readToken(enrollment.face.token, request);
    if (!(token instanceof Secret)) diagnostics.push(parsed.diagnose(token, [...path, 'token']));
  }
  return diagnostics;
}
