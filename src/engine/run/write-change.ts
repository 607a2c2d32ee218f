import type { NewFace } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import { instantFromMs } from '../../model/instant.ts';
import type { Spelled } from '../../model/values/given.ts';
import type { Outcome } from '../../model/outcome.ts';
import type {
  CreateChange,
  CreatingChange,
  DeleteChange,
  ReplaceChange,
  Updated,
  WritingChange,
} from '../../model/plan.ts';
import type { Secret } from '../../model/values/secret.ts';
import { LateError, TenantError } from '../../model/failure.ts';
import { mostLateCreates, type Created, type Deletion, type Likeness } from '../../model/tenant.ts';
import { wantedExpiry } from '../match/decide.ts';
import { after, unsent } from './failed-step.ts';
import { likeness, lookAround, lookForTheirs, type UserWork } from './user-work.ts';
import type { Obtained } from './faces-in-use.ts';
import type { Step, Written } from './read-back.ts';

/**
 * Carries out one change; of a replace that creates first, all but what follows the creation.
 *
 * @throws TenantError where the tenant refuses, or does not answer and no later reading could tell what came of it.
 * @throws LocalError where this machine fails.
 */
export async function writeChange(change: WritingChange, work: UserWork): Promise<Step> {
  const { tenant } = work.tools;
  const { uuid } = change.user;
  const { key } = change;
  if (work.progress.done.has(change)) return { state: 'already', change, faceId: faceIdOf(change) };
  switch (change.action) {
    case 'create':
      return createFace(change, work);
    case 'update':
      // Sent now, it would end access at once.
      if (hasPassed(change.to.expiry, work)) return stale(change, passedNote);
      return send(
        { state: 'sent', change, present: [{ id: change.face.id, ...change.to }], gone: [] },
        tenant.updateFace({ key, uuid, id: change.face.id, ...change.to }),
      );
    case 'disable':
      return send(
        { state: 'sent', change, present: [{ id: change.face.id, ...change.to }], gone: [] },
        tenant.updateFace({ key, uuid, id: change.face.id, ...change.to }),
      );
    case 'replace':
      return replaceFace(change, work);
    case 'delete':
      return deleteFace(change, work);
  }
}

/** Where another run has deleted the face since the user was read, it is that run's to count. */
async function deleteFace(change: DeleteChange, { tools }: UserWork): Promise<Step> {
  const { key, face } = change;
  const wanted: Written = { state: 'sent', change, present: [], gone: [face.id] };
  try {
    const deletion = await tools.tenant.deleteFace({ key, id: face.id });
    return deletion === 'gone' ? { state: 'already', change } : wanted;
  } catch (error) {
    return lostOf(wanted, error);
  }
}

function faceIdOf(change: WritingChange): string | undefined {
  return change.action === 'update' || change.action === 'disable' ? change.face.id : undefined;
}

/** Waits for a call that leads to what is wanted; where its answer is lost, a later reading tells what came of it. */
async function send<W extends Written>(wanted: W, call: Promise<unknown>): Promise<W> {
  try {
    await call;
    return wanted;
  } catch (error) {
    return lostOf(wanted, error);
  }
}

function lostOf<W extends Written>(wanted: W, error: unknown): W {
  if (!(error instanceof TenantError) || error.kind !== 'unanswered') throw error;
  return { ...wanted, lost: error.refusal };
}

async function createFace(change: CreateChange, work: UserWork): Promise<Step> {
  const made = await obtain(change, work);
  return 'face' in made ? setExpiry(made, { gone: [], ...begun(made) }, work) : made;
}

/** Where it creates first, the deletion of the old face is left to `finishReplace`. */
async function replaceFace(change: ReplaceChange, work: UserWork): Promise<Step> {
  const old = change.face.id;
  const isEarlier = work.progress.made.has(change);
  if (change.order === 'delete-first' && !isEarlier) return deleteFirst(change, work);
  const made = await obtain(change, work);
  if (!('face' in made)) return made;
  return work.progress.cleared.has(change)
    ? setExpiry(made, { gone: [old], ...begun(made) }, work)
    : { gone: [], ...begun(made) };
}

/**
 * Deletes the old face of a replace whose new one is there to stay. The expiry comes last, since a later run can set it,
 * and cannot know that the old face had to go.
 */
export async function finishReplace(written: Written, work: UserWork): Promise<Step> {
  const { change, made } = written;
  if (change.action !== 'replace' || made === undefined || written.gone.includes(change.face.id)) return written;
  const { face: old, key } = change;
  const deletion = work.tools.tenant.deleteFace({ key, id: old.id });
  const wanted = { ...written, gone: [old.id], calls: 'some' } as const;
  return setExpiry(made, await send(wanted, after('the new face is created', deletion)), work);
}

async function deleteFirst(change: ReplaceChange, work: UserWork): Promise<Step> {
  const made = await clearAndCreate(change, work);
  return 'face' in made ? setExpiry(made, { ...begun(made), gone: [change.face.id], calls: 'some' }, work) : made;
}

/** Whoever else replaces the face deletes it, too: only one of them is told that it was there. */
async function clearAndCreate(change: ReplaceChange, work: UserWork): Promise<Obtained | Outcome> {
  const token = await tokenOf(change.create, work);
  const isCleared = work.progress.cleared.has(change);
  const deletion: Deletion = isCleared
    ? 'deleted'
    : await orNotCreated(work.tools.tenant.deleteFace({ key: change.key, id: change.face.id }));
  const create = async (): Promise<Obtained | Outcome> => {
    const ended = await endedByOthers(change, work);
    if (ended !== undefined && 'face' in ended) return ended;
    if (deletion === 'gone') return stale(change, goneNote);
    return ended === undefined ? createOnReading(change, token, work) : stale(change, crossedNote);
  };
  return after('the old face is deleted', create());
}

const passedNote = 'the expiry that the plan sets has passed by now';

function hasPassed(expiry: Face['expiry'], { tools }: UserWork): boolean {
  return expiry !== undefined && expiry <= instantFromMs(tools.now());
}

const goneNote = 'the old face was deleted by another run or an administrator, so no new one was created';
const crossedNote = 'the old face is deleted, and no new one was created: somebody else created one just then';
const strangeNote = 'another run or an administrator created a face for the user just now';

function stale(change: WritingChange, note: string): Outcome {
  return { state: 'stale', change, note };
}

/** Without the deletion there is no creation: whatever came of the one, the whole is not done. */
async function orNotCreated(deletion: Promise<Deletion>): Promise<Deletion> {
  try {
    return await deletion;
  } catch (error) {
    if (!(error instanceof TenantError) || error.kind !== 'unanswered') throw error;
    const message = `the old face may be deleted, and no new one was asked for: ${error.refusal.message}`;
    throw new TenantError('refused', { ...error.refusal, message }, { cause: error });
  }
}

/** Creates the face, unless it is there already. */
async function obtain(change: CreatingChange, work: UserWork): Promise<Obtained | Outcome> {
  const earlier = work.progress.made.get(change);
  if (earlier !== undefined) return { change, face: earlier, via: 'found' };
  const token = await tokenOf(change.create, work);
  return createOnReading(change, token, work);
}

const longestGapMs = 1000;

/** A reading that is older than a second when the create's turn comes is no ground to create on: another one follows. */
async function createOnReading(
  change: CreatingChange,
  token: Secret | undefined,
  work: UserWork,
): Promise<Obtained | Outcome> {
  for (let late = 0; ; late += 1) {
    const goodForMs = late < mostLateCreates ? longestGapMs : Infinity;
    try {
      return await sendCreate(change, { token, goodForMs }, work);
    } catch (error) {
      if (!(error instanceof LateError)) throw error;
    }
    const ended = await endedByOthers(change, work);
    if (ended !== undefined) return ended;
  }
}

/** What there is to say where others have made faces for the user since the last reading. */
async function endedByOthers(change: CreatingChange, work: UserWork): Promise<Obtained | Outcome | undefined> {
  const others = await unsent(lookAround(change.create, work));
  if (others.state === 'found') return { change, face: others.face, via: 'found' };
  return others.state === 'stale' ? stale(change, strangeNote) : undefined;
}

async function sendCreate(
  change: CreatingChange,
  { token, goodForMs }: { readonly token: Secret | undefined; readonly goodForMs: number },
  work: UserWork,
): Promise<Obtained> {
  const { tools, knownIds } = work;
  const { uuid } = change.user;
  const { key, create } = change;
  const compared = (face: Face): Likeness => likeness(face, create, work);
  const reading = { at: work.readAt(), goodForMs };
  const sending = tools.tenant.createFace({ key, uuid, create, likeness: compared, token, reading });
  const created = await sending.catch(async (error: unknown): Promise<Created> => {
    // Such as the maximum of faces, reached by somebody else's create of the same.
    const isRefused = error instanceof TenantError && error.kind === 'refused';
    const theirs = isRefused ? await lookForTheirs(create, work) : undefined;
    if (theirs === undefined) throw error;
    return { face: theirs, via: 'found' };
  });
  knownIds.add(created.face.id);
  const { face, via } = created;
  if (via === 'found') return { change, face, via };
  work.made.push({ change, face, via });
  await work.created(change, created);
  return { change, face, via };
}

function begun(made: Obtained): Omit<Written, 'gone'> {
  const { change, face, via } = made;
  const note = via === 'adopted' ? 'the answer was lost; the new face was found by reading again' : undefined;
  return { state: 'sent', change, present: [{ id: face.id }], note, made, calls: via === 'found' ? 'none' : 'some' };
}

/** A create can set no expiry; an update follows at once if the new face is ACTIVE, else a later run brings it. */
async function setExpiry({ change, face }: Obtained, written: Written, work: UserWork): Promise<Step> {
  const { key, user, create } = change;
  const expiry = wantedExpiry(create.expiry, face);
  const isOpen = expiry !== undefined && expiry !== face.expiry && expiry > instantFromMs(work.tools.now());
  if (face.status !== 'ACTIVE' || !isOpen) return written;
  const update = { id: face.id, ...kept(face), status: 'ACTIVE', expiry } as const;
  const call = work.tools.tenant.updateFace({ key, uuid: user.uuid, ...update });
  return send({ ...written, present: [update], calls: 'some' }, after('the face is created', call));
}

/** What an update sends of a face that it leaves as it is. */
function kept({ status, expiry }: Face): Spelled<Updated> {
  return { status, expiry };
}

async function tokenOf(create: NewFace, { tools }: UserWork): Promise<Secret | undefined> {
  return create.flow === 'token' ? tools.readToken(create.token) : undefined;
}
