import type { Enrollment, NewFace, PresentEnrollment, UserRef } from '../../model/enrollment.ts';
import { tokenVariableFor, type Face, type User } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import type { LiveUser } from '../../model/live.ts';
import type { UnmatchedFace } from '../../model/plan.ts';
import type { ShownFlow } from '../../model/shown/exported.ts';
import type { AdoptedFace } from '../../model/shown/adoption.ts';
import { canBeLogin, canBeWritten, flowTeller } from '../match/flow-of.ts';
import { isTaken } from './patch-for.ts';

/** A face that is to have an entry, and the file that it belongs into: that of the user's other entries. */
export interface AddedEntry {
  readonly face: AdoptedFace;
  /** Missing where the user has no other entries. */
  readonly file: string | undefined;
  readonly user: User;
  readonly entry: PresentEnrollment;
}

/** What is known when entries are made. */
export interface Known {
  readonly entries: readonly Enrollment[];
  readonly users: readonly LiveUser[];
  /** How entries are to name users who have none yet, by UUID. */
  readonly refs: ReadonlyMap<string, UserRef>;
  readonly now: Instant;
}

/** Entries for faces that none claims, each pinned to its face. None for a face that no entry can be pinned to. */
export function entriesFor(
  unclaimed: readonly UnmatchedFace[],
  { entries, users, refs, now }: Known,
): readonly AddedEntry[] {
  const flowOf = flowTeller(users);
  const keys = new Set(entries.map(({ key }) => key));
  const pins = new Set(entries.flatMap(({ serialNumber }) => serialNumber ?? []));
  return unclaimed.flatMap(({ user, face }) => {
    const { serialNumber } = face;
    const shown = flowOf(face);
    const applicantId = shown.flow === 'web' ? shown.applicantId : undefined;
    if (!canBeWritten(serialNumber) || !writableLabel.test(serialNumber) || pins.has(serialNumber)) return [];
    const ref = refs.get(user.uuid) ?? refOf(user);
    const key = `${ref.key}/${shown.flow}/${serialNumber}`;
    if (keys.has(key) || isTaken(applicantId, entries)) return [];
    pins.add(serialNumber);
    const adopted = adoptedFace(face, { ref, serialNumber, shown, now });
    const file = entries.find((entry) => entry.user.key === ref.key)?.range.filename;
    return [{ face: adopted, file, user, entry: enrollmentOf(key, adopted) }];
  });
}

interface Naming {
  readonly ref: UserRef;
  readonly serialNumber: string;
  readonly shown: ShownFlow;
  readonly now: Instant;
}

function adoptedFace(face: Face, { ref, serialNumber, shown, now }: Naming): AdoptedFace {
  return {
    user: ref,
    flow: shown.flow,
    label: serialNumber,
    serialNumber,
    ...(shown.flow === 'web' ? { applicantId: shown.applicantId } : {}),
    ...(shown.flow === 'token' ? { token: tokenVariableFor(face) } : {}),
    enabled: face.status !== 'DISABLED',
    ...(face.expiry !== undefined && face.expiry > now ? { expiry: face.expiry } : {}),
  };
}

/** As the schema allows them; none that could make two keys alike. */
const writableLabel = /^(?!(?:mobile|web|token)$)[^/]{1,128}$/u;

function refOf({ login, uuid }: User): UserRef {
  return canBeLogin(login)
    ? { by: 'login', value: login, key: login.toLowerCase() }
    : { by: 'uuid', value: uuid, key: `uuid:${uuid}` };
}

const nowhere = { line: 1, column: 1, byte: -1 };

function enrollmentOf(key: string, { user, enabled, label, serialNumber, ...face }: AdoptedFace): PresentEnrollment {
  return {
    state: 'present',
    key,
    user,
    face: newFace(face),
    enabled,
    replaceOn: new Set(),
    annotations: {},
    range: { filename: '', start: nowhere, end: nowhere },
    label,
    serialNumber,
  };
}

function newFace({ flow, applicantId = '', token = '' }: Pick<AdoptedFace, 'flow' | 'applicantId' | 'token'>): NewFace {
  const expiry = { rule: 'tenant' } as const;
  switch (flow) {
    case 'mobile':
      return { flow, expiry, activation: { email: true, qrCode: false } };
    case 'web':
      return { flow, expiry, applicantId };
    case 'token':
      return { flow, expiry, customerUserId: 'unknown', token: { from: 'env', name: token } };
  }
}
