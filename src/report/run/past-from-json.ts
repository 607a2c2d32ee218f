import { given } from '../../model/values/given.ts';
import type { Face } from '../../model/face.ts';
import { isWriting, type Change } from '../../model/plan.ts';
import type { AskedFace, Certainty, PastChange } from '../../model/shown/past-run.ts';
import { PlanMisfit, readFace, readInstant } from '../plan-json/change-from-json.ts';
import type { FaceJson } from '../generated/plan-file.generated.ts';

/** An object of JSON, of which nothing is known yet. */
export type Members = Readonly<Record<string, unknown>>;

/** Longer than any name that a tenant gives. */
const longestText = 1024;

export function membersOf(value: unknown): Members | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

/** @throws PlanMisfit where the member is missing, empty or too long. */
export function textIn(members: Members, name: string): string {
  const value = members[name];
  if (typeof value === 'string' && value !== '' && value.length <= longestText) return value;
  throw new PlanMisfit(`'${name}' of one of its changes is missing or not text`);
}

function optionalTextIn(members: Members, name: string): string | undefined {
  return members[name] === undefined ? undefined : textIn(members, name);
}

/**
 * What undoing needs of a change, as a journal or report has it.
 *
 * @returns undefined for what changes no face, such as a resend.
 * @throws PlanMisfit where something is missing or wrong.
 */
export function pastChange(members: Members, certainty: Certainty): PastChange | undefined {
  const common = {
    key: textIn(members, 'index'),
    user: userIn(members),
    certainty,
    precondition: optionalTextIn(members, 'x_precondition'),
  };
  const action = textIn(members, 'x_action');
  switch (action) {
    case 'create':
      return { ...common, action, asks: askedIn(members), faceId: optionalTextIn(members, 'face_id') };
    case 'replace':
      return {
        ...common,
        action,
        face: faceIn(members),
        asks: askedIn(members),
        faceId: optionalTextIn(members, 'face_id'),
      };
    case 'update':
      return { ...common, action, face: faceIn(members), to: { status: 'ACTIVE', expiry: expiryAfter(members) } };
    case 'disable':
      return { ...common, action, face: faceIn(members), to: { status: 'DISABLED', expiry: expiryAfter(members) } };
    case 'delete':
      return { ...common, action, face: faceIn(members) };
    case 'resend':
      return undefined;
    default:
      throw new PlanMisfit(`one of its changes has the x_action ${JSON.stringify(action)}`);
  }
}

function askedIn({ after }: Members): AskedFace | undefined {
  const face = membersOf(after) ?? {};
  const flow = optionalTextIn(face, 'flow');
  const applicantId = optionalTextIn(face, 'applicantId');
  if (flow === 'mobile' || flow === 'token') return { flow };
  return flow === 'web' && applicantId !== undefined ? { flow, applicantId } : undefined;
}

function userIn({ x_user }: Members): PastChange['user'] {
  const user = membersOf(x_user) ?? {};
  return { login: textIn(user, 'login'), uuid: textIn(user, 'uuid') };
}

function faceIn({ index, before }: Members): Face {
  const face = membersOf(before);
  if (face === undefined) {
    throw new PlanMisfit(`the change of ${JSON.stringify(index)} has no values from before; an older version wrote it`);
  }
  const { mobile } = face;
  return readFace(
    given<FaceJson>({
      id: textIn(face, 'id'),
      status: textIn(face, 'status'),
      serialNumber: optionalTextIn(face, 'serialNumber'),
      expiry: optionalTextIn(face, 'expiry'),
      applicantId: optionalTextIn(face, 'applicantId'),
      created: optionalTextIn(face, 'created'),
      mobile: typeof mobile === 'boolean' ? mobile : undefined,
      platform: optionalTextIn(face, 'platform'),
    }),
  );
}

function expiryAfter({ index, after }: Members): Face['expiry'] {
  const face = membersOf(after);
  if (face === undefined) throw new PlanMisfit(`the change of ${JSON.stringify(index)} has no values from after`);
  const expiry = optionalTextIn(face, 'expiry');
  return expiry === undefined ? undefined : readInstant(expiry);
}

/** The changes of a plan that may have been applied. */
export function pastOfPlan(changes: readonly Change[]): readonly PastChange[] {
  return changes.filter(isWriting).map((change): PastChange => {
    const { key, user, precondition } = change;
    const common = { key, user, precondition, certainty: 'possible' } as const;
    switch (change.action) {
      case 'create':
        return { ...common, action: 'create', asks: change.create };
      case 'replace':
        return { ...common, action: 'replace', face: change.face, asks: change.create };
      case 'delete':
        return { ...common, action: 'delete', face: change.face };
      case 'update':
      case 'disable':
        return { ...common, action: change.action, face: change.face, to: change.to };
    }
  });
}

const certainties: ReadonlyMap<string, Certainty | 'nothing'> = new Map([
  ['applied', 'applied'],
  ['failed', 'failed'],
  ['unknown', 'unknown'],
  ['already', 'nothing'],
  ['stale', 'nothing'],
  ['skipped', 'nothing'],
] as const);

/**
 * What undoing needs of an outcome; undefined where nothing was changed.
 *
 * @throws PlanMisfit
 */
export function pastOutcome(members: Members): PastChange | undefined {
  const outcome = textIn(members, 'outcome');
  const certainty = certainties.get(outcome);
  if (certainty === undefined) throw new PlanMisfit(`one of its outcomes is ${JSON.stringify(outcome)}`);
  return certainty === 'nothing' ? undefined : pastChange(members, certainty);
}
