import type { UserRef } from '../model/enrollment.ts';
import type { User } from '../model/face.ts';
import type { Unknown } from '../model/live.ts';
import { TenantError } from '../model/failure.ts';
import type { Client } from './http/client.ts';
import { openClient, session, type ConnectRequest, type Session } from './connect.ts';
import { decodeGroups, decodeMaxFaces } from './decode.ts';
import { CallError, isGone, unknownFrom } from './http/errors.ts';
import { getUserFaceSettings } from './faces/face-calls.ts';
import { readFaces } from './faces/faces.ts';
import { operations, readOperations } from './operations.ts';
import { single, type OnHeaders } from './http/transport.ts';
import { listingFailure, lookUpUser, UserListing } from './users/users.ts';

/** What one reading brought, or why it brought nothing. */
export type Tried<T> =
  { readonly tried: 'answered'; readonly value: T } | { readonly tried: 'failed'; readonly reason: Unknown };

/** Who answered a failed sign-in: `other` is a gateway, a redirect, or a server that is no tenant. */
export type Answerer = 'tenant' | 'other' | 'nobody';

export type SignedIn =
  | { readonly tried: 'answered'; readonly lifetimeMs: number }
  | {
      readonly tried: 'failed';
      readonly reason: Unknown;
      readonly answerer: Answerer;
      readonly again: TenantError['again'];
    };

/** What the heads of the answers so far have told. */
export interface Seen {
  /** Of the first answer that bore a date: the tenant's clock less ours, cut to whole seconds by the tenant. */
  readonly aheadMs?: number | undefined;
  /** Headers that speak of a rate limit, by name. */
  readonly rateLimits: ReadonlyMap<string, string>;
  /** Answers 429. */
  readonly throttled: number;
}

/** Single readings, each tried once; none writes, and none rejects with a TenantError. */
export interface TenantProbe {
  signIn(): Promise<SignedIn>;
  /** Some user; undefined where the tenant lists none. */
  anyUser(): Promise<Tried<User | undefined>>;
  lookUp(ref: UserRef): Promise<Tried<User | undefined>>;
  /** How many there are; undefined where there is no such user. */
  faces(uuid: string): Promise<Tried<number | undefined>>;
  /** Lifetime in days; undefined where there is no such user. */
  faceLifetime(uuid: string): Promise<Tried<number | undefined>>;
  groups(): Promise<Tried<void>>;
  /** Undefined where the settings do not say. */
  maxFaces(): Promise<Tried<number | undefined>>;
  seen(): Seen;
}

/** @throws LocalError where the URL is none to send credentials to. */
export function connectProbe(request: ConnectRequest): Session<TenantProbe> {
  const watch = watchHeads(() => request.clock.now());
  const client = openClient({ ...request, tries: 1, onHeaders: watch.onHeaders }, readOperations);
  const seen = (): Seen => {
    const { rateLimits, ...others } = watch.seen();
    return { ...others, rateLimits: new Map([...rateLimits].filter((header) => !client.secrets.areWithin(header))) };
  };
  return session(client, {
    signIn: () => signIn(client),
    anyUser: () => attempt(async () => (await new UserListing(client, []).next())[0]),
    lookUp: (ref) => lookUp(client, ref),
    faces: (uuid) => attempt(() => unlessGone(async () => (await readFaces(client, uuid)).length)),
    faceLifetime: (uuid) => attempt(() => unlessGone(async () => (await getUserFaceSettings(client, uuid)).lifetime)),
    groups: () =>
      attempt(async () => {
        await client.call({ operation: 'groupsPage', body: { limit: 1 }, decode: decodeGroups });
      }),
    maxFaces: () => attempt(() => client.call({ operation: 'generalSettings', decode: decodeMaxFaces })),
    seen,
  });
}

/** What the role needs for that which a probe reads, and for that which it must not try. */
export const permissions = {
  users: operations.usersPage.permission,
  faces: operations.getFaces.permission,
  groups: operations.groupsPage.permission,
  settings: operations.generalSettings.permission,
  create: operations.createFaceAuthenticator.permission,
  update: operations.updateFace.permission,
  delete: operations.deleteFace.permission,
  resend: operations.sendFaceActivationEmail.permission,
} as const;

async function attempt<T>(read: () => Promise<T>): Promise<Tried<T>> {
  try {
    return { tried: 'answered', value: await read() };
  } catch (error) {
    const reason = listingFailure(error);
    if (reason === undefined) throw error;
    return { tried: 'failed', reason };
  }
}

async function signIn(client: Client): Promise<SignedIn> {
  try {
    return { tried: 'answered', lifetimeMs: (await client.signIn()).lifetimeMs };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    const { code } = unknownFrom(error);
    return {
      tried: 'failed',
      reason: { code, message: error.message },
      answerer: answererOf(error),
      again: error.again,
    };
  }
}

function answererOf(error: TenantError): Answerer {
  const { status } = error.refusal;
  if (!(error instanceof CallError) || status === undefined) return 'nobody';
  const { code, body } = error.fault;
  return body === 'other' || code === 'wrong-shape' ? 'other' : 'tenant';
}

async function lookUp(client: Client, ref: UserRef): Promise<Tried<User | undefined>> {
  const found = await lookUpUser(client, ref);
  if (found.presence === 'unknown') return { tried: 'failed', reason: found.reason };
  return { tried: 'answered', value: found.presence === 'present' ? found.user : undefined };
}

async function unlessGone<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function watchHeads(now: () => number): { readonly onHeaders: OnHeaders; readonly seen: () => Seen } {
  let aheadMs: number | undefined;
  let throttled = 0;
  const rateLimits = new Map<string, string>();
  return {
    onHeaders: (status, headers) => {
      const date = Date.parse(single(headers['date']) ?? '');
      if (!Number.isNaN(date)) aheadMs ??= date - now();
      if (status === 429) throttled += 1;
      for (const [name, value] of Object.entries(headers)) {
        if (/^(?:x-)?rate-?limit/i.test(name)) rateLimits.set(name.toLowerCase(), single(value) ?? '');
      }
    },
    seen: () => ({ aheadMs, rateLimits, throttled }),
  };
}
