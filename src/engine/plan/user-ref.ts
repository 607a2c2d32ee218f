import type { UserRef } from '../../model/enrollment.ts';

/** Reads a user as flags and `protect` name him: a login or alias, `uuid:…` or `externalId:…`. */
export function userRef(name: string): UserRef {
  if (name.startsWith('uuid:')) return { by: 'uuid', value: name.slice('uuid:'.length), key: name };
  if (name.startsWith('externalId:')) return { by: 'externalId', value: name.slice('externalId:'.length), key: name };
  return { by: 'login', value: name, key: name.toLowerCase() };
}
