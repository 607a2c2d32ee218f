import type { Diagnostic } from '../../model/diagnostic.ts';
import {
  usualBudgets,
  usualShortenHorizonSeconds,
  type Budgets,
  type DesiredState,
  type Limit,
  type Scope,
} from '../../model/enrollment.ts';
import { parseDuration } from '../../model/instant.ts';
import { placeName, placeOf } from '../../model/place.ts';
import type { FileHead } from './check-schema.ts';
import type {
  Budgets as WrittenBudgets,
  EnvironmentHead,
  Scope as WrittenScope,
} from '../generated/enrollments-file.generated.ts';
import { missingMember } from './missing-member.ts';
import type { ParsedFile } from '../source/parsed-file.ts';

/** The part of a file that is not its entries. */
export interface PlacedHead {
  readonly head: FileHead;
  readonly parsed: ParsedFile;
}

type Merged = Pick<
  DesiredState,
  'tenant' | 'scope' | 'unmatched' | 'missingUsers' | 'budgets' | 'shortenHorizonSeconds' | 'protect'
>;

const onlyOnce = ['tenant', 'scope', 'unmatched', 'missingUsers', 'budgets', 'shortenHorizon'] as const;

/** What holds for all files, wherever it stands. */
export function mergeHeads(
  heads: readonly PlacedHead[],
  environment?: EnvironmentHead,
): {
  readonly merged: Merged;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics = [...onlyOnce.flatMap((member) => twice(member, heads)), ...heads.flatMap(scopeErrors)];
  const first = <K extends keyof FileHead>(member: K): FileHead[K] | undefined =>
    heads.find(({ head }) => head[member] !== undefined)?.head[member];
  const scoped = heads.find(({ head }) => head.scope !== undefined);
  return {
    merged: {
      tenant: { ...first('tenant'), ...environment?.tenant },
      scope: scopeOf(scoped),
      unmatched: first('unmatched') ?? 'keep',
      missingUsers: first('missingUsers') ?? 'error',
      budgets: budgetsOf(first('budgets') ?? {}),
      shortenHorizonSeconds: parseDuration(first('shortenHorizon') ?? '') ?? usualShortenHorizonSeconds,
      protect: protectedIn(heads),
    },
    diagnostics,
  };
}

/** Of a name that stands there twice, the first place. */
function protectedIn(heads: readonly PlacedHead[]): DesiredState['protect'] {
  const places = heads.flatMap(({ head, parsed: { source, spanOf } }) =>
    (head.protect ?? []).map(
      (name, index) => [userKey(name), source.rangeOf(spanOf(['protect', index], 'value'))] as const,
    ),
  );
  return new Map(places.toReversed());
}

function twice(member: (typeof onlyOnce)[number], heads: readonly PlacedHead[]): readonly Diagnostic[] {
  const [first, ...others] = heads.filter(({ head }) => head[member] !== undefined);
  if (first === undefined) return [];
  const range = first.parsed.source.rangeOf(first.parsed.spanOf([member], 'key'));
  return others.map(({ parsed }) =>
    parsed.diagnose(
      {
        code: 'HEAD_TWICE',
        summary: `'${member}' may stand in one file only`,
        detail: `It stands at ${placeName(placeOf(range))} too. Keep one of the two.`,
      },
      [member],
      'key',
    ),
  );
}

function scopeErrors({ head: { scope }, parsed }: PlacedHead): readonly Diagnostic[] {
  if (scope === undefined) return [];
  const missing: string[] = [];
  if (scope.users === 'group' && scope.group === undefined) missing.push('group');
  if (scope.users !== 'listed' && scope.onRemove === undefined) missing.push('onRemove');
  const needless = scopeMembers.filter((member) => member in scope && !allowedMembers[scope.users].has(member));
  return [
    ...missing.map((member) => parsed.diagnose(missingMember(member), ['scope'])),
    ...needless.map((member) =>
      parsed.diagnose(
        {
          code: 'MEMBER_OF_OTHER_SCOPE',
          summary: `'${member}' says nothing with users: ${scope.users}`,
          detail: 'Remove it.',
        },
        ['scope', member],
        'key',
      ),
    ),
  ];
}

const scopeMembers = ['group', 'onRemove'] as const;
const allowedMembers: Readonly<Record<WrittenScope['users'], ReadonlySet<string>>> = {
  listed: new Set(),
  group: new Set(['group', 'onRemove']),
  tenant: new Set(['onRemove']),
};

/** A scope with errors ends as `listed`; no state is made of it. */
function scopeOf(placed: PlacedHead | undefined): Scope {
  const scope = placed?.head.scope;
  if (placed === undefined || scope?.onRemove === undefined) return { users: 'listed' };
  const { onRemove, group } = scope;
  const range = placed.parsed.source.rangeOf(placed.parsed.spanOf(['scope'], 'value'));
  if (scope.users === 'tenant') return { users: 'tenant', onRemove, range };
  return group === undefined ? { users: 'listed' } : { users: 'group', group, onRemove, range };
}

function budgetsOf(written: WrittenBudgets): Budgets {
  return {
    delete: limitOf(written.delete, usualBudgets.delete),
    disable: limitOf(written.disable, usualBudgets.disable),
    shorten: limitOf(written.shorten, usualBudgets.shorten),
    email: limitOf(written.email, usualBudgets.email),
    update: limitOf(written.update, undefined),
  };
}

function limitOf<U extends Limit | undefined>(written: number | string | undefined, usual: U): Limit | U {
  if (written === undefined) return usual;
  return typeof written === 'number'
    ? { unit: 'count', value: written }
    : { unit: 'share', value: Number(written.slice(0, -1)) / 100 };
}

/** Logins count whatever their case; ids as they are. */
function userKey(name: string): string {
  return /^(uuid|externalId):/.test(name) ? name : name.toLowerCase();
}
