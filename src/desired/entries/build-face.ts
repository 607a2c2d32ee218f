import type { ExpiryRule, Flow, NewFace, TokenSource } from '../../model/enrollment.ts';
import type { PlainEntry } from './entry-in.ts';
import { foreignMembers } from './entry-members.ts';
import { missingMember } from './missing-member.ts';
import type { Words } from '../source/source-file.ts';

/** Complains about an entry, at one of its members where it has that. */
export type Complain = (words: Words, member?: string) => void;

export interface FaceRequest {
  /** The entry with the defaults. */
  readonly entry: PlainEntry;
  /** The entry without them. */
  readonly written: PlainEntry;
  readonly expiry: ExpiryRule;
  /** The source that a path in the file names. */
  readonly tokenFile: (path: string) => TokenSource;
  readonly report: Complain;
}

type Build = (request: FaceRequest) => NewFace | undefined;

const buildMobile: Build = ({ entry, expiry, report }) => {
  const email = entry.activation?.email ?? true;
  const qrCode = entry.activation?.qrCode ?? false;
  if (!email && !qrCode) report(nobodyTold, 'activation');
  return { flow: 'mobile', expiry, activation: { email, qrCode } };
};

const buildWeb: Build = ({ entry: { applicantId, workflowRunId }, expiry, report }) => {
  if (applicantId === undefined) {
    report(missingMember('applicantId'));
    return undefined;
  }
  return { flow: 'web', expiry, applicantId, workflowRunId };
};

const buildToken: Build = ({ entry, expiry, tokenFile, report }) => {
  const { customerUserId } = entry;
  const token = sourceOf(entry, tokenFile);
  if (customerUserId === undefined) report(missingMember('customerUserId'));
  if (token === undefined) report(missingMember('token'));
  if (customerUserId === undefined || token === undefined) return undefined;
  return { flow: 'token', expiry, customerUserId, token };
};

function sourceOf({ token }: PlainEntry, tokenFile: FaceRequest['tokenFile']): TokenSource | undefined {
  const { env, file } = { ...token };
  if (env !== undefined) return { from: 'env', name: env };
  return file === undefined ? undefined : tokenFile(file);
}

const builders: Readonly<Record<Flow, Build>> = { mobile: buildMobile, web: buildWeb, token: buildToken };

/** Makes what a create sends, or says what is missing for it. */
export function buildFace(flow: Flow, request: FaceRequest): NewFace | undefined {
  rejectOthers(flow, request);
  return builders[flow](request);
}

/** Members of another flow; what the defaults bring is let be. */
function rejectOthers(flow: Flow, { written, report }: FaceRequest): void {
  for (const { member, other } of foreignMembers[flow]) {
    if (member in written) report(otherFlow(member, other, flow), member);
  }
}

const otherFlow = (member: string, other: string, flow: Flow): Words => ({
  code: 'MEMBER_OF_OTHER_FLOW',
  summary: `'${member}' belongs to flow ${other}, and this entry has flow ${flow}`,
  detail: `Remove '${member}', or correct 'flow'.`,
});
const nobodyTold: Words = {
  severity: 'warning',
  code: 'NOBODY_TOLD',
  summary: 'nobody would be told how to activate this face',
  detail: "Turn 'email' or 'qrCode' on, or send the e-mail later on.",
};
