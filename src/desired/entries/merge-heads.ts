import type { Diagnostic } from '../../model/diagnostic.ts';
import {
  usualBudgets,
  usualShortenHorizonSeconds,
  type Budgets,
  type DesiredState,
  type Limit,
  type Owner,
  type Rules,
  type Scope,
} from '../../model/enrollment.ts';
import { parseDuration } from '../../model/instant.ts';
import { placeName, placeOf, type SourceRange } from '../../model/place.ts';
import { compareText } from '../../model/values/order.ts';
import type { FileHead } from './check-schema.ts';
import type {
  Budgets as WrittenBudgets,
  EnvironmentHead,
  Scope as WrittenScope,
} from '../generated/enrollments-file.generated.ts';
import { missingMember } from './missing-member.ts';
import { ownerRules, type FileOwner } from './owners.ts';
import type { ParsedFile } from '../source/parsed-file.ts';

/** The part of a file that is not its entries. */
export interface PlacedHead {
  readonly head: FileHead;
  readonly parsed: ParsedFile;
  /** Whose file it is. */
  readonly owner?: FileOwner | undefined;
  readonly entries: readonly unknown[];
}

type Merged = Rules & Pick<DesiredState, 'tenant' | 'owners' | 'totals' | 'shortenHorizonSeconds' | 'protect'>;

const onlyOnce = ['tenant', 'shortenHorizon'] as const;

/** What holds for all files, wherever it stands, and what holds for those of each owner. */
export function mergeHeads(
  heads: readonly PlacedHead[],
  environment?: EnvironmentHead,
): {
  readonly merged: Merged;
  readonly diagnostics: readonly Diagnostic[];
} {
  const ofNobody = heads.filter(({ owner }) => owner === undefined);
  const owned = ownersIn(heads);
  const groups = [ofNobody, ...owned.map(({ files }) => files)];
  const diagnostics = [
    ...onlyOnce.flatMap((member) => twice(member, heads)),
    ...groups.flatMap((group) => ownerRules.flatMap((member) => twice(member, group))),
    ...heads.flatMap(scopeErrors),
  ];
  const owners = owned.map(({ name, range, files }): Owner => ({ name, range, ...inherited(files, ofNobody) }));
  const run = {
    tenant: { ...first(heads, 'tenant'), ...environment?.tenant },
    shortenHorizonSeconds: parseDuration(first(heads, 'shortenHorizon') ?? '') ?? usualShortenHorizonSeconds,
    protect: protectedIn(heads),
  };
  const [only, another] = owners;
  if (only === undefined) return { merged: { ...run, ...rulesOf(ofNobody) }, diagnostics };
  // What one team alone asks for is what it would be without the name of an owner; its scope is still its own.
  const isAlone = another === undefined && !ofNobody.some(asksForSomething);
  const totals = first(ofNobody, 'budgets') === undefined ? 'summed' : 'stated';
  return {
    merged: {
      ...run,
      ...(isAlone ? { ...rulesOf(heads), scope: { users: 'listed' } } : rulesOf(ofNobody)),
      owners,
      totals,
    },
    diagnostics,
  };
}

interface OwnedHeads {
  readonly name: string;
  readonly range: SourceRange;
  readonly files: readonly PlacedHead[];
}

/** In the order of their names, each with the first place that has it. */
function ownersIn(heads: readonly PlacedHead[]): readonly OwnedHeads[] {
  const byName = new Map<string, OwnedHeads>();
  for (const head of heads) {
    if (head.owner === undefined) continue;
    const { name, range } = head.owner;
    const others = byName.get(name);
    const isFirst = others === undefined || placeOrder(range, others.range) < 0;
    byName.set(name, { name, range: isFirst ? range : others.range, files: [...(others?.files ?? []), head] });
  }
  return [...byName.values()].toSorted((a, b) => compareText(a.name, b.name));
}

function placeOrder(a: SourceRange, b: SourceRange): number {
  return compareText(a.filename, b.filename);
}

function asksForSomething({ head, entries }: PlacedHead): boolean {
  return entries.length > 0 || ownerRules.some((member) => head[member] !== undefined);
}

function first<K extends keyof FileHead>(heads: readonly PlacedHead[], member: K): FileHead[K] | undefined {
  return heads.find(({ head }) => head[member] !== undefined)?.head[member];
}

function rulesOf(heads: readonly PlacedHead[]): Rules {
  return {
    scope: scopeOf(heads.find(({ head }) => head.scope !== undefined)),
    unmatched: first(heads, 'unmatched') ?? 'keep',
    missingUsers: first(heads, 'missingUsers') ?? 'error',
    budgets: budgetsOf(first(heads, 'budgets') ?? {}),
  };
}

/** What an owner does not say of leftovers and missing users is as files without an owner have it. */
function inherited(files: readonly PlacedHead[], ofNobody: readonly PlacedHead[]): Rules {
  const rules = rulesOf(files);
  return {
    ...rules,
    unmatched: first(files, 'unmatched') ?? first(ofNobody, 'unmatched') ?? rules.unmatched,
    missingUsers: first(files, 'missingUsers') ?? first(ofNobody, 'missingUsers') ?? rules.missingUsers,
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

function twice(
  member: (typeof onlyOnce | typeof ownerRules)[number],
  heads: readonly PlacedHead[],
): readonly Diagnostic[] {
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
