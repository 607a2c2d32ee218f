import { Secret } from '../../model/values/secret.ts';

/** A request's body as data. Secrets stay closed until it is sent. */
export type JsonBody = { readonly [name: string]: JsonValue | undefined };
type JsonValue = string | number | boolean | Secret | JsonBody | readonly JsonValue[];

/** Writes a body for the wire; the only place that opens a secret. */
export function encodeBody(body: JsonBody): string {
  return JSON.stringify(holdsSecret(body) ? revealed(body) : body);
}

/** Whether an answer may repeat a secret, so that its text must not be shown. */
export function holdsSecret(value: JsonValue | undefined): boolean {
  return secretsIn(value).length > 0;
}

export function secretsIn(value: JsonValue | undefined): readonly Secret[] {
  if (value instanceof Secret) return [value];
  return typeof value === 'object' ? Object.values(value).flatMap(secretsIn) : [];
}

function revealed(value: JsonValue | undefined): unknown {
  if (value instanceof Secret) return value.reveal();
  if (Array.isArray(value)) return value.map(revealed);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, revealed(member)]));
}
