import type { NewFace, TokenSource } from '../model/enrollment.ts';
import type { Instant } from '../model/instant.ts';
import type { CreateChange, ReplaceChange, WritingChange } from '../model/plan.ts';
import type { Secret } from '../model/secret.ts';
import { TenantError, type Created, type TenantWriter } from '../model/tenant.ts';
import { wantedExpiry } from './decide.ts';
import type { Written } from './settle.ts';

/** What writing needs from outside. */
export interface WriteTools {
  readonly tenant: TenantWriter;
  /** Reads a token when it is sent, and not before. */
  readonly readToken: (source: TokenSource) => Promise<Secret>;
  /** Told of each new face, to keep the activation secrets that come back only once. */
  readonly onCreated: (change: CreateChange | ReplaceChange, created: Created) => Promise<void>;
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
 * @throws TenantError where the tenant refuses or does not answer.
 */
export async function writeChange(change: WritingChange, tools: WriteTools, knownIds: Set<string>): Promise<Written> {
  const { tenant } = tools;
  const { uuid } = change.user;
  const { key } = change;
  switch (change.action) {
    case 'create':
      return createFace(change, tools, knownIds);
    case 'update':
      await tenant.updateFace({ key, uuid, id: change.face.id, ...change.to });
      return { state: 'accepted', change, present: [{ id: change.face.id, ...change.to }], gone: [] };
    case 'disable': {
      const { id, expiry } = change.face;
      await tenant.updateFace({ key, uuid, id, status: 'DISABLED', ...(expiry === undefined ? {} : { expiry }) });
      return { state: 'accepted', change, present: [{ id, status: 'DISABLED' }], gone: [] };
    }
    case 'replace':
      return replaceFace(change, tools, knownIds);
    case 'delete':
      await tenant.deleteFace({ key, id: change.face.id });
      return { state: 'accepted', change, present: [], gone: [change.face.id] };
  }
}

async function replaceFace(change: ReplaceChange, tools: WriteTools, knownIds: Set<string>): Promise<Written> {
  const old = change.face.id;
  const deleteOld = (): Promise<void> => tools.tenant.deleteFace({ key: change.key, id: old });
  const token = await tokenOf(change.create, tools);
  if (change.order === 'delete-first') {
    await deleteOld();
    const written = await after('the old face is deleted', sendCreate(change, token, tools, knownIds));
    return { ...written, gone: [old] };
  }
  const written = await sendCreate(change, token, tools, knownIds);
  await after('the new face is created', deleteOld());
  return { ...written, gone: [old] };
}

async function createFace(change: CreateChange, tools: WriteTools, knownIds: Set<string>): Promise<Written> {
  return sendCreate(change, await tokenOf(change.create, tools), tools, knownIds);
}

/** A create can set no expiry; an update follows at once if the new face is ACTIVE, else a later run brings it. */
async function sendCreate(
  change: CreateChange | ReplaceChange,
  token: { readonly token?: Secret },
  tools: WriteTools,
  knownIds: Set<string>,
): Promise<Written> {
  const { uuid } = change.user;
  const { key } = change;
  const created = await tools.tenant.createFace({ key, uuid, create: change.create, knownIds, ...token });
  const { face } = created;
  knownIds.add(face.id);
  await tools.onCreated(change, created);
  const note =
    created.via === 'adopted' ? { note: 'the answer was lost; the new face was found by reading again' } : {};
  const accepted = { state: 'accepted', change, gone: [], ...note } as const;
  const expiry = wantedExpiry(change.create.expiry, face);
  if (face.status !== 'ACTIVE' || expiry === undefined || expiry === face.expiry || expiry <= tools.now()) {
    return { ...accepted, present: [{ id: face.id }] };
  }
  await after('the face is created', tools.tenant.updateFace({ key, uuid, id: face.id, status: 'ACTIVE', expiry }));
  return { ...accepted, present: [{ id: face.id, status: 'ACTIVE', expiry }] };
}

/** Lets the report of a failure in mid-change say what had been done by then. */
async function after<T>(done: string, step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const message = `${done}, but then: ${error.refusal.message}`;
    throw new TenantError(error.kind, { ...error.refusal, message }, { cause: error });
  }
}

async function tokenOf(create: NewFace, tools: WriteTools): Promise<{ readonly token?: Secret }> {
  return create.flow === 'token' ? { token: await tools.readToken(create.token) } : {};
}
