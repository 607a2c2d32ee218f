import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Enrollment, Flow } from '../../model/enrollment.ts';
import { placeName, placeOf } from '../../model/place.ts';
import type { Placed } from './build-entry.ts';
import type { Findings } from './findings.ts';
import type { Words } from '../source/source-file.ts';

/** What may be wrong between entries, which come in the order of their files. */
type Rule = (entries: readonly Placed[], findings: Findings) => void;

/** The vendor's default, and the most it can be set to. */
const usualFaces = 5;
const mostFaces = 10;

const sameAddress: Rule = (entries, findings) => {
  clashes(
    { entries, findings },
    ({ enrollment }) => enrollment.key,
    ({ enrollment }) => ({
      code: 'DUPLICATE_ENROLLMENT',
      summary: `duplicate entry '${enrollment.key}'`,
      detail: enrollment.state === 'present' ? "Remove one, or give each a 'label'." : 'Remove one.',
    }),
  );
};

/** Of all users. A serial number says which face is meant: one person may have been enrolled twice, or have two accounts. */
const sameApplicant: Rule = (entries, findings) => {
  clashes(
    { entries, findings },
    ({ enrollment }) => (enrollment.serialNumber === undefined ? applicantOf(enrollment) : undefined),
    () => ({
      code: 'SAME_APPLICANT',
      summary: 'two entries have the same applicantId',
      detail: "One applicant is one person. Where he has two faces, pin both entries by 'serialNumber'.",
    }),
    'applicantId',
  );
};

const samePin: Rule = (entries, findings) => {
  clashes(
    { entries, findings },
    ({ enrollment: { serialNumber } }) => serialNumber,
    () => ({
      code: 'SAME_SERIAL_NUMBER',
      summary: 'two entries have the same serialNumber',
      detail: 'One face can be claimed by one entry.',
    }),
    'serialNumber',
  );
};

/** An absent entry means all of the user's faces, or all of one flow, whatever the labels of other entries. */
const absentAndPresent: Rule = (entries, findings) => {
  const gone = new Map(
    entries.flatMap((placed) => {
      const { state, key, serialNumber } = placed.enrollment;
      return state === 'absent' && serialNumber === undefined ? [[key, placed] as const] : [];
    }),
  );
  for (const placed of entries) {
    const { user, key } = placed.enrollment;
    const other = gone.get(user.key) ?? gone.get(`${user.key}/${flowOf(placed.enrollment) ?? ''}`);
    if (other === undefined || other.enrollment.key === key) continue;
    findings.add('error', () =>
      say(placed, {
        code: 'ABSENT_AND_PRESENT',
        summary: `the faces of '${user.value}' are to go, by another entry`,
        detail: `See ${whereIs(other)}. Remove one of the two.`,
      }),
    );
  }
};

/** Of one name; only the tenant shows who has two. */
const twoOwners: Rule = (entries, findings) => {
  const [one] = entries;
  for (const placed of entries) {
    if (one === undefined || placed.enrollment.owner === one.enrollment.owner) continue;
    findings.add('error', () =>
      say(placed, {
        code: 'TWO_OWNERS',
        summary: `'${placed.enrollment.user.value}' is in the files of two owners: ${ownerOf(one)}, ${ownerOf(placed)}`,
        detail: `The other entry is at ${whereIs(one)}. Remove one of the two.`,
      }),
    );
  }
};

function ownerOf({ enrollment: { owner } }: Placed): string {
  return owner === undefined ? 'none' : `'${owner}'`;
}

const tooManyFaces: Rule = (entries, findings) => {
  const wanted = entries.filter(({ enrollment }) => enrollment.state === 'present' && enrollment.enabled);
  const complain = (at: number, severity: 'error' | 'warning', allowed: string): void => {
    const placed = wanted[at];
    if (placed === undefined) return;
    findings.add(severity, () => say(placed, manyFaces(severity, placed.enrollment.user.value, allowed)));
  };
  complain(usualFaces, 'warning', `usually ${usualFaces}`);
  complain(mostFaces, 'error', `at most ${mostFaces}`);
};

const manyFaces = (severity: 'error' | 'warning', user: string, allowed: string): Words => ({
  severity,
  code: 'TOO_MANY_FACES',
  summary: `'${user}' has more entries than a user may have faces`,
  detail: `A tenant allows ${allowed} faces a user.`,
});

/** What is wrong between entries, of one file or of several. */
export function checkRules(all: readonly Placed[], findings: Findings): void {
  const ofOneUser: readonly Rule[] = [sameAddress, samePin, absentAndPresent, tooManyFaces, twoOwners];
  for (const entries of severalOfOneUser(all)) for (const rule of ofOneUser) rule(entries, findings);
  sameApplicant(all, findings);
}

/** The entries of each user who has more than one; nearly everybody has one. */
function severalOfOneUser(all: readonly Placed[]): readonly (readonly Placed[])[] {
  const first = new Map<string, Placed>();
  const several = new Map<string, Placed[]>();
  for (const placed of all) {
    const { key } = placed.enrollment.user;
    const one = first.get(key);
    if (one === undefined) {
      first.set(key, placed);
      continue;
    }
    const entries = several.get(key);
    if (entries === undefined) several.set(key, [one, placed]);
    else entries.push(placed);
  }
  return [...several.values()];
}

/** A complaint about each later one of those that share a key; it names the first. */
function clashes(
  { entries, findings }: { readonly entries: readonly Placed[]; readonly findings: Findings },
  keyOf: (placed: Placed) => string | undefined,
  words: (placed: Placed) => Words,
  member?: string,
): void {
  const first = new Map<string, Placed>();
  for (const placed of entries) {
    const key = keyOf(placed);
    const other = key === undefined ? undefined : first.get(key);
    if (other !== undefined) {
      findings.add('error', () => {
        const said = words(placed);
        return say(placed, { ...said, detail: `The other is at ${whereIs(other)}. ${said.detail}` }, member);
      });
    } else if (key !== undefined) first.set(key, placed);
  }
}

function say({ parsed, index }: Placed, words: Words, member?: string): Diagnostic {
  return parsed.diagnose(words, ['enrollments', index, ...(member === undefined ? [] : [member])]);
}

function whereIs({ enrollment }: Placed): string {
  return placeName(placeOf(enrollment.range));
}

function flowOf(enrollment: Enrollment): Flow | undefined {
  return enrollment.state === 'present' ? enrollment.face.flow : enrollment.flow;
}

function applicantOf(enrollment: Enrollment): string | undefined {
  return enrollment.state === 'present' && enrollment.face.flow === 'web' ? enrollment.face.applicantId : undefined;
}
