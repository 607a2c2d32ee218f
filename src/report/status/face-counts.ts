import { isKnownStatus, knownStatuses } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import { compareText } from '../../model/values/order.ts';
import type { Plan } from '../../model/plan.ts';
import { sidesOf, sidesOfFace, type Leaf, type Sides } from '../plan/attribute-rows.ts';
import { monthName, monthsFrom } from './expiry-months.ts';

/** How many faces something holds for: as they are now, and once the plan is applied. */
export interface FaceCount {
  readonly name: string;
  readonly now: number;
  readonly after: number;
}

export interface FaceCounts {
  /** All faces that the plan holds. */
  readonly all: FaceCount;
  readonly statuses: readonly FaceCount[];
  /** From the plan's month to the same month of the next year, between those before and those later. */
  readonly months: readonly FaceCount[];
  readonly noExpiry: FaceCount;
  /** The tenant will tell. */
  readonly unknownExpiry: FaceCount;
}

type Side = 'now' | 'after';
/** One face as it is at one time. */
interface Sighting {
  readonly side: Side;
  readonly status: string;
  readonly expiry: string;
}

const unknownName = '(known after apply)';
const noneName = '(none)';

/** Counts the faces of the plan: those that change, those that do not where the plan has them, and those left alone. */
export function faceCounts(plan: Plan, now: Instant): FaceCounts {
  const months = monthsFrom(now);
  const faces = [...plan.changes.map(sidesOf), ...plan.kept.map(({ face }) => sidesOfFace(face))];
  const sightings = faces.flatMap((sides) => sightingsOf(sides, months));
  const of = (name: string, key: 'status' | 'expiry'): FaceCount =>
    counted(
      name,
      sightings.filter((sighting) => sighting[key] === name),
    );
  return {
    all: counted('all', sightings),
    statuses: statusNames(sightings).map((name) => of(name, 'status')),
    months: ['earlier', ...months, 'later'].map((name) => of(name, 'expiry')),
    noExpiry: of(noneName, 'expiry'),
    unknownExpiry: of(unknownName, 'expiry'),
  };
}

/** Every face has a status, known or not. */
function sightingsOf({ before, after }: Sides, months: readonly string[]): readonly Sighting[] {
  return [
    { side: 'now' as const, ...before },
    { side: 'after' as const, ...after },
  ].flatMap(({ side, status, expiry }) =>
    status.state === 'none' ? [] : [{ side, status: statusName(status), expiry: expiryName(expiry, months) }],
  );
}

function counted(name: string, sightings: readonly Sighting[]): FaceCount {
  const now = sightings.filter(({ side }) => side === 'now').length;
  return { name, now, after: sightings.length - now };
}

function statusName(leaf: Leaf<string>): string {
  return leaf.state === 'known' ? leaf.value : unknownName;
}

function expiryName(leaf: Leaf<Instant>, months: readonly string[]): string {
  if (leaf.state === 'none') return noneName;
  if (leaf.state !== 'known') return unknownName;
  const month = monthName(leaf.value);
  if (months.includes(month)) return month;
  return compareText(month, months[0] ?? '') < 0 ? 'earlier' : 'later';
}

function statusNames(sightings: readonly Sighting[]): readonly string[] {
  const found = new Set(sightings.map(({ status }) => status));
  const known = knownStatuses.filter((status) => found.has(status));
  return [...known, ...[...found].filter((name) => !isKnownStatus(name)).toSorted(compareText)];
}
