import type { DesiredState, Enrollment } from '../../model/enrollment.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { InputError } from '../process/command-error.ts';
import type { PlanningOptions } from '../process/options.ts';
import { namePattern, type NamePattern } from './name-pattern.ts';

/** Whom the flags choose. */
export interface Chosen {
  /** `targets`: nobody is read but those whom `--target` names. */
  readonly reach: 'everybody' | 'targets';
  readonly isTarget: (entry: Pick<Enrollment, 'user'>) => boolean;
  readonly isExcluded: (entry: Pick<Enrollment, 'user'>) => boolean;
  readonly flags: 'given' | 'missing';
}

/**
 * Reads `--target` and `--exclude`. Both take a user as the files name them, or a pattern with `*` and `?`.
 *
 * @throws InputError where one of them names nobody, or `--replace` an entry that they leave out.
 */
export function choose(
  { enrollments }: DesiredState,
  { target = [], exclude = [], replace = [] }: Pick<PlanningOptions, 'target' | 'exclude' | 'replace'>,
): Chosen {
  const [targets, excluded] = [target.map((name) => namePattern(name)), exclude.map((name) => namePattern(name))];
  const isTarget: Chosen['isTarget'] = ({ user }) => targets.length === 0 || fitsOne(targets, user.key);
  const isExcluded: Chosen['isExcluded'] = ({ user }) => fitsOne(excluded, user.key);
  const flags = targets.length + excluded.length === 0 ? 'missing' : 'given';
  if (flags === 'given') {
    const keys = [...new Set(enrollments.map(({ user }) => user.key))];
    const replaced = enrollments.filter((entry) => replace.includes(entry.key));
    const problems = [
      ...unknownNames('--target', targets, keys),
      ...unknownNames('--exclude', excluded, keys),
      ...replaced.filter((entry) => !isTarget(entry)).map(({ key }) => leftOutReplace(key, '--target')),
      ...replaced.filter((entry) => isExcluded(entry)).map(({ key }) => leftOutReplace(key, '--exclude')),
    ];
    if (problems.length > 0) throw new InputError(problems);
  }
  return { reach: targets.length === 0 ? 'everybody' : 'targets', isTarget, isExcluded, flags };
}

function fitsOne(patterns: readonly NamePattern[], key: string): boolean {
  return patterns.some(({ fits }) => fits(key));
}

function unknownNames(
  flag: '--target' | '--exclude',
  patterns: readonly NamePattern[],
  keys: readonly string[],
): readonly Diagnostic[] {
  const lost = patterns.filter(({ fits }) => !keys.some((key) => fits(key)));
  return lost.map(({ text }) => ({
    severity: 'error',
    code: 'UNKNOWN_NAME',
    summary: `no entry matches ${flag} "${text}"`,
    detail: 'Give the user as the file does: the login, uuid:… or externalId:…; or a pattern such as *@example.com.',
  }));
}

const hints = {
  '--target': 'Name its user with --target as well.',
  '--exclude': 'Remove one of the two.',
  '--owner': 'Name its owner with --owner.',
} as const;

export function leftOutReplace(key: string, flag: keyof typeof hints): Diagnostic {
  return {
    severity: 'error',
    code: 'UNKNOWN_NAME',
    summary: `--replace names "${key}", which ${flag} leaves out`,
    detail: hints[flag],
  };
}
