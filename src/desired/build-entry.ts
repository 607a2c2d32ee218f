import type { Diagnostic } from '../model/diagnostic.ts';
import type { Enrollment, UserRef } from '../model/enrollment.ts';
import type { Instant } from '../model/instant.ts';
import { buildFace, type Report } from './build-face.ts';
import { expiryErrors, expiryOf } from './expiry.ts';
import type { Entry, Defaults } from './generated/enrollments-file.generated.ts';
import { missingMember } from './missing-member.ts';
import type { ParsedFile, Path } from './parse.ts';
import type { Words } from './source-file.ts';

/** One enrollment with the way back to its node, for the rules between entries. */
export interface Placed {
  readonly enrollment: Enrollment;
  readonly parsed: ParsedFile;
  readonly path: Path;
}

export interface EntryContext {
  readonly parsed: ParsedFile;
  readonly path: Path;
  /** Missing where they have errors: nobody knows what they would have brought. */
  readonly defaults: Defaults | undefined;
  readonly now: Instant;
  /** Makes a path in the file relative to the working directory. */
  readonly resolveFile: (file: string) => string;
}

/** Turns an entry into an enrollment, or says all that keeps it from being one. Warnings may come along. */
export function buildEntry(
  entry: Entry,
  context: EntryContext,
): { readonly placed?: Placed; readonly diagnostics: readonly Diagnostic[] } {
  const { parsed, path } = context;
  const diagnostics: Diagnostic[] = [];
  const report: Report = (words, member) => {
    const at = member !== undefined && member in entry ? [...path, member] : path;
    diagnostics.push(parsed.diagnose(words, at, at === path ? 'value' : 'key'));
  };
  const enrollment =
    entry.state === 'absent' ? buildAbsent(entry, context, report) : buildPresent(entry, context, report);
  return enrollment === undefined ? { diagnostics } : { placed: { enrollment, parsed, path }, diagnostics };
}

/** An entry's own expiry replaces a default lifetime, and the other way round. */
function withDefaults(entry: Entry, defaults: Defaults): Entry {
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

const onlyPresent = [
  'enabled',
  'applicantId',
  'workflowRunId',
  'customerUserId',
  'token',
  'lifetime',
  'expiry',
  'replaceOn',
  'activation',
  'label',
] as const;

function buildAbsent(entry: Entry, context: EntryContext, report: Report): Enrollment | undefined {
  for (const member of onlyPresent) if (member in entry) report(absentWith(member), member);
  const user = userOf(entry, report);
  if (user === undefined) return undefined;
  const { flow, serialNumber, annotations } = entry;
  return {
    state: 'absent',
    key: [user.key, ...(serialNumber !== undefined ? [serialNumber] : flow === undefined ? [] : [flow])].join('/'),
    user,
    annotations: { ...context.defaults?.annotations, ...annotations },
    range: context.parsed.source.rangeOf(context.parsed.spanOf(context.path, 'value')),
    ...(flow === undefined ? {} : { flow }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
  };
}

function buildPresent(written: Entry, context: EntryContext, report: Report): Enrollment | undefined {
  const entry = withDefaults(written, context.defaults ?? {});
  const user = userOf(entry, report);
  for (const words of expiryErrors(written, context.now)) report(words, 'expiry');
  const { flow } = entry;
  if (flow === undefined && context.defaults !== undefined) report(noFlow);
  const face = flow && buildFace(flow, { ...context, entry, written, expiry: expiryOf(entry), report });
  if (user === undefined || face === undefined) return undefined;
  const { label, serialNumber, enabled, annotations } = entry;
  return {
    state: 'present',
    key: [user.key, face.flow, ...(label === undefined ? [] : [label])].join('/'),
    user,
    face,
    enabled: enabled ?? true,
    replaceOn: new Set(entry.replaceOn),
    annotations: { ...annotations },
    range: context.parsed.source.rangeOf(context.parsed.spanOf(context.path, 'value')),
    ...(label === undefined ? {} : { label }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
  };
}

function userOf({ user, uuid, externalId }: Entry, report: Report): UserRef | undefined {
  const refs: UserRef[] = [];
  if (user !== undefined) refs.push({ by: 'login', value: user, key: user.toLowerCase() });
  if (uuid !== undefined) refs.push({ by: 'uuid', value: uuid, key: `uuid:${uuid}` });
  if (externalId !== undefined) refs.push({ by: 'externalId', value: externalId, key: `externalId:${externalId}` });
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

const absentWith = (member: string): Words => ({
  code: 'ABSENT_WITH_MEMBERS',
  summary: `'${member}' says nothing of an entry that is absent`,
  detail: `Remove '${member}', or 'state: absent'.`,
});
const noFlow: Words = { ...missingMember('flow'), detail: "Add 'flow: mobile', web or token, here or in 'defaults'." };
