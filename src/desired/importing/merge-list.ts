import type { Instant } from '../../model/instant.ts';
import { diagnoseRow, type Csv } from '../csv/read-csv.ts';
import { listText } from '../edit/append.ts';
import { editEntries } from '../edit/edit-entries.ts';
import { membersAt } from '../edit/merge-members.ts';
import { compact, isObject, isSame, merged, type Members } from '../edit/value.ts';
import { buildAlone } from '../build-state.ts';
import { entryKey, userRefs, type Placed } from '../entries/build-entry.ts';
import { varying } from '../entries/entry-in.ts';
import type { Findings } from '../entries/findings.ts';
import type { Parsed, ParsedFile } from '../source/parsed-file.ts';
import type { SourceFile, Words } from '../source/source-file.ts';
import { parse } from '../yaml/parse.ts';
import { parted, type Repeat } from './duplicate-rows.ts';
import type { ListRow } from './read-list.ts';
import { isSameUser } from './same-user.ts';

/** The file that rows go into, as it is; without a value where it is not there yet. */
export interface ListTarget {
  readonly file: string;
  readonly now: { readonly parsed: Parsed; readonly part: ReturnType<typeof buildAlone> } | undefined;
}

/** What becomes of a file. */
export interface MergedList {
  readonly file: string;
  /** Of the entries as they will be, the rows' with their place in the list: for the rules between entries. */
  readonly placed: readonly Placed[];
  readonly counts: Readonly<Record<'added' | 'changed' | 'same' | 'notListed', number>>;
  /** Rows that repeat earlier ones: nothing was made of them. */
  readonly repeats: readonly Repeat[];
  /** The file as it is to be. Undefined, and told, where it cannot be edited. */
  readonly write: (findings: Findings) => Promise<string | undefined>;
}

/** Reads a file that rows go into. What is wrong with it is told. */
export async function readTarget(source: SourceFile, now: Instant, findings: Findings): Promise<ListTarget['now']> {
  const parsed = await parse(source, findings);
  return parsed && { parsed, part: buildAlone(parsed, { now, findings }) };
}

interface Merge {
  readonly row: ListRow;
  readonly old: Placed | undefined;
  /** What of the entry is not so yet. */
  readonly members: Members;
  readonly entry: Readonly<Record<string, unknown>>;
}

/** Puts rows into a file: entries of the same key are changed, others are added, and none is removed. */
export function mergeList(
  csv: Csv,
  rows: readonly ListRow[],
  target: ListTarget,
  { now, findings }: { readonly now: Instant; readonly findings: Findings },
): MergedList {
  const defaults = target.now?.part.head.defaults ?? {};
  const before = target.now?.part.placed ?? [];
  const { merges, repeats } = mergesOf(rows, target, findings);
  const spans = merges.map(({ row }) => row.row);
  const value = { version: 1, defaults, enrollments: merges.map(({ entry }) => entry) };
  const building = { now, findings, defaults: 'of another file' } as const;
  const { placed } = buildAlone({ file: listFile(csv, spans), value }, building);
  const touched = new Set(merges.flatMap(({ old }) => old?.index ?? []));
  const left = before.filter(({ index }) => !touched.has(index));
  const added = merges.filter(({ old }) => old === undefined).map(({ members }) => members);
  const changed = new Map(
    merges.flatMap(({ old, members }) =>
      old === undefined || Object.keys(members).length === 0 ? [] : [[old.index, members] as const],
    ),
  );
  const same = merges.length - added.length - changed.size;
  return {
    file: target.file,
    placed: [...left, ...placed],
    repeats,
    counts: { added: added.length, changed: changed.size, same, notListed: left.length },
    write: async (problems) => {
      if (target.now === undefined) return `version: 1\nenrollments:${listText(added, '  ', '\n')}\n`;
      const { parsed } = target.now;
      const edited = await editEntries(parsed, { changed, added });
      if (edited.state === 'edited') return edited.text;
      problems.tell(parsed.file, cannotEdit, edited.at);
      return undefined;
    },
  };
}

const cannotEdit = {
  code: 'CANNOT_BE_EDITED',
  summary: 'this cannot be changed without changing something else',
  detail: 'Replace the anchor or alias here by the value itself, or write the change by hand.',
} as const;

interface Merges {
  readonly merges: readonly Merge[];
  readonly repeats: readonly Repeat[];
}

function mergesOf(rows: readonly ListRow[], { now }: ListTarget, findings: Findings): Merges {
  const defaults = membersAt(now?.parsed.value, ['defaults']);
  const byKey = new Map(now?.part.placed.map((placed) => [placed.enrollment.key, placed]));
  const { rows: kept, repeats } = parted(rows, (row) => keyOf(row.entry, defaults));
  const merges = kept.flatMap(([key, row]) => {
    const old = byKey.get(key);
    const has = old === undefined ? {} : membersAt(now?.parsed.value, ['enrollments', old.index]);
    const each = varying.find((name) => row.entry[name] !== undefined && isObject(has[name] ?? defaults[name]));
    if (old !== undefined && now !== undefined && each !== undefined) {
      findings.tell(now.parsed.file, ofEnvironments(each), ['enrollments', old.index, each], 'key');
      return [];
    }
    const members = old === undefined ? row.entry : differing(row.entry, has, defaults);
    // A million copies would take hundreds of megabytes.
    return { row, old, members, entry: old === undefined ? row.entry : merged(has, members) };
  });
  return { merges, repeats };
}

function ofEnvironments(name: string): Words {
  return {
    code: 'CANNOT_BE_EDITED',
    summary: `'${name}' has a value for each environment`,
    detail: 'A list has one value. Import without this column, or write the change by hand.',
  };
}

/** Properties that have another value in the entry, its defaults included. */
function differing(wanted: Members, has: Members, defaults: Members): Members {
  const isAbsent = has['state'] === 'absent' || wanted['state'] === 'absent';
  const usual: Members = { state: 'present', ...(isAbsent ? {} : { enabled: true, ...defaults }) };
  const result: Record<string, Members[string]> = {};
  for (const [name, value] of Object.entries(compact(wanted))) {
    const fallback = usual[name];
    const old = has[name] ?? fallback;
    if (isObject(value) && isObject(old)) {
      const inner = differingParts(value, { ...(isObject(fallback) ? fallback : {}), ...old });
      if (Object.keys(inner).length > 0) result[name] = inner;
    } else if (!isSame(old, value) && !isSameUser(name, old, value)) result[name] = value;
  }
  return result;
}

function differingParts(wanted: Members, has: Members): Members {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !isSame(has[name], value)));
}

/** Empty where no user is named, which is told later. */
function keyOf(entry: Members, defaults: Members): string {
  const textOf = (name: string, from: Members): string | undefined => {
    const value = from[name];
    return typeof value === 'string' ? value : undefined;
  };
  const [user] = userRefs({
    user: textOf('user', entry),
    uuid: textOf('uuid', entry),
    externalId: textOf('externalId', entry),
  });
  if (user === undefined) return '';
  const state = textOf('state', entry);
  const flow = textOf('flow', entry) ?? (state === 'absent' ? undefined : textOf('flow', defaults));
  return entryKey(user, { state, flow, label: textOf('label', entry), serialNumber: textOf('serialNumber', entry) });
}

/** The list as a file whose entries are its rows. */
function listFile(csv: Csv, rows: readonly ListRow['row'][]): ParsedFile {
  const spanOf: ParsedFile['spanOf'] = ([, index]) => ({ start: 0, end: 0, ...rows[Number(index)] });
  return {
    source: csv.source,
    spanOf,
    diagnose: (words, path) => diagnoseRow(csv.source, spanOf(path, 'value'), words),
  };
}
