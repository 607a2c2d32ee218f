import type { Diagnostic, Severity } from '../../model/diagnostic.ts';
import type { Enrollment, PresentEnrollment } from '../../model/enrollment.ts';
import type { Match } from '../match/match.ts';

export const about = (
  entry: Enrollment,
  severity: Severity,
  words: Pick<Diagnostic, 'code' | 'summary' | 'detail'>,
): Diagnostic => ({ severity, ...words, range: entry.range });

/** Entries of one flow that no face tells apart, though they ask for different things. */
export function ambiguousEntries(entries: readonly Enrollment[]): readonly Diagnostic[] {
  const first = new Map<string, PresentEnrollment>();
  return entries.flatMap((entry) => {
    // Web faces show the applicant that their entry names.
    if (entry.state === 'absent' || entry.serialNumber !== undefined || entry.face.flow === 'web') return [];
    const other = first.get(entry.face.flow);
    if (other === undefined) first.set(entry.face.flow, entry);
    const properties = other === undefined ? [] : differences(entry, other);
    if (other === undefined || properties.length === 0) return [];
    return about(entry, 'warning', {
      code: 'AMBIGUOUS_ENTRIES',
      summary: `no face tells "${entry.key}" from "${other.key}"`,
      detail: `They differ in ${properties.join(', ')}. Let both ask for the same, or pin each by 'serialNumber'.`,
    });
  });
}

function differences(one: PresentEnrollment, other: PresentEnrollment): readonly string[] {
  const [wishes, others] = [wishesOf(one), wishesOf(other)];
  return Object.keys(wishes).filter((name) => JSON.stringify(wishes[name]) !== JSON.stringify(others[name]));
}

function wishesOf({ enabled, replaceOn, face }: PresentEnrollment): Readonly<Record<string, unknown>> {
  return { enabled, replaceOn: [...replaceOn].toSorted(), ...face };
}

/** An absent web entry finds its face gone to a token entry, which may hold it for its own. */
export function absentFacesKept({ claims, removals }: Match): readonly Diagnostic[] {
  const webs = removals.filter(({ entry }) => entry.flow === 'web' && entry.serialNumber === undefined);
  return webs.flatMap(({ entry }) =>
    claims.flatMap((claim) =>
      claim.entry.face.flow !== 'token' || claim.pin === 'held' || claim.face?.applicantId === undefined
        ? []
        : about(entry, 'warning', {
            code: 'ABSENT_FACE_KEPT',
            summary: `"${claim.entry.key}" keeps a face that may be a web one`,
            detail:
              'A token face may bear an applicantId, too. If it is the web face, name it in the absent entry by ' +
              "'serialNumber'; else pin the token entry by it.",
          }),
    ),
  );
}
