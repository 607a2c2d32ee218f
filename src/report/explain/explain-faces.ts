import type { ExplainContext, Explanation } from '../../model/shown/explanation.ts';
import { formatInstant, type Instant } from '../../model/instant.ts';
import { Secret } from '../../model/values/secret.ts';
import type { ShownFace } from '../../model/shown/profile.ts';
import { age } from '../text/age.ts';
import { faceName } from '../plan/change-text.ts';
import { aligned } from '../text/columns.ts';
import { count } from '../../model/values/count.ts';
import { sensitiveText } from '../plan/leaf-text.ts';
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
  const date = (instant: Instant): string => dateText(instant, now);
  return {
    id: textOf(face.id, plain),
    serialNumber: textOf(face.serialNumber, plain),
    status: textOf(face.status, plain),
    applicantId: textOf(face.applicantId, plain),
    created: textOf(face.created, date),
    expiry: textOf(face.expiry, date),
    lastUsed: textOf(face.lastUsed, date),
    mobile: textOf(face.mobile, String),
    platform: textOf(face.platform, plain),
  };
}

function textOf<V>(value: V | Secret | undefined, text: (value: V) => string): string {
  if (value === undefined) return '';
  return value instanceof Secret ? sensitiveText : text(value);
}

function dateText(instant: Instant, now: Instant): string {
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
