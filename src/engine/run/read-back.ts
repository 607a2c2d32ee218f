import { updatableNames } from '../../model/attributes.ts';
import type { Face } from '../../model/face.ts';
import type { Outcome, Refusal } from '../../model/outcome.ts';
import type { Updated, WritingChange } from '../../model/plan.ts';
import { TenantError } from '../../model/failure.ts';
import type { Obtained } from './faces-in-use.ts';
import type { UserWork } from './user-work.ts';

/** A write that was sent to its end, and what must be seen when the user's faces are read once more. */
export interface Written {
  readonly state: 'sent';
  readonly change: WritingChange;
  /** Faces that must be there, with the values that an update set. */
  readonly present: readonly (Pick<Face, 'id'> & Partial<Updated>)[];
  /** Ids that must be gone. */
  readonly gone: readonly string[];
  readonly note?: string | undefined;
  /** The new face of a create or replace; somebody else's where it was `found`. */
  readonly made?: Obtained;
  /** `none`: nothing was sent for it by now, since the face was there. */
  readonly calls?: 'none' | 'some';
  /** Set where the fate of one of its calls is unknown; without it the tenant has accepted them all. */
  readonly lost?: Refusal;
}

/** A change that is under way or has ended. */
export type Step = Written | Outcome;

/** Waits between readings, in milliseconds: a write may show late. */
export const readBackWaitsMs: readonly number[] = [500, 1500, 3000];

/** Reads one user's faces, again after each wait, until they are as wanted or nothing is left to wait for. */
export async function readUntil(
  work: UserWork,
  waitsMs: Iterable<number>,
  areAsWanted: (faces: readonly Face[]) => boolean,
): Promise<readonly Face[]> {
  let faces = await work.readFaces();
  for (const waitMs of waitsMs) {
    if (areAsWanted(faces)) break;
    await work.tools.sleep(waitMs);
    faces = await work.readFaces();
  }
  return faces;
}

/** Reads back what was sent. @returns the error where that is not possible. */
export function readBack(sent: readonly Written[], work: UserWork): Promise<readonly Face[] | TenantError> {
  const areSeen = (faces: readonly Face[]): boolean => sent.every((one) => missingFrom(one, faces) === undefined);
  return facesOrError(readUntil(work, readBackWaitsMs, areSeen));
}

/** What a reading gives, or why it could not be had. */
export async function facesOrError(reading: Promise<readonly Face[]>): Promise<readonly Face[] | TenantError> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof TenantError) return error;
    throw error;
  }
}

export const notThere = 'the new face is not there';

/** What of a write is not to be seen in the faces; undefined where all is there. */
export function missingFrom(written: Written, faces: readonly Face[]): string | undefined {
  const byId = new Map(faces.map((face) => [face.id, face]));
  for (const id of written.gone) if (byId.has(id)) return 'the deleted face is still there';
  for (const expected of written.present) {
    const face = byId.get(expected.id);
    if (face === undefined) return notThere;
    const wrong = updatableNames.find((name) => expected[name] !== undefined && face[name] !== expected[name]);
    if (wrong === 'status') return `its status is ${face.status}, not ${String(expected.status)}`;
    if (wrong !== undefined) return `its ${wrong} is not the one that was set`;
  }
  return undefined;
}

/** The outcome of a write in the light of a later reading. */
export function settle(written: Written, faces: readonly Face[]): Outcome {
  const { change, lost, calls } = written;
  const missing = missingFrom(written, faces);
  if (missing === undefined) {
    return applied(
      lost === undefined
        ? written
        : { ...written, note: 'the answer was lost; what it asked for was found by reading again' },
    );
  }
  // It may still show, however long it was waited for.
  if (lost !== undefined) return { state: 'unknown', change, refusal: lost };
  if (calls === 'none') return { state: 'stale', change, note: 'the face that somebody else created is gone again' };
  return { state: 'failed', change, refusal: { message: `the tenant accepted the write, but ${missing}` } };
}

/** The outcome of a write whose effect could not be read. */
export function unverified({ change, lost }: Written, { refusal }: TenantError): Outcome {
  const message =
    lost === undefined
      ? `the tenant accepted the write, but it could not be read back: ${refusal.message}`
      : `${lost.message}; the user's faces could not be read again: ${refusal.message}`;
  return { state: 'unknown', change, refusal: { ...(lost ?? refusal), message } };
}

/** The outcome of a write by the tenant's answers alone. */
export function trusted(written: Written): Outcome {
  const { change, lost } = written;
  return lost === undefined ? applied(written) : { state: 'unknown', change, refusal: lost };
}

function applied(written: Written): Outcome {
  const { change, present, note, calls } = written;
  return { state: calls === 'none' ? 'already' : 'applied', change, faceId: present[0]?.id, note };
}
