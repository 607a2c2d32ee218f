import { tenantHead } from '../text/tenant-head.ts';
import { formatInstant, type Instant } from '../../model/instant.ts';
import {
  enrollmentStates,
  type EnrollmentState,
  type Status,
  type StatusContext,
  type StatusEntry,
} from '../../model/shown/status.ts';
import { age, sinceText } from '../text/age.ts';
import { faceName } from '../plan/change-text.ts';
import { leafText } from '../plan/leaf-text.ts';
import { reasonSentences } from '../plan/reason-sentences.ts';
import { aligned } from '../text/columns.ts';
import type { WritingChange } from '../../model/plan.ts';
import { count } from '../../model/values/count.ts';
import { plain } from '../text/escape.ts';
import { fitted } from '../text/fitted.ts';
import { wholeWhere } from '../text/place-text.ts';
import type { Palette } from '../text/style.ts';
import { differingRows } from './differences.ts';

export interface StatusView extends StatusContext {
  /** Of the files that were read; none where all of the tenant is asked for. */
  readonly files: number;
  readonly palette: Palette;
  /** Columns of the terminal; undefined where there is none. */
  readonly width?: number | undefined;
}

interface Group {
  readonly state: EnrollmentState;
  readonly title: (size: number, view: StatusView) => string;
  /** What comes first; by key where that is equal. */
  readonly order: (entry: StatusEntry) => number;
  readonly row: (entry: StatusEntry, view: StatusView) => readonly string[];
}

/** Those that somebody has to know of; the rest is counted. */
const groups: readonly Group[] = [
  {
    state: 'attention',
    title: (size, { palette }) => palette.error(`${faces(size)} in need of attention, the oldest first:`),
    order: ({ since = Infinity }) => since,
    row: (entry, view) => [...identity(entry), sinceText(entry.since, view.now)],
  },
  {
    state: 'missing',
    title: (size, { palette }) => palette.warning(`${faces(size)} missing:`),
    order: () => 0,
    row: ({ key, reason = '' }) => [plain(key), plain(reason)],
  },
  {
    state: 'expiring',
    title: (size, { palette, within }) =>
      palette.warning(`${faces(size)} expiring within ${age(within)}, the next first:`),
    order: ({ face }) => face?.expiry ?? Infinity,
    row: (entry, view) => [...identity(entry), expiryText(entry.face?.expiry, view)],
  },
  {
    state: 'waiting',
    title: (size) => `${faces(size)} waiting for the user or the vendor, the oldest first:`,
    order: ({ since = Infinity }) => since,
    row: (entry, view) => [...identity(entry), sinceText(entry.since, view.now)],
  },
  {
    state: 'unknown',
    title: (size, { palette }) => palette.error(`${size} not known, since the user could not be read:`),
    order: () => 0,
    row: ({ key, reason = '' }) => [plain(key), plain(reason)],
  },
];

/** How enrollments stand, for people. Its last line is the totals. */
export function statusText(status: Status, view: StatusView): string {
  const paragraphs = [
    header(status, view),
    ...groups.flatMap((group) => paragraph(group, status, view)),
    ...differences(status, view),
    ...otherExpiries(status),
    totals(status, view),
  ];
  return fitted(`${paragraphs.join('\n\n')}\n`, view.width);
}

function header({ users, missingUsers }: Status, { palette, toolVersion, tenant, files }: StatusView): string {
  const name = plain(tenantHead(tenant));
  const { wait, ignore } = missingUsers;
  const read = [
    ...(files === 0 ? [] : [count(files, 'file')]),
    count(users, 'user'),
    ...(wait === 0 ? [] : [`${count(wait, 'user')} waiting to be provisioned`]),
    ...(ignore === 0 ? [] : [`${count(ignore, 'missing user')} ignored`]),
  ].join(', ');
  return palette.strong(`faceform ${plain(toolVersion)} status - tenant ${name} - ${read}`);
}

function paragraph({ state, title, order, row }: Group, { entries }: Status, view: StatusView): readonly string[] {
  const mine = entries.filter((entry) => entry.state === state);
  if (mine.length === 0) return [];
  const sorted = mine.toSorted((a, b) => order(a) - order(b) || 0);
  const lines = aligned(sorted.map((entry) => [...row(entry, view), wholeWhere(entry)]));
  return [[title(mine.length, view), ...lines.map((line) => `  ${line}`)].join('\n')];
}

/** Faces that are not as their entries ask, whatever their state. */
function differences({ entries }: Status, { now, palette }: StatusView): readonly string[] {
  const rows = entries.flatMap((entry) => {
    const { change } = entry;
    return change === undefined ? [] : [[...identity(entry), differenceText(change, now), wholeWhere(entry)]];
  });
  if (rows.length === 0) return [];
  const title = palette.warning(`${faces(rows.length)} not as the files ask:`);
  return [[title, ...aligned(rows).map((line) => `  ${line}`)].join('\n')];
}

/** Such as `status "DISABLED", asked for "ACTIVE"`; of a face that is replaced or deleted, why. */
export function differenceText(change: WritingChange, now: Instant): string {
  const differing = differingRows(change).map(
    ({ name, before, after }) => `${name} ${leafText(before, now)}, asked for ${leafText(after, now)}`,
  );
  return differing.length === 0 ? `${change.action}: ${reasonSentences[change.reason]}` : differing.join('; ');
}

/** Faces whose expiry the tenant's policy cannot have set, whatever their state. */
function otherExpiries({ entries }: Status): readonly string[] {
  const rows = entries.flatMap((entry) => {
    const { policy, face } = entry;
    if (policy?.verdict !== 'not-by-policy') return [];
    const expires = face?.expiry === undefined ? 'no expiry' : `expires ${formatInstant(face.expiry)}`;
    const wanted = `policy: ${formatInstant(policy.expiry)} (${count(policy.lifetimeDays, 'day')})`;
    return [[...identity(entry), expires, wanted, wholeWhere(entry)]];
  });
  if (rows.length === 0) return [];
  const title = `${faces(rows.length)} whose expiry is not the tenant's policy:`;
  return [[title, ...aligned(rows).map((line) => `  ${line}`)].join('\n')];
}

function totals({ entries, totals: counts, complete }: Status, { palette }: StatusView): string {
  const sum = enrollmentStates.map((state) => `${counts[state]} ${state}`).join(' + ');
  const line = `${palette.strong('Status:')} ${count(entries.length, 'enrollment')} = ${sum}.`;
  return complete ? line : `${line} ${palette.error('Incomplete.')}`;
}

function faces(size: number): string {
  return count(size, 'face');
}

function identity({ key, face }: StatusEntry): readonly string[] {
  return face === undefined ? [plain(key), '', ''] : [plain(key), faceName(face), plain(face.status)];
}

function expiryText(expiry: Instant | undefined, { now }: StatusView): string {
  return expiry === undefined ? '' : `expires ${formatInstant(expiry)} (in ${age(expiry - now)})`;
}
