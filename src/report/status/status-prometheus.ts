import { flows } from '../../model/enrollment.ts';
import { isKnownStatus, knownStatuses } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import type { Plan } from '../../model/plan.ts';
import { enrollmentStates, type Status, type StatusContext, type StatusEntry } from '../../model/shown/status.ts';
import { tenantText } from '../../model/tenant-id.ts';
import { plain } from '../text/escape.ts';
import { monthName, monthsFrom } from './expiry-months.ts';

/** A gauge, with one sample for each value of its labels. */
interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * The text exposition format of Prometheus, version 0.0.4. No label names a user, and each has a fixed set of values, of
 * which those with nothing to count are 0: a series that vanished would keep its last value on a dashboard.
 *
 * @param plan of the same reading; without one, what only files can tell is left out rather than 0.
 */
export function statusPrometheus(status: Status, context: StatusContext, plan: Plan | undefined): string {
  const tenant = tenantText(context.tenant);
  const metrics = [...ofReading(status, context), ...ofFaces(status, context), ...ofFiles(status, plan)];
  return metrics.map((metric) => blockOf(metric, tenant)).join('');
}

function ofReading({ users, complete }: Status, { toolVersion, now }: StatusContext): readonly Metric[] {
  return [
    single('faceform_last_read_timestamp_seconds', 'Time of this reading, in seconds since 1970.', now),
    single(
      'faceform_complete',
      '1 if every user could be read, else 0: then the counts are too low.',
      complete ? 1 : 0,
    ),
    single(
      'faceform_users',
      'Users who are counted here: of the files and of the scope, or with --all of the tenant.',
      users,
    ),
    {
      name: 'faceform_build_info',
      help: 'Version of faceform that read the tenant; always 1.',
      samples: [{ labels: { version: toolVersion }, value: 1 }],
    },
  ];
}

function ofFaces({ entries, totals }: Status, { now }: StatusContext): readonly Metric[] {
  const faces = entries.filter(({ face }) => face !== undefined);
  const inUse = faces.filter(({ state }) => usable.has(state));
  const waiting = faces.filter(({ state }) => state === 'waiting');
  const months = monthsFrom(now);
  return [
    {
      name: 'faceform_enrollments',
      help: 'Entries and faces by state, as faceform status shows them.',
      samples: enrollmentStates.map((state) => ({ labels: { state }, value: totals[state] })),
    },
    {
      name: 'faceform_faces',
      help: 'Faces by the status that the tenant gives them, and by flow.',
      samples: counted(faces, (entry) => [statusOf(entry), entry.flow ?? 'unknown'].join()).over(
        [...knownStatuses, otherStatus].flatMap((name) =>
          [...flows, 'unknown'].map((flow) => ({ key: [name, flow].join(), labels: { status: name, flow } })),
        ),
      ),
    },
    {
      name: 'faceform_waiting_faces',
      help: 'Faces that wait for the user or the vendor, by time since they were created.',
      samples: counted(waiting, (entry) => ageOf(entry, now)).over(
        [...ages.map(({ age }) => age), oldest, 'unknown'].map((age) => ({ key: age, labels: { age } })),
      ),
    },
    {
      name: 'faceform_expiring_faces',
      help: 'Faces in use or waiting, by the month (UTC) in which they expire.',
      samples: counted(inUse, (entry) => expiryOf(entry, months)).over(
        [...months, 'later', 'never'].map((month) => ({ key: month, labels: { month } })),
      ),
    },
  ];
}

/** Only files can say what should be there. */
function ofFiles({ entries, missingUsers, absentUsers }: Status, plan: Plan | undefined): readonly Metric[] {
  if (plan === undefined) return [];
  const { wait, ignore } = missingUsers;
  const drifted = counted(entries, ({ change }) => change?.action ?? 'none');
  const rules = { error: absentUsers - wait - ignore, wait, ignore };
  return [
    {
      name: 'faceform_drifted_faces',
      help: 'Faces that are not as their entry asks, by what a plan would do.',
      samples: drifted.over(actions.map((action) => ({ key: action, labels: { action } }))),
    },
    {
      name: 'faceform_missing_users',
      help: 'Users of the files whom the tenant does not have, by their missingUsers rule.',
      samples: Object.entries(rules).map(([rule, value]) => ({ labels: { rule }, value })),
    },
    single('faceform_duplicate_faces', 'Faces that compete for an entry that has another one.', plan.summary.duplicate),
    single(
      'faceform_unmatched_faces',
      'Faces that no entry claims, of the users of the files and of the scope.',
      plan.summary.unmatched,
    ),
  ];
}

const usable: ReadonlySet<string> = new Set(['enrolled', 'expiring', 'waiting']);
const actions = ['update', 'disable', 'replace', 'delete'] as const;

/** What a newer tenant may answer: its own words would make labels without number. */
const otherStatus = 'OTHER';

function statusOf({ face }: StatusEntry): string {
  return face !== undefined && isKnownStatus(face.status) ? face.status : otherStatus;
}

const day = 86_400;
const ages = [
  { below: day, age: 'under 1d' },
  { below: 7 * day, age: '1d to 7d' },
  { below: 30 * day, age: '7d to 30d' },
] as const;
const oldest = '30d or more';

function ageOf({ face }: StatusEntry, now: Instant): string {
  if (face?.created === undefined) return 'unknown';
  const seconds = now - face.created;
  return ages.find(({ below }) => seconds < below)?.age ?? oldest;
}

/** A face in use cannot have expired before the month of the reading. */
function expiryOf({ face }: StatusEntry, months: readonly string[]): string {
  if (face?.expiry === undefined) return 'never';
  const month = monthName(face.expiry);
  return months.includes(month) ? month : 'later';
}

function single(name: string, help: string, value: number): Metric {
  return { name, help, samples: [{ labels: {}, value }] };
}

function counted(entries: readonly StatusEntry[], keyOf: (entry: StatusEntry) => string) {
  const counts = new Map<string, number>();
  for (const entry of entries) counts.set(keyOf(entry), (counts.get(keyOf(entry)) ?? 0) + 1);
  return {
    over: (all: readonly (Pick<Sample, 'labels'> & { readonly key: string })[]): readonly Sample[] =>
      all.map(({ key, labels }) => ({ labels, value: counts.get(key) ?? 0 })),
  };
}

function blockOf({ name, help, samples }: Metric, tenant: string): string {
  const lines = samples.map(({ labels, value }) => `${name}{${labelsText({ tenant, ...labels })}} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`;
}

function labelsText(labels: Sample['labels']): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${labelValue(value)}"`)
    .join(',');
}

/** Text from outside in one line; then the two characters that the format gives a meaning are escaped. */
function labelValue(text: string): string {
  return plain(text).replace(/["\\]/g, '\\$&');
}
