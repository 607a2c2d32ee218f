import type { NewFace, TokenSource } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import type { Spelled } from '../../model/values/given.ts';
import type { Instant } from '../../model/instant.ts';
import type { CreateChange, CreatingChange, ReplaceChange, Updated, WritingChange } from '../../model/plan.ts';
import type { Secret } from '../../model/values/secret.ts';
import { TenantError, isFailure, LocalError } from '../../model/failure.ts';
import type { Created, TenantWriter } from '../../model/tenant.ts';
import { wantedExpiry } from '../match/decide.ts';
import type { Written } from './read-back.ts';

/** What writing needs from outside. */
export interface WriteTools {
  readonly tenant: TenantWriter;
  /** Reads a token when it is sent, and not before. */
  readonly readToken: (source: TokenSource) => Promise<Secret>;
  /** Told of each new face, to keep the activation secrets that come back only once. */
  readonly onCreated: (change: CreatingChange, created: Created) => Promise<void>;
  /** Milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
  /** `read-back` reads a user's faces again after his changes; `trust` takes the answers for it. */
  readonly verify: 'read-back' | 'trust';
  readonly now: () => Instant;
}

/**
 * Carries out one change.
 *
 * @param knownIds the user's faces so far; new ones are added to it.
 * @throws TenantError where the tenant refuses, or does not answer and no later reading could tell what came of it.
 * @throws LocalError where this machine fails.
 */
export async function writeChange(change: WritingChange, tools: WriteTools, knownIds: Set<string>): Promise<Written> {
  const { tenant } = tools;
  const { uuid } = change.user;
  const { key } = change;
  switch (change.action) {
    case 'create':
      return createFace(change, tools, knownIds);
    case 'update':
      return send(
        { state: 'sent', change, present: [{ id: change.face.id, ...change.to }], gone: [] },
        tenant.updateFace({ key, uuid, id: change.face.id, ...change.to }),
      );
    case 'disable': {
      const { id } = change.face;
      return send(
        { state: 'sent', change, present: [{ id, status: 'DISABLED' }], gone: [] },
        tenant.updateFace({ key, uuid, id, ...kept(change.face), status: 'DISABLED' }),
      );
    }
    case 'replace':
      return replaceFace(change, tools, knownIds);
    case 'delete':
      return send(
        { state: 'sent', change, present: [], gone: [change.face.id] },
        tenant.deleteFace({ key, id: change.face.id }),
      );
  }
}

/** Waits for a call that leads to what is wanted; where its answer is lost, a later reading tells what came of it. */
async function send<W extends Written>(wanted: W, call: Promise<void>): Promise<W> {
  try {
    await call;
    return wanted;
  } catch (error) {
    if (!(error instanceof TenantError) || error.kind !== 'unanswered') throw error;
    return { ...wanted, lost: error.refusal };
  }
}

/** The expiry comes last, since a later run can set it, and cannot know that the old face was to go. */
async function replaceFace(change: ReplaceChange, tools: WriteTools, knownIds: Set<string>): Promise<Written> {
  const old = change.face.id;
  const deleteOld = (): Promise<void> => tools.tenant.deleteFace({ key: change.key, id: old });
  const token = await tokenOf(change.create, tools);
  if (change.order === 'delete-first') {
    await orNotCreated(deleteOld());
    const created = await after('the old face is deleted', sendCreate(change, token, tools, knownIds));
    return setExpiry(created.face, { ...created.written, gone: [old] }, tools);
  }
  const { face, written } = await sendCreate(change, token, tools, knownIds);
  const wanted = { ...written, gone: [old] };
  return setExpiry(face, await send(wanted, after('the new face is created', deleteOld())), tools);
}

/** Without the deletion there is no creation: whatever came of the one, the whole is not done. */
async function orNotCreated(deletion: Promise<void>): Promise<void> {
  try {
    await deletion;
  } catch (error) {
    if (!(error instanceof TenantError) || error.kind !== 'unanswered') throw error;
    const message = `the old face may be deleted, and no new one was asked for: ${error.refusal.message}`;
    throw new TenantError('refused', { ...error.refusal, message }, { cause: error });
  }
}

async function createFace(change: CreateChange, tools: WriteTools, knownIds: Set<string>): Promise<Written> {
  const { face, written } = await sendCreate(change, await tokenOf(change.create, tools), tools, knownIds);
  return setExpiry(face, written, tools);
}

interface NewlyCreated {
  readonly face: Face;
  readonly written: Written & { readonly change: CreatingChange };
}

async function sendCreate(
  change: CreatingChange,
  token: Secret | undefined,
  tools: WriteTools,
  knownIds: Set<string>,
): Promise<NewlyCreated> {
  const { uuid } = change.user;
  const { key } = change;
  const created = await tools.tenant.createFace({ key, uuid, create: change.create, knownIds, token });
  const { face } = created;
  knownIds.add(face.id);
  await tools.onCreated(change, created);
  const note = created.via === 'adopted' ? 'the answer was lost; the new face was found by reading again' : undefined;
  return { face, written: { state: 'sent', change, present: [{ id: face.id }], gone: [], note } };
}

/** A create can set no expiry; an update follows at once if the new face is ACTIVE, else a later run brings it. */
async function setExpiry(face: Face, written: NewlyCreated['written'], tools: WriteTools): Promise<Written> {
  const { key, user, create } = written.change;
  const expiry = wantedExpiry(create.expiry, face);
  if (face.status !== 'ACTIVE' || expiry === undefined || expiry === face.expiry || expiry <= tools.now()) {
    return written;
  }
  const update = { id: face.id, ...kept(face), status: 'ACTIVE', expiry } as const;
  const call = tools.tenant.updateFace({ key, uuid: user.uuid, ...update });
  return send({ ...written, present: [update] }, after('the face is created', call));
}

/** What an update sends of a face that it leaves as it is. */
function kept({ status, expiry }: Face): Spelled<Updated> {
  return { status, expiry };
}

/** Lets the report of a failure in mid-change say what had been done by then. */
async function after<T>(done: string, step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (error) {
    if (!isFailure(error)) throw error;
    const message = `${done}, but then: ${error.refusal.message}`;
    if (error.kind === 'local') throw new LocalError(message, { cause: error });
    throw new TenantError(error.kind, { ...error.refusal, message }, { cause: error });
  }
}

async function tokenOf(create: NewFace, tools: WriteTools): Promise<Secret | undefined> {
  return create.flow === 'token' ? tools.readToken(create.token) : undefined;
}
