import { parseDateTime } from '../model/instant.ts';

/** An answer that is JSON and not what the vendor's document says. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
  /** Path of the invalid value, such as `[3].status`; empty for the answer as a whole. */
  readonly path: string;
  readonly problem: string;

  constructor(path: string, problem: string) {
    super(`${path === '' ? 'it' : path} ${problem}`);
    this.path = path;
    this.problem = problem;
  }
}

export type Json = Readonly<Record<string, unknown>>;

/** Object while it is built; a hundred thousand faces are worth no copy of each property. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function recordOf(value: unknown): Json {
  if (!isRecord(value)) throw new ShapeError('', 'is not an object');
  return value;
}

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Decodes each item of an array; what does not fit is named by its index. */
export function listOf<T>(value: unknown, decode: (item: unknown) => T): readonly T[] {
  if (!Array.isArray(value)) throw new ShapeError('', 'is not an array');
  const items: T[] = [];
  for (const [index, item] of value.entries()) items.push(within(`[${index}]`, () => decode(item)));
  return items;
}

/** Decodes a part of the answer; what does not fit in it is named with the path to it. */
export function within<T>(path: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const joint = error.path === '' || error.path.startsWith('[') ? '' : '.';
    throw new ShapeError(`${path}${joint}${error.path}`, error.problem);
  }
}

/** Missing property; an explicit null is read as missing, since real answers contain it. */
export function isMissing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

export function text(json: Json, name: string): string | undefined {
  const value = json[name];
  if (isMissing(value)) return undefined;
  if (typeof value === 'string') return value;
  throw new ShapeError(name, 'is not a text');
}

export function required(json: Json, name: string): string {
  const value = text(json, name);
  if (value === undefined || value === '') throw new ShapeError(name, 'is missing');
  return value;
}

/** It goes into paths, where dots lead elsewhere and half a surrogate pair has no encoding. */
export function idOf(json: Json): string {
  const id = required(json, 'id');
  if (/^\.{1,2}$|\p{Cs}/u.test(id)) throw new ShapeError('id', 'cannot be part of a path');
  return id;
}

export function flag(json: Json, name: string): boolean | undefined {
  const value = json[name];
  if (isMissing(value)) return undefined;
  if (typeof value === 'boolean') return value;
  throw new ShapeError(name, 'is neither true nor false');
}

/** A date that cannot be read is a wrong shape: taken for missing, it would plan an update of the expiry. */
export function date(json: Json, name: string): Date | undefined {
  const value = text(json, name);
  if (value === undefined) return undefined;
  const ms = parseDateTime(value);
  if (ms === undefined) throw new ShapeError(name, 'is not a date-time with a time zone');
  return new Date(ms);
}
