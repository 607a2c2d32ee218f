import { suggest } from '../../model/values/suggest.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { cellsOf, type Csv } from '../csv/read-csv.ts';
import type { Value } from '../edit/value.ts';
import { isProperty, properties, rankOf, valueFor } from './properties.ts';

/** Which property gets its value from where, as the command line says it. */
export interface Columns {
  /** Such as `user=email,flow=Type`. Without any, columns are used whose names are properties. */
  readonly map?: readonly string[] | undefined;
  /** Such as `flow=mobile`. */
  readonly set?: readonly string[] | undefined;
  /** Name of the column whose value decides the file. */
  readonly splitBy?: string | undefined;
}

/** Where one property comes from: a column, a constant where its cell is empty, or the constant alone. */
export interface Source {
  readonly property: string;
  /** Its index in each row. */
  readonly column: number | undefined;
  readonly constant: Value | undefined;
}

export interface Mapping {
  readonly sources: readonly Source[];
  /** Index of the column that decides the file. */
  readonly splitBy: number | undefined;
}

/** The mapping, or all that is wrong with it. */
export function readMapping({ header }: Csv, { map, set = [], splitBy }: Columns): Mapping | readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  const pairOf = (text: string, flag: Flag): readonly [string, string] => {
    const [, property = '', value = ''] = /^\s*([^=]*?)\s*=(.*)$/s.exec(text) ?? [];
    if (!isProperty(property)) problems.push(notAProperty(flag, text, property));
    return [property, value.trim()];
  };
  const columnOf = (name: string): number => {
    const at = header.indexOf(name);
    if (at === -1 || header.lastIndexOf(name) !== at) problems.push(noColumn(name, at, header));
    return at;
  };
  const named = map?.flatMap(cellsOf).map((text) => pairOf(text, '--map')) ?? identity(header);
  const columns = named.map(([property, name]) => [property, columnOf(name)] as const);
  const constants = set.map((text) => pairOf(text, '--set'));
  for (const [flag, pairs] of [['--map', columns] as const, ['--set', constants] as const]) {
    const names = pairs.map(([property]) => property);
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice !== undefined) problems.push(problem(`${flag} gives '${twice}' twice`, 'Give each property once.'));
  }
  const split = splitBy === undefined ? undefined : columnOf(splitBy);
  const byProperty = new Map(columns);
  const constantOf = new Map(constants.map(([property, text]) => [property, valueFor(property, text)]));
  const given = [...new Set([...byProperty.keys(), ...constantOf.keys()])];
  if (problems.length === 0 && !given.some((name) => /^(?:user|uuid|externalId)$/.test(name))) {
    problems.push(noUser(header));
  }
  if (problems.length > 0) return problems;
  const sorted = given.toSorted((left, right) => rankOf(left) - rankOf(right));
  return {
    sources: sorted.map((property) => ({
      property,
      column: byProperty.get(property),
      constant: constantOf.get(property),
    })),
    splitBy: split,
  };
}

function identity(header: readonly string[]): readonly (readonly [string, string])[] {
  return header.filter(isProperty).map((name) => [name, name]);
}

function problem(summary: string, detail: string): Diagnostic {
  return { severity: 'error', code: 'CSV_COLUMN', summary, detail };
}

function notAProperty(flag: Flag, text: string, property: string): Diagnostic {
  if (!text.includes('=')) return problem(`${flag} has no '=' in '${text}'`, usage[flag]);
  const near = suggest(property, properties);
  const guess = near === undefined ? '' : `Did you mean '${near}'? `;
  return problem(
    `${flag} names the unknown property '${property}'`,
    `${guess}Known: ${properties.join(', ')}, and annotations.NAME.`,
  );
}

type Flag = '--map' | '--set';

const usage: Readonly<Record<Flag, string>> = {
  '--map': 'Use PROPERTY=COLUMN, such as user=email.',
  '--set': 'Use PROPERTY=VALUE, such as flow=mobile.',
};

function noColumn(name: string, at: number, header: readonly string[]): Diagnostic {
  if (at !== -1) return problem(`the list has two columns '${name}'`, 'Rename one of them.');
  const near = suggest(name, header);
  const guess = near === undefined ? '' : `Did you mean '${near}'? `;
  return problem(`the list has no column '${name}'`, `${guess}Its columns are ${listed(header)}.`);
}

function noUser(header: readonly string[]): Diagnostic {
  return problem(
    'no column gives the user',
    `Pass --map user=COLUMN, or uuid or externalId. The columns are ${listed(header)}.`,
  );
}

function listed(header: readonly string[]): string {
  return header.map((name) => `'${name}'`).join(', ');
}
