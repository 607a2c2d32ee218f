import type { Face, User } from '../../model/face.ts';
import { formatInstant } from '../../model/instant.ts';
import { attributesOfFace, isSensitive, type AttributeRow, type Leaf, type LeafValue } from '../plan/attribute-rows.ts';

type LeafJson = string | boolean | null | { readonly email: boolean; readonly qrCode: boolean };
export type MembersJson = Readonly<Record<string, LeafJson>>;
export type MarksJson = Readonly<Record<string, true>>;

/** One side of a change: `null` where there is no face, a null leaf where the value is sensitive. */
export function membersJson(rows: readonly AttributeRow[], side: 'before' | 'after'): MembersJson | null {
  const there = rows.filter((row) => row[side].state !== 'none');
  if (there.length === 0) return null;
  return Object.fromEntries(there.flatMap((row) => leafMembers(row.name, row[side])));
}

export function unknownMarks(rows: readonly AttributeRow[]): MarksJson {
  return Object.fromEntries(rows.filter(({ after }) => after.state === 'unknown').map(({ name }) => [name, true]));
}

export function sensitiveMarks(rows: readonly AttributeRow[], side: 'before' | 'after'): MarksJson {
  const sensitive = rows.filter((row) => isSensitive(row.name) && row[side].state !== 'none');
  return Object.fromEntries(sensitive.map(({ name }) => [name, true]));
}

export function faceJson(face: Face): MembersJson {
  return membersJson(attributesOfFace(face), 'before') ?? {};
}

export function userJson({ login, uuid }: User): User {
  return { login, uuid };
}

function leafMembers(name: string, leaf: Leaf): readonly (readonly [string, LeafJson])[] {
  switch (leaf.state) {
    case 'none':
    case 'unknown':
      return [];
    case 'known':
      return [[name, valueJson(leaf.value)]];
    case 'masked':
      return [[name, null]];
  }
}

function valueJson(value: LeafValue): LeafJson {
  return typeof value === 'number' ? formatInstant(value) : value;
}
