import { badRequest, objectBody, optionalFlag, optionalList, optionalText, requiredText, type Body } from './body.ts';
import { isRecord } from '../state/record.ts';

/** One condition of a search; a search's conditions must all hold. */
export interface Condition {
  readonly name: string;
  readonly operator: string;
  readonly value: string;
}

/** What a listing is asked for, apart from which page of it. */
export interface Search {
  readonly conditions: readonly Condition[];
  readonly orderBy: { readonly name: string; readonly direction: 'ascending' | 'descending' } | undefined;
}

/** Where a page begins. It goes back and forth as the cursor, which is opaque to callers. */
export interface Position {
  readonly search: Search;
  readonly offset: number;
}

/** The vendor's range for `limit`. */
const limitMax = 100;

/** Ways to compare text; every one ignores case. */
const textOperators: ReadonlyMap<string, (text: string, value: string) => boolean> = new Map([
  ['EQUALS', (text: string, value: string) => text === value],
  ['CONTAINS', (text: string, value: string) => text.includes(value)],
  ['STARTS_WITH', (text: string, value: string) => text.startsWith(value)],
  ['ENDS_WITH', (text: string, value: string) => text.endsWith(value)],
]);

/**
 * A test of whether one of an entry's names fits a text condition. NOT_EQUALS and NOT_CONTAINS hold if no name fits.
 *
 * @throws Refusal (400) for an operator that does not compare text.
 */
export function textTest({ name, operator, value }: Condition): (names: readonly string[]) => boolean {
  const compare = textOperators.get(operator.replace(/^NOT_/, ''));
  const negated = operator === 'NOT_EQUALS' || operator === 'NOT_CONTAINS';
  if (!compare || (operator.startsWith('NOT_') && !negated)) throw unfit(name, operator);
  const folded = value.toLowerCase();
  return (names) => names.some((text) => compare(text.toLowerCase(), folded)) !== negated;
}

export function unfit(name: string, operator: string): Error {
  return badRequest(`${name} cannot be searched with ${operator}.`);
}

/** Which page is asked for. With a cursor the search's own members are ignored, as the vendor documents. */
export function requestedPosition(body: Body): Position {
  const cursor = optionalText(body, 'cursor');
  if (cursor !== undefined) return readCursor(cursor);
  return {
    search: { conditions: optionalList(body, 'searchByAttributes').map(condition), orderBy: order(body) },
    offset: 0,
  };
}

/** How many entries a page may have at most: `limit` within the server's own cap. */
export function requestedLimit(body: Body, pageSizeMax: number): number {
  const limit = body['limit'] ?? limitMax;
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > limitMax) {
    throw badRequest(`limit must be between 1 and ${limitMax}.`);
  }
  return Math.min(limit, pageSizeMax);
}

export function writeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function readCursor(cursor: string): Position {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (isRecord(value) && typeof value['offset'] === 'number' && isRecord(value['search'])) {
      const { conditions, orderBy } = value['search'];
      if (Array.isArray(conditions)) {
        return {
          search: { conditions: conditions.map(condition), orderBy: writtenOrder(orderBy) },
          offset: value['offset'],
        };
      }
    }
  } catch {
    // Not ours: told to the caller below.
  }
  throw badRequest('The cursor is not one of ours.');
}

function condition(value: unknown): Condition {
  const body = objectBody(value);
  return {
    name: requiredText(body, 'name'),
    operator: requiredText(body, 'operator'),
    value: optionalText(body, 'value') ?? '',
  };
}

function order(body: Body): Search['orderBy'] {
  const value = body['orderByAttribute'] ?? undefined;
  if (value === undefined) return undefined;
  const attribute = objectBody(value);
  const ascending = optionalFlag(attribute, 'ascending');
  if (ascending === undefined) throw badRequest('ascending cannot be null.');
  return { name: requiredText(attribute, 'name'), direction: ascending ? 'ascending' : 'descending' };
}

function writtenOrder(value: unknown): Search['orderBy'] {
  if (!isRecord(value)) return undefined;
  return {
    name: requiredText(value, 'name'),
    direction: value['direction'] === 'descending' ? 'descending' : 'ascending',
  };
}
