import { parseInstant } from '../state/instant.ts';
import { isRecord } from '../state/record.ts';
import { Refusal } from './refusal.ts';

/** Members of a request's body; explicit nulls count as left out, since the vendor marks nothing as nullable. */
export type Body = Readonly<Record<string, unknown>>;

export function badRequest(message: string): Refusal {
  return new Refusal(400, 'invalid_request', message);
}

export function objectBody(body: unknown): Body {
  if (!isRecord(body)) throw badRequest('A JSON object is required in the body.');
  return body;
}

export function optionalText(body: Body, name: string): string | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw badRequest(`${name} must be a string.`);
}

export function requiredText(body: Body, name: string): string {
  const value = optionalText(body, name);
  if (value === undefined || value === '') throw badRequest(`${name} cannot be null.`);
  return value;
}

export function optionalFlag(body: Body, name: string): boolean | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined || typeof value === 'boolean') return value;
  throw badRequest(`${name} must be true or false.`);
}

export function optionalList(body: Body, name: string): readonly unknown[] {
  const value: unknown = body[name] ?? [];
  if (Array.isArray(value)) return value;
  throw badRequest(`${name} must be an array.`);
}

export function optionalInstant(body: Body, name: string): number | undefined {
  const text = optionalText(body, name);
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant === undefined) throw badRequest(`${name} is not a date-time.`);
  return instant;
}
