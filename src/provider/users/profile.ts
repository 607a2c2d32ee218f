import { instantOf } from '../../model/instant.ts';
import type { Unknown } from '../../model/live.ts';
import type { NamedUser, Profile, ProfileReading, ProfileRequest, ShownFace } from '../../model/shown/profile.ts';
import { TenantError } from '../../model/failure.ts';
import type { Client } from '../http/client.ts';
import type { FoundUser } from '../decode.ts';
import type { AnsweredFace } from '../faces/decode-face.ts';
import { unknownFrom } from '../http/errors.ts';
import { getFaces } from '../faces/face-calls.ts';
import { faceSettingsOf } from '../faces/face-settings.ts';
import { faceOf, whyUnread } from '../faces/faces.ts';
import { readFaceLimit } from '../read-live.ts';
import { discover, membershipOf } from './scope.ts';
import { listingFailure, lookUpUser, withAllNames } from './users.ts';

/**
 * Reads everything that the tenant says of one user, each thing once.
 *
 * @throws TenantError where nothing can be read: no connection, refused credentials, a group that is not there.
 */
export async function readProfile(client: Client, { user, scope }: ProfileRequest): Promise<Profile> {
  await client.signIn();
  const [limits, { groupId }, found] = await Promise.all([
    readFaceLimit(client),
    discover(client, scope, 'nobody'),
    lookUpUser(client, user),
  ]);
  const reading = found.presence === 'present' ? await readFound(client, found.user, groupId) : found;
  return { ...reading, ...limits };
}

async function readFound(client: Client, found: FoundUser, groupId: string | undefined): Promise<ProfileReading> {
  const whole = await orWhy(withAllNames(client, found), unknownFrom);
  if (whole.state === 'unread') return { presence: 'unknown', reason: whole.why };
  const user = namedUser(whole.value);
  const [membership, faces, settings] = await Promise.all([
    groupId === undefined ? inScope : membershipOf(client, whole.value, groupId),
    orWhy(getFaces(client, user.uuid), whyUnread),
    faceSettingsOf(client, user.uuid),
  ]);
  if (membership.inScope === 'unknown') return { presence: 'unknown', reason: membership.reason, user };
  if (faces.state === 'unread') return { presence: 'unknown', reason: faces.why, user };
  return {
    presence: 'present',
    user,
    inScope: membership.inScope,
    faces: faces.value.map(shownFace),
    settings,
  };
}

const inScope = { inScope: true } as const;

type OrWhy<T> = { readonly state: 'read'; readonly value: T } | { readonly state: 'unread'; readonly why: Unknown };

async function orWhy<T>(reading: Promise<T>, why: (error: TenantError) => Unknown): Promise<OrWhy<T>> {
  try {
    return { state: 'read', value: await reading };
  } catch (error) {
    const told = error instanceof TenantError ? why(error) : listingFailure(error);
    if (told === undefined) throw error;
    return { state: 'unread', why: told };
  }
}

function namedUser({ uuid, login, externalId, aliases = [], groupNames = [] }: FoundUser): NamedUser {
  return { uuid, login, aliases, groups: groupNames, externalId };
}

function shownFace(answered: AnsweredFace): ShownFace {
  const { lastUsed } = answered;
  return { ...faceOf(answered), lastUsed: lastUsed && instantOf(lastUsed) };
}
