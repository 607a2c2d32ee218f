import type { Enrollment, PresentEnrollment } from '../../model/enrollment.ts';
import type { Face } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import type { DeleteChange, WritingChange } from '../../model/plan.ts';
import type { Patch } from '../../model/shown/adoption.ts';
import { canBeWritten } from '../match/flow-of.ts';

/** The patch of its entry that leaves a change nothing to do; undefined where none would. */
export function patchFor(
  change: Exclude<WritingChange, DeleteChange>,
  entry: PresentEnrollment,
  now: Instant,
): Patch | undefined {
  switch (change.action) {
    case 'create':
      return { enabled: false };
    case 'disable':
      return { enabled: true };
    case 'update':
      return change.face.status === 'DISABLED' ? { enabled: false } : expiryOf(change.face, now);
    case 'replace':
      return change.reason === 'replace_because_cannot_update'
        ? applicantOf(change.face, entry)
        : withinLifetime(change.face, entry, now);
  }
}

/** No entry can have an expiry that has passed, nor ask for a face without one. */
function expiryOf({ expiry }: Face, now: Instant): Patch | undefined {
  return expiry !== undefined && expiry > now ? { expiry } : undefined;
}

function applicantOf({ applicantId }: Face, { face }: PresentEnrollment): Patch | undefined {
  return face.flow === 'web' && canBeWritten(applicantId) ? { applicantId } : undefined;
}

/** A face in use, which only the entry's own lifetime calls expired. */
function withinLifetime(face: Face, entry: PresentEnrollment, now: Instant): Patch | undefined {
  return face.status === 'ACTIVE' && entry.face.expiry.rule !== 'tenant' ? expiryOf(face, now) : undefined;
}

export function patched(entry: PresentEnrollment, { enabled, applicantId, expiry }: Patch): PresentEnrollment {
  const { face } = entry;
  const dated = expiry === undefined ? face : { ...face, expiry: { rule: 'at', instant: expiry } as const };
  const named = applicantId !== undefined && dated.flow === 'web' ? { ...dated, applicantId } : dated;
  return { ...entry, enabled: enabled ?? entry.enabled, face: named };
}

/** Whether an entry names the applicant already: the files take only pinned ones then. */
export function isTaken(applicantId: string | undefined, entries: readonly Enrollment[]): boolean {
  if (applicantId === undefined) return false;
  return entries.some(
    (entry) => entry.state === 'present' && entry.face.flow === 'web' && entry.face.applicantId === applicantId,
  );
}
