import type { Diagnostic } from '../model/diagnostic.ts';
import type { Enrollment, ExpiryRule, Flow, NewFace, TokenSource, UserRef } from '../model/enrollment.ts';
import { parseDuration, parseInstant, type Instant } from '../model/instant.ts';
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
  readonly defaults: Defaults;
  readonly now: Instant;
  /** Makes a path in the file relative to the working directory. */
  readonly resolveFile: (file: string) => string;
}

type Report = (words: Words, member?: string) => void;

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
    key: flow === undefined ? user.key : `${user.key}/${flow}`,
    user,
    annotations: { ...context.defaults.annotations, ...annotations },
    range: context.parsed.source.rangeOf(context.parsed.spanOf(context.path, 'value')),
    ...(flow === undefined ? {} : { flow }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
  };
}

function buildPresent(written: Entry, context: EntryContext, report: Report): Enrollment | undefined {
  const entry = withDefaults(written, context.defaults);
  const user = userOf(entry, report);
  const expiry = expiryOf(entry, context.now, report);
  const face = entry.flow === undefined ? undefined : faceOf(entry.flow, entry, expiry, { written, context, report });
  if (entry.flow === undefined)
    report({ ...missingMember('flow'), detail: "Add 'flow: mobile', web or token, here or in 'defaults'." });
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

function expiryOf({ expiry, lifetime }: Entry, now: Instant, report: Report): ExpiryRule {
  if (expiry !== undefined && lifetime !== undefined) {
    report(
      { code: 'EXPIRY_AND_LIFETIME', summary: "both 'expiry' and 'lifetime'", detail: 'Keep one of the two.' },
      'expiry',
    );
  }
  if (expiry !== undefined) {
    const instant = parseInstant(expiry);
    if (instant === undefined) report(notADate, 'expiry');
    else if (instant <= now) report(past, 'expiry');
    return { rule: 'at', instant: instant ?? now };
  }
  const seconds = lifetime === undefined ? undefined : parseDuration(lifetime);
  return seconds === undefined ? { rule: 'tenant' } : { rule: 'lifetime', seconds };
}

interface FaceTools {
  /** The entry without the defaults. */
  readonly written: Entry;
  readonly context: EntryContext;
  readonly report: Report;
}

const ownMembers: Readonly<Record<Flow, readonly (keyof Entry)[]>> = {
  mobile: ['activation'],
  web: ['applicantId', 'workflowRunId'],
  token: ['customerUserId', 'token'],
};

function faceOf(flow: Flow, entry: Entry, expiry: ExpiryRule, tools: FaceTools): NewFace | undefined {
  rejectOthers(flow, tools);
  switch (flow) {
    case 'mobile':
      return mobileFace(entry, expiry, tools);
    case 'web':
      return webFace(entry, expiry, tools);
    case 'token':
      return tokenFace(entry, expiry, tools);
  }
}

function mobileFace({ activation }: Entry, expiry: ExpiryRule, { report }: FaceTools): NewFace {
  const { email = true, qrCode = false } = activation ?? {};
  if (!email && !qrCode) report(nobodyTold, 'activation');
  return { flow: 'mobile', expiry, activation: { email, qrCode } };
}

function webFace(
  { applicantId, workflowRunId }: Entry,
  expiry: ExpiryRule,
  { report }: FaceTools,
): NewFace | undefined {
  if (applicantId === undefined) {
    report(missingMember('applicantId'));
    return undefined;
  }
  return { flow: 'web', expiry, applicantId, ...(workflowRunId === undefined ? {} : { workflowRunId }) };
}

function tokenFace({ customerUserId, token }: Entry, expiry: ExpiryRule, tools: FaceTools): NewFace | undefined {
  if (customerUserId === undefined) tools.report(missingMember('customerUserId'));
  if (token === undefined) tools.report(missingMember('token'));
  if (customerUserId === undefined || token === undefined) return undefined;
  return { flow: 'token', expiry, customerUserId, token: sourceOf(token, tools.context) };
}

/** Members of another flow; what the defaults bring is let be. */
function rejectOthers(flow: Flow, { written, report }: FaceTools): void {
  for (const [other, members] of Object.entries(ownMembers)) {
    for (const member of members) {
      if (other !== flow && member in written) report(otherFlow(member, other, flow), member);
    }
  }
}

function sourceOf({ env, file }: NonNullable<Entry['token']>, { resolveFile }: EntryContext): TokenSource {
  return env === undefined ? { from: 'file', path: resolveFile(file ?? '') } : { from: 'env', name: env };
}

const absentWith = (member: string): Words => ({
  code: 'ABSENT_WITH_MEMBERS',
  summary: `'${member}' says nothing of an entry that is absent`,
  detail: `Remove '${member}', or 'state: absent'.`,
});
const otherFlow = (member: string, other: string, flow: Flow): Words => ({
  code: 'MEMBER_OF_OTHER_FLOW',
  summary: `'${member}' belongs to flow ${other}, and this entry has flow ${flow}`,
  detail: `Remove '${member}', or correct 'flow'.`,
});
const notADate: Words = {
  code: 'WRONG_VALUE',
  summary: "'expiry' is no date with a time and a zone",
  detail: 'Write it as 2035-06-30T00:00:00Z.',
};
const past: Words = {
  code: 'EXPIRY_IN_PAST',
  summary: "'expiry' has passed",
  detail: 'Give a later date, or take the entry out.',
};
const nobodyTold: Words = {
  severity: 'warning',
  code: 'NOBODY_TOLD',
  summary: 'nobody would be told how to activate this face',
  detail: "Turn 'email' or 'qrCode' on, or send the e-mail later on.",
};
