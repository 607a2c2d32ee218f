import type { Enrollment, NewFace, PresentEnrollment, TokenSource, UserRef } from '../../model/enrollment.ts';
import type { Instant } from '../../model/instant.ts';
import type { SourceRange } from '../../model/place.ts';
import { buildFace, type FaceRequest, type Complain } from './build-face.ts';
import { onlyPresent } from './entry-members.ts';
import { expiryErrors, expiryOf } from './expiry.ts';
import type { PlainDefaults, PlainEntry } from './entry-in.ts';
import type { Findings } from './findings.ts';
import { missingMember } from './missing-member.ts';
import type { ParsedFile } from '../source/parsed-file.ts';
import type { Words } from '../source/source-file.ts';

/** One enrollment with the way back to its entry, for the rules between entries. */
export interface Placed {
  readonly enrollment: Enrollment;
  readonly parsed: ParsedFile;
  /** In the file's list of entries. */
  readonly index: number;
}

/** What the entries of one file have in common. */
export interface EntryContext {
  readonly parsed: ParsedFile;
  /** Missing where they have errors: nobody knows what they would have brought. */
  readonly defaults: PlainDefaults | undefined;
  readonly now: Instant;
  /** The one that entries are built for; missing where the files have none. */
  readonly environment: string | undefined;
  /** The source that a path in the file names. */
  readonly tokenFile: (path: string) => TokenSource;
  readonly findings: Findings;
}

/** An entry as one environment has it, and as it is written. */
export interface WrittenEntry {
  readonly entry: PlainEntry;
  readonly written: Readonly<Record<string, unknown>>;
  /** In the file's list. */
  readonly index: number;
}

interface Reported {
  readonly report: Complain;
  readonly range: SourceRange;
}

/** Turns an entry into an enrollment, or says all that keeps it from being one. Warnings may come along. */
export function buildEntry({ entry, index, written }: WrittenEntry, context: EntryContext): Enrollment | undefined {
  const { parsed, findings, environment } = context;
  const path = ['enrollments', index];
  const stepsTo = (member: string): readonly string[] =>
    environment !== undefined && isMap(written[member], environment) ? [member, environment] : [member];
  const report: Complain = (words, member) => {
    const at = member !== undefined && member in entry ? [...path, ...stepsTo(member)] : path;
    findings.tell(parsed, words, at, at === path ? 'value' : 'key');
  };
  const reported = { report, range: parsed.source.rangeOf(parsed.spanOf(path, 'value')) };
  const build = entry.state === 'absent' ? buildAbsent : buildPresent;
  return build(entry, context, reported);
}

/** Whether a property has a value for each environment. `activation` is an object too. */
function isMap(value: unknown, environment: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, environment);
}

/** An entry's own expiry replaces a default lifetime, and the other way round. */
function withDefaults(entry: PlainEntry, defaults: PlainDefaults): PlainEntry {
  if (Object.keys(defaults).length === 0) return entry;
  const { expiry, lifetime, ...others } = defaults;
  const dated = entry.expiry !== undefined || entry.lifetime !== undefined;
  return {
    ...others,
    ...(dated || expiry === undefined ? {} : { expiry }),
    ...(dated || lifetime === undefined ? {} : { lifetime }),
    ...entry,
    activation: { ...defaults.activation, ...entry.activation },
    annotations: { ...defaults.annotations, ...entry.annotations },
  };
}

function buildAbsent(entry: PlainEntry, context: EntryContext, { report, range }: Reported): Enrollment | undefined {
  for (const member of onlyPresent) if (member in entry) report(absentWith(member), member);
  const user = userOf(entry, report);
  if (user === undefined) return undefined;
  const { flow, serialNumber, missingUsers, annotations } = entry;
  return {
    state: 'absent',
    key: entryKey(user, entry),
    user,
    annotations: { ...context.defaults?.annotations, ...annotations },
    range,
    flow,
    serialNumber,
    missingUsers,
  };
}

function buildPresent(written: PlainEntry, context: EntryContext, { report, range }: Reported): Enrollment | undefined {
  const entry = withDefaults(written, context.defaults ?? {});
  const user = userOf(entry, report);
  for (const words of expiryErrors(written, context.now)) report(words, 'expiry');
  const face = faceOf({ entry, written, expiry: expiryOf(entry), tokenFile: context.tokenFile, report }, context);
  if (user === undefined || face === undefined) return undefined;
  const { label, serialNumber, missingUsers, enabled = true, annotations = none } = entry;
  return {
    state: 'present',
    key: entryKey(user, entry),
    user,
    face,
    enabled,
    replaceOn: entry.replaceOn === undefined ? nothing : new Set(entry.replaceOn),
    annotations,
    range,
    label,
    serialNumber,
    missingUsers,
  };
}

function faceOf(request: FaceRequest, { defaults }: EntryContext): NewFace | undefined {
  const { flow } = request.entry;
  if (flow !== undefined) return buildFace(flow, request);
  if (defaults !== undefined) request.report(noFlow);
  return undefined;
}

/** Shared by all that have none: a million empty ones would take a hundred megabytes. */
const none: PresentEnrollment['annotations'] = {};
const nothing: PresentEnrollment['replaceOn'] = new Set();

function userOf({ user, uuid, externalId }: PlainEntry, report: Complain): UserRef | undefined {
  if (user !== undefined && uuid === undefined && externalId === undefined) {
    return { by: 'login', value: user, key: user.toLowerCase() };
  }
  const refs = userRefs({ user, uuid, externalId });
  const [ref, second] = refs;
  if (ref === undefined || second !== undefined) {
    const found = refs.length === 0 ? 'no user is named' : 'a user is named twice';
    report({
      code: 'USER_NOT_NAMED_ONCE',
      summary: found,
      detail: "Give exactly one of 'user', 'uuid' and 'externalId'.",
    });
    return undefined;
  }
  return ref;
}

interface UserNames {
  readonly user: string | undefined;
  readonly uuid: string | undefined;
  readonly externalId: string | undefined;
}

/** Every way in which an entry names its user; a sound entry has one. */
export function userRefs({ user, uuid, externalId }: UserNames): readonly UserRef[] {
  const refs: UserRef[] = [];
  if (user !== undefined) refs.push({ by: 'login', value: user, key: user.toLowerCase() });
  if (uuid !== undefined) refs.push({ by: 'uuid', value: uuid, key: `uuid:${uuid}` });
  if (externalId !== undefined) refs.push({ by: 'externalId', value: externalId, key: `externalId:${externalId}` });
  return refs;
}

/** What tells an entry from all others, defaults filled in; the schema has not seen it yet. */
export interface KeyParts {
  readonly state?: string | undefined;
  readonly flow?: string | undefined;
  readonly label?: string | undefined;
  readonly serialNumber?: string | undefined;
}

export function entryKey({ key }: UserRef, { state, flow, label, serialNumber }: KeyParts): string {
  const parts = state === 'absent' ? [serialNumber ?? flow] : [flow, label];
  return [key, ...parts.filter((part) => part !== undefined)].join('/');
}

const absentWith = (member: string): Words => ({
  code: 'ABSENT_WITH_MEMBERS',
  summary: `'${member}' has no effect with 'state: absent'`,
  detail: `Remove '${member}', or 'state: absent'.`,
});
const noFlow: Words = { ...missingMember('flow'), detail: "Add 'flow: mobile', web or token, here or in 'defaults'." };
