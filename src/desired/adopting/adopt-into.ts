import type { Diagnostic } from '../../model/diagnostic.ts';
import { formatInstant } from '../../model/instant.ts';
import { placeOf, type Place } from '../../model/place.ts';
import type { AdoptedFace, Patch, WrittenEntry } from '../../model/shown/adoption.ts';
import { editEntries, type Edited, type Edits, type Renaming } from '../edit/edit-entries.ts';
import { membersAt, valueAt } from '../edit/merge-members.ts';
import { compact, isObject, isSame, type Members } from '../edit/value.ts';
import { varying } from '../entries/entry-in.ts';
import { Findings } from '../entries/findings.ts';
import type { Parsed } from '../source/parsed-file.ts';
import type { SourceFile } from '../source/source-file.ts';
import { parse } from '../yaml/parse.ts';

/** What goes into one file. */
export interface AdoptRequest {
  readonly source: SourceFile;
  /** By the byte at which an entry begins. */
  readonly patches: ReadonlyMap<number, Patch>;
  readonly added: readonly AdoptedFace[];
  /** The environment whose live state it is. */
  readonly environment: string | undefined;
}

export interface Adopted {
  /** Missing where something cannot be changed in place, which the diagnostics tell. */
  readonly written?: Written;
  readonly diagnostics: readonly Diagnostic[];
}

interface Written {
  readonly text: string;
  /** By the byte at which an entry began before. */
  readonly changed: ReadonlyMap<number, WrittenEntry>;
  /** In the order of the faces that were to be added. */
  readonly added: readonly WrittenEntry[];
}

/** Writes what is live into the text of a file; every other character stays. */
export async function adoptInto({ source, patches, added, environment }: AdoptRequest): Promise<Adopted> {
  const findings = new Findings();
  const parsed = await parse(source, findings);
  if (parsed === undefined) return findings.end();
  const patched = byIndex(parsed, patches);
  const edits = editsOf(parsed, { patched, environment }, findings);
  const defaults = membersAt(parsed.value, ['defaults']);
  const isDated = defaults['expiry'] !== undefined || defaults['lifetime'] !== undefined;
  const undated = isDated ? added.find(({ enabled, expiry }) => enabled && expiry === undefined) : undefined;
  if (undated !== undefined) findings.tell(parsed.file, datedBy(undated), ['defaults'], 'key');
  const entries = added.map((face) => entryOf(face, defaults, environment));
  if (findings.hasErrors) return findings.end();
  const edited = await editEntries(parsed, { ...edits, added: entries });
  if (edited.state === 'refused') findings.tell(parsed.file, shared, edited.at);
  if (edited.state === 'refused') return findings.end();
  return { written: writtenOf(parsed, edited, patched, entries), diagnostics: [] };
}

/** What has become of each entry, at its place in the new text: the entries that were added are its last. */
function writtenOf(
  before: Parsed,
  { text, parsed }: Extract<Edited, { readonly state: 'edited' }>,
  patched: ReturnType<typeof byIndex>,
  added: readonly Members[],
): Written {
  const { source, spanOf } = parsed.file;
  const list = valueAt(parsed.value, ['enrollments']);
  const first = (Array.isArray(list) ? list.length : 0) - added.length;
  const placeAt = (index: number): Place => placeOf(source.rangeOf(spanOf(['enrollments', index], 'value')));
  const changed = patched.map(({ index, byte }): readonly [number, WrittenEntry] => {
    const old = membersAt(before.value, ['enrollments', index]);
    const now = membersAt(parsed.value, ['enrollments', index]);
    const names = Object.keys({ ...old, ...now }).filter((name) => !isSame(old[name], now[name]));
    return [byte, { place: placeAt(index), before: pick(old, names), after: pick(now, names) }];
  });
  return {
    text,
    changed: new Map(changed),
    added: added.map((members, at) => ({ place: placeAt(first + at), after: compact(members) })),
  };
}

/** Properties that are asked for; null where there is none. */
function pick(from: Members, names: readonly string[]): WrittenEntry['after'] {
  return Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
}

const datedBy = ({ user, serialNumber }: AdoptedFace) =>
  ({
    code: 'CANNOT_BE_EDITED',
    summary: `the defaults would give the face ${serialNumber} of "${user.value}" another expiry`,
    detail: 'Adopt it into a file without a default expiry or lifetime, with --into.',
  }) as const;

const shared = {
  code: 'CANNOT_BE_EDITED',
  summary: 'this cannot be changed without changing something else',
  detail: 'Replace the anchor or alias here by the value itself, or write the change by hand.',
} as const;

function editsOf(
  parsed: Parsed,
  { patched, environment }: { readonly patched: ReturnType<typeof byIndex>; readonly environment: string | undefined },
  findings: Findings,
): Omit<Edits, 'added'> {
  const changed = new Map<number, Members>();
  const renamed = new Map<number, Renaming>();
  const defaults = membersAt(parsed.value, ['defaults']);
  for (const { index, patch } of patched) {
    const entry = membersAt(parsed.value, ['enrollments', index]);
    const { expiry, ...others } = patch;
    if (environment !== undefined && !isSame(entry['in'], [environment])) {
      findings.tell(parsed.file, ofOthers(environment), ['enrollments', index]);
      continue;
    }
    const each = eachOf(
      { ...others, ...(expiry === undefined ? {} : { expiry, lifetime: expiry }) },
      { ...defaults, ...entry },
    );
    if (each !== undefined) {
      const path = ['enrollments', index];
      findings.tell(parsed.file, ofEnvironments(each), each in entry ? [...path, each] : ['defaults', each], 'key');
      continue;
    }
    const dated = expiry === undefined ? undefined : formatInstant(expiry);
    if (dated !== undefined && 'lifetime' in entry)
      renamed.set(index, { from: 'lifetime', to: 'expiry', value: dated });
    changed.set(index, 'lifetime' in entry ? others : { ...others, expiry: dated });
  }
  return { changed, renamed };
}

interface PatchAt {
  readonly index: number;
  readonly byte: number;
  readonly patch: Patch;
}

function byIndex(parsed: Parsed, patches: AdoptRequest['patches']): readonly PatchAt[] {
  const { source, spanOf } = parsed.file;
  const list = valueAt(parsed.value, ['enrollments']);
  return [...(Array.isArray(list) ? list.keys() : [])].flatMap((index) => {
    const { byte } = source.rangeOf(spanOf(['enrollments', index], 'value')).start;
    const patch = patches.get(byte);
    return patch === undefined ? [] : [{ index, byte, patch }];
  });
}

/** The first property that has a value for each environment. */
function eachOf(patch: Readonly<Record<string, unknown>>, has: Members): string | undefined {
  return varying.find((name) => name in patch && isObject(has[name]));
}

const ofEnvironments = (name: string) =>
  ({
    code: 'CANNOT_BE_EDITED',
    summary: `'${name}' has a value for each environment`,
    detail: 'What is live in one environment says nothing about the others. Write the change by hand.',
  }) as const;

const ofOthers = (environment: string) =>
  ({
    code: 'CANNOT_BE_EDITED',
    summary: `this entry is not for ${environment} alone`,
    detail: 'What is live in one environment says nothing about the others. Write the change by hand.',
  }) as const;

/** An entry for a face, in which nothing is left to the file's defaults that would ask for something else. */
function entryOf(face: AdoptedFace, defaults: Members, environment: string | undefined): Members {
  const { user, flow, applicantId, enabled, token, expiry, ...pinned } = face;
  const name = user.by === 'login' ? 'user' : user.by;
  const isDated = defaults['expiry'] !== undefined || defaults['lifetime'] !== undefined;
  return {
    [name]: user.value,
    flow: defaults['flow'] === flow ? undefined : flow,
    ...pinned,
    applicantId,
    customerUserId: token === undefined ? undefined : 'unknown',
    token: token === undefined ? undefined : { env: token },
    enabled: (defaults['enabled'] ?? true) === enabled ? undefined : enabled,
    expiry: isDated && expiry !== undefined ? formatInstant(expiry) : undefined,
    replaceOn: defaults['replaceOn'] === undefined ? undefined : [],
    in: environment === undefined ? undefined : [environment],
  };
}
