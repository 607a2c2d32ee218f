import { flows, type NewFace, type PresentEnrollment } from '../model/enrollment.ts';
import type { Exported, ExportedFace, ExportedUser, ShownFlow } from '../model/shown/exported.ts';
import type { Face, User } from '../model/face.ts';
import type { Instant } from '../model/instant.ts';
import type { Everybody } from '../model/live.ts';
import { compareText } from '../model/values/order.ts';
import { canBeLogin, canBeWritten, flowTeller } from './match/flow-of.ts';
import { matchUser } from './match/match.ts';
import { unreadUsers } from './plan/unread.ts';

/** Says which entries ask for the live state as it is: a plan of them finds nothing to do, and no face unmatched. */
export function exportLive({ users, sharedNames, failure }: Everybody, now: Instant): Exported {
  const present = users.flatMap((user) => (user.presence === 'present' && user.faces.length > 0 ? [user] : []));
  const tools: Tools = { now, flowOf: flowTeller(users), sharedApplicants: sharedApplicants(present) };
  return {
    users: present
      .toSorted((a, b) => byLogin(a.user, b.user))
      .map(({ user, faces }) => ({
        user,
        by: canBeLogin(user.login) && !sharedNames.has(user.login.toLowerCase()) ? 'login' : 'uuid',
        ...describe(sorted(faces, tools), tools),
      })),
    unread: unreadUsers(users),
    failure,
  };
}

interface Tools {
  readonly now: Instant;
  readonly flowOf: (face: Face) => ShownFlow;
  /** Applicants of several faces: the files accept only pinned entries for them. */
  readonly sharedApplicants: ReadonlySet<string>;
}

function byLogin(a: User, b: User): number {
  return compareText(a.login.toLowerCase(), b.login.toLowerCase()) || compareText(a.uuid, b.uuid);
}

function sharedApplicants(users: readonly { readonly faces: readonly Face[] }[]): ReadonlySet<string> {
  return repeated(users.flatMap(({ faces }) => faces.flatMap(({ applicantId }) => applicantId ?? [])));
}

function repeated(texts: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(texts.filter((text) => seen.size === seen.add(text).size));
}

function sorted(faces: readonly Face[], { flowOf }: Tools): readonly Face[] {
  const turn = (face: Face): number => flows.indexOf(flowOf(face).flow);
  const created = (face: Face): number => face.created ?? 0;
  return faces.toSorted((a, b) => turn(a) - turn(b) || created(a) - created(b) || compareText(a.id, b.id));
}

type Described = Pick<ExportedUser, 'entries' | 'leftOut'>;

/**
 * Which entries are pinned to their face. People read those that are not more easily, and they outlive a face; but only
 * a pin tells faces apart that show the same.
 */
type Pinning = 'where-flows-repeat' | 'wherever-possible' | 'or-left-out';

/** The plainest entries that lead back to the faces they were made from, whatever expires. The last kind always does. */
function describe(faces: readonly Face[], tools: Tools): Described {
  const moments = [tools.now, ...faces.flatMap(({ expiry }) => expiry ?? []).filter((expiry) => expiry > tools.now)];
  const holds = ({ entries }: Described): boolean => moments.every((moment) => leadBack(entries, faces, moment));
  const drafts = (['where-flows-repeat', 'wherever-possible'] as const).map((pinning) => draft(faces, pinning, tools));
  return drafts.find(holds) ?? draft(faces, 'or-left-out', tools);
}

function draft(faces: readonly Face[], pinning: Pinning, tools: Tools): Described {
  const repeatedFlows = repeated(faces.map((face) => tools.flowOf(face).flow));
  const pinOf = pinsOf(faces);
  const entryFor = (face: Face, index: number): ExportedFace | undefined => {
    const shown = tools.flowOf(face);
    const pin = pinOf(face);
    const isRepeated = repeatedFlows.has(shown.flow);
    const needsPin = shown.flow === 'web' && tools.sharedApplicants.has(shown.applicantId);
    if (pin === undefined && (needsPin || pinning === 'or-left-out')) return undefined;
    const label = isRepeated ? labelOf(pin, index) : undefined;
    const isPinned = needsPin || isRepeated || pinning !== 'where-flows-repeat';
    return { ...shown, face, enabled: face.status !== 'DISABLED', label, serialNumber: isPinned ? pin : undefined };
  };
  const made = faces.map((face, index) => ({ face, entry: entryFor(face, index) }));
  return {
    entries: made.flatMap(({ entry }) => entry ?? []),
    leftOut: made.flatMap(({ face, entry }) => (entry === undefined ? face : [])),
  };
}

/** The serial number by which an entry can be pinned to the face; none where the user has it twice. */
function pinsOf(faces: readonly Face[]): (face: Face) => string | undefined {
  const twice = repeated(faces.flatMap(({ serialNumber }) => serialNumber ?? []));
  return ({ serialNumber }) => (canBeWritten(serialNumber) && !twice.has(serialNumber) ? serialNumber : undefined);
}

/** As the schema allows them; none that could make two keys alike. */
const writableLabel = /^(?!(?:mobile|web|token|face \d+)$)[^/]{1,128}$/u;

function labelOf(serialNumber: string | undefined, index: number): string {
  return serialNumber !== undefined && writableLabel.test(serialNumber) ? serialNumber : `face ${index + 1}`;
}

/** Whether each entry claims the face it was made from, or one that the files ask for in the same words. */
function leadBack(entries: readonly ExportedFace[], faces: readonly Face[], now: Instant): boolean {
  const made = new Map(entries.map((entry) => [enrollmentOf(entry), entry]));
  const asked = new Map(entries.map((entry) => [entry.face, entry]));
  const { claims } = matchUser([...made.keys()], faces, now);
  return claims.every(({ entry, face, fit, alike }) => {
    const [mine, found] = [made.get(entry), face && asked.get(face)];
    const isAsAsked = found !== undefined && found.flow === mine?.flow && found.enabled === mine.enabled;
    return isAsAsked && fit === 'same' && alike.length === 0;
  });
}

const nowhere = { line: 1, column: 1, byte: 0 };

/** What a file with the entry would be read as, as far as matching goes. */
function enrollmentOf(exported: ExportedFace): PresentEnrollment {
  const { flow, enabled, label, serialNumber } = exported;
  return {
    state: 'present',
    key: `/${flow}/${label ?? ''}`,
    user: { by: 'login', value: '', key: '' },
    face: newFace(exported),
    enabled,
    replaceOn: new Set(),
    annotations: {},
    range: { filename: '', start: nowhere, end: nowhere },
    serialNumber,
  };
}

function newFace(shown: ShownFlow): NewFace {
  const expiry = { rule: 'tenant' } as const;
  switch (shown.flow) {
    case 'mobile':
      return { flow: 'mobile', expiry, activation: { email: true, qrCode: false } };
    case 'web':
      return { flow: 'web', expiry, applicantId: shown.applicantId };
    case 'token':
      return { flow: 'token', expiry, customerUserId: '', token: { from: 'env', name: '' } };
  }
}
