import { suggest } from '../../model/values/suggest.ts';
import type { CheckedEntry } from '../entries/check-schema.ts';
import type { Findings } from '../entries/findings.ts';
import type { Defaults, Entry } from '../generated/enrollments-file.generated.ts';
import type { ParsedFile, Path } from '../source/parsed-file.ts';
import type { Words } from '../source/source-file.ts';
import { isPlain, varying } from '../entries/entry-in.ts';

/** What is checked, and where complaints go. */
interface Checking {
  readonly parsed: ParsedFile;
  /** The environments that the files declare. */
  readonly declared: readonly string[];
  readonly findings: Findings;
}

/** Whether each environment that the entry names is declared, and none is left out. */
export function checkEntryNames({ entry, index }: CheckedEntry, checking: Checking): boolean {
  if (isPlain(entry)) return true;
  const path = ['enrollments', index];
  const { declared, findings, parsed } = checking;
  const strange = (entry.in ?? []).map((name, at) => ({ name, at })).filter(({ name }) => !declared.includes(name));
  for (const { name, at } of strange) findings.tell(parsed, unknownEnvironment(name, declared), [...path, 'in', at]);
  return checkMaps(entry, { path, wanted: entry.in ?? declared }, checking) && strange.length === 0;
}

export function checkDefaultNames(defaults: Defaults, checking: Checking): boolean {
  return checkMaps(defaults, { path: ['defaults'], wanted: checking.declared }, checking);
}

interface Maps {
  readonly path: Path;
  /** Environments that need a value. */
  readonly wanted: readonly string[];
}

function checkMaps(
  holder: Entry | Defaults,
  { path, wanted }: Maps,
  { parsed, declared, findings }: Checking,
): boolean {
  const values: Readonly<Record<string, unknown>> = { ...holder };
  let sound = true;
  for (const member of varying) {
    const value = values[member];
    if (typeof value !== 'object' || value === null) continue;
    const given = Object.keys(value);
    for (const name of given.filter((each) => !declared.includes(each))) {
      sound = false;
      findings.tell(parsed, unknownEnvironment(name, declared), [...path, member, name], 'key');
    }
    const missing = wanted.filter((name) => declared.includes(name) && !given.includes(name));
    if (missing.length === 0) continue;
    sound = false;
    findings.tell(parsed, leftOut(member, missing), [...path, member], 'key');
  }
  return sound;
}

/** @param declared those that the files declare. */
export function unknownEnvironment(name: string, declared: readonly string[]): Words {
  return {
    code: 'UNKNOWN_ENVIRONMENT',
    summary: `unknown environment '${name}'`,
    detail: hint(name, declared),
  };
}

export function hint(name: string, declared: readonly string[]): string {
  if (declared.length === 0) return "No file declares any. Add it under 'environments' in one file.";
  const near = suggest(name, declared);
  const guess = near === undefined ? '' : `Did you mean '${near}'? `;
  return `${guess}The files declare: ${declared.join(', ')}.`;
}

function leftOut(member: string, missing: readonly string[]): Words {
  const names = missing.map((name) => `'${name}'`).join(', ');
  const none = member === 'expiry' || member === 'lifetime' ? ", or 'none' to leave it out there" : '';
  return {
    code: 'ENVIRONMENT_LEFT_OUT',
    summary: `'${member}' has no value for ${names}`,
    detail: `Give a value for each environment of the entry${none}.`,
  };
}
