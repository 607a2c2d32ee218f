import type { ExplainContext, Explanation } from '../../model/shown/explanation.ts';
import { formatInstant, type Instant } from '../../model/instant.ts';
import type { ShownFace } from '../../model/shown/profile.ts';
import { age } from '../text/age.ts';
import { faceName } from '../plan/change-text.ts';
import { aligned } from '../text/columns.ts';
import { count } from '../../model/values/count.ts';
import { plain } from '../text/escape.ts';

/** The faces as the tenant answers them, property by property. */
export function faceLines({ profile }: Explanation, { now }: ExplainContext): readonly string[] {
  if (profile.presence !== 'present') return [];
  if (profile.faces.length === 0) return ['none'];
  return profile.faces.flatMap((face) => [
    faceName(face),
    ...aligned(Object.entries(propertiesOf(face, now)).filter(([, value]) => value !== '')).map((line) => `  ${line}`),
  ]);
}

/** Each property as text, in the order of showing; empty where the tenant does not answer it. */
function propertiesOf(face: ShownFace, now: Instant): Readonly<Record<keyof ShownFace, string>> {
  return {
    id: plain(face.id),
    serialNumber: plain(face.serialNumber ?? ''),
    status: plain(face.status),
    applicantId: plain(face.applicantId ?? ''),
    created: dateText(face.created, now),
    expiry: dateText(face.expiry, now),
    lastUsed: dateText(face.lastUsed, now),
    mobile: face.mobile === undefined ? '' : String(face.mobile),
    platform: plain(face.platform ?? ''),
  };
}

function dateText(instant: Instant | undefined, now: Instant): string {
  if (instant === undefined) return '';
  return `${formatInstant(instant)} (${instant > now ? `in ${age(instant - now)}` : `${age(now - instant)} ago`})`;
}

/** What the tenant's settings say of the user's faces. */
export function settingsLines({ profile }: Explanation): readonly string[] {
  if (profile.presence !== 'present') return [];
  const { faces, settings, maxFacesPerUser, settingsFailure } = profile;
  const guessed = settingsFailure === undefined ? '' : ', the default: the setting could not be read';
  return aligned([
    [
      'lifetime of a face',
      settings.settings === 'read'
        ? count(settings.lifetimeDays, 'day')
        : `could not be read (${settings.reason.code}): ${plain(settings.reason.message)}`,
    ],
    ['faces in use', `${faces.length} of ${maxFacesPerUser}${guessed}`],
  ]);
}
