import type { Enrollment } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import type { World } from './random-worlds.ts';
import { day, now } from './world.ts';

const inDays = (instant: number | undefined): string => (instant === undefined ? '-' : `${(instant - now) / day}d`);

function shownEntry(entry: Enrollment): string {
  const pin = entry.serialNumber === undefined ? '' : ` pin=${entry.serialNumber}`;
  if (entry.state === 'absent') return `${entry.key} absent${pin}`;
  const { expiry } = entry.face;
  const due = expiry.rule === 'lifetime' ? `${expiry.seconds / day}d long` : expiry.rule;
  const applicant = entry.face.flow === 'web' ? ` ${entry.face.applicantId}` : '';
  return `${entry.key}${applicant}${pin} ${due} ${entry.enabled ? 'on' : 'off'} replaceOn=${[...entry.replaceOn].join()}`;
}

const shownFace = ({ id, serialNumber, status, mobile, applicantId, created, expiry }: Face): string =>
  `${id} ${serialNumber ?? '-'} ${status} mobile=${mobile ?? '-'} applicant=${applicantId ?? '-'} created=${inDays(created)} expiry=${inDays(expiry)}`;

/** A random world in a few lines, for whoever reads a counterexample. */
export function shownWorld({ desired, live, reading }: World): string {
  const users = [...live.listed.values(), ...live.discovered];
  const faces = new Set(users.flatMap((user) => (user.presence === 'present' ? user.faces.map(shownFace) : [])));
  return [
    `unmatched=${desired.unmatched} ${JSON.stringify(desired.scope)} ${JSON.stringify(reading)}`,
    ...desired.enrollments.map(shownEntry),
    ...faces,
  ].join('\n');
}
