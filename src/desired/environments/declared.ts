import { isDeepStrictEqual } from 'node:util';
import { isEnvironmentName, type AllowedVariable } from '../../model/values/environment.ts';
import { placeName, placeOf } from '../../model/place.ts';
import type { CheckedFile } from '../entries/check-schema.ts';
import type { Findings } from '../entries/findings.ts';
import type { EnvironmentHead } from '../generated/enrollments-file.generated.ts';
import type { ParsedFile } from '../source/parsed-file.ts';
import type { Words } from '../source/source-file.ts';
import { refuseCredentials } from './credential-names.ts';

/** The environments of a run. */
export interface Declared {
  readonly heads: ReadonlyMap<string, EnvironmentHead>;
  /** The file that declares them; missing where none does. */
  readonly by?: ParsedFile | undefined;
  /** `unknown`: a declaration has errors, so that nobody knows the names. */
  readonly names: 'known' | 'unknown';
}

interface Part extends Pick<CheckedFile, 'head' | 'broken'> {
  readonly parsed: ParsedFile;
}

const path = ['environments'] as const;

/** Finds the environments in the heads of all files, and says what is wrong with them. */
export function declaredIn(parts: readonly Part[], allowed: readonly AllowedVariable[], findings: Findings): Declared {
  const broken = parts.some((part) => part.broken.has('environments'));
  const [first, ...others] = parts.filter(({ head }) => head.environments !== undefined);
  const written = first?.head.environments;
  if (first === undefined || written === undefined) return { heads: new Map(), names: broken ? 'unknown' : 'known' };
  const range = first.parsed.source.rangeOf(first.parsed.spanOf(path, 'key'));
  for (const { head, parsed } of others) {
    if (!isDeepStrictEqual(head.environments, written)) {
      findings.tell(parsed, differ(placeName(placeOf(range))), path, 'key');
    }
  }
  checkHeads(written, first.parsed, { allowed, findings });
  for (const { head, parsed } of parts) {
    if (head.tenant?.url !== undefined) findings.tell(parsed, urlBeside, ['tenant', 'url'], 'key');
  }
  return { heads: new Map(Object.entries(written)), by: first.parsed, names: broken ? 'unknown' : 'known' };
}

interface Checking {
  readonly allowed: readonly AllowedVariable[];
  readonly findings: Findings;
}

function checkHeads(
  written: Readonly<Record<string, EnvironmentHead>>,
  by: ParsedFile,
  { allowed, findings }: Checking,
): void {
  for (const [name, { credentials }] of Object.entries(written)) {
    if (!isEnvironmentName(name)) findings.tell(by, noName(name), [...path, name], 'key');
    for (const { words, member } of refuseCredentials(name, credentials, allowed)) {
      findings.tell(by, words, [...path, name, 'credentials', ...member]);
    }
  }
}

const differ = (where: string): Words => ({
  code: 'HEAD_TWICE',
  summary: "two files declare different 'environments'",
  detail: `The others are at ${where}. Keep them in one file.`,
});
const noName = (name: string): Words => ({
  code: 'WRONG_VALUE',
  summary: `'${name}' is not a name for an environment`,
  detail:
    name === 'all'
      ? "'--env all' means all of them. Give it another name."
      : "Use up to 40 lower-case letters, digits and single hyphens, such as 'prod-eu'.",
});
const urlBeside: Words = {
  code: 'TENANT_CONFLICT',
  summary: "'tenant.url' conflicts with 'environments'",
  detail: 'Each environment names its own tenant. Remove this url.',
};
