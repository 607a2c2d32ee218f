import type { Body } from './body.ts';
import { requestedLimit, writeCursor, type Position, type Search } from './search.ts';
import type { Tenant } from '../state/tenant.ts';
import { complete, type Wire } from './wire.ts';

/** One page of what was found: the vendor's `UsersPage` or `GroupsPage`. */
export function pageOf<T>(
  found: readonly T[],
  position: Position,
  request: { readonly body: Body; readonly tenant: Tenant },
  onWire: (entry: T) => Wire,
): Wire {
  const { body, tenant } = request;
  const limit = requestedLimit(body, tenant.pageSizeMax);
  const { search, offset } = position;
  const end = offset + limit;
  const paging = {
    limit,
    nextCursor: end < found.length ? writeCursor({ search, offset: end }) : undefined,
    prevCursor: offset > 0 ? writeCursor({ search, offset: Math.max(0, offset - limit) }) : undefined,
  };
  return { paging: complete(paging, tenant), results: found.slice(offset, end).map(onWire) };
}

/** Sorts by the text that `textOf` gives, by code units, so that a listing's order does not hang on a locale. */
export function ordered<T>(
  entries: readonly T[],
  orderBy: Search['orderBy'],
  textOf: (entry: T) => string,
): readonly T[] {
  if (!orderBy) return entries;
  const sign = orderBy.direction === 'ascending' ? 1 : -1;
  return entries
    .map((entry) => ({ entry, text: textOf(entry) }))
    .toSorted((a, b) => sign * (a.text < b.text ? -1 : Number(a.text > b.text)))
    .map(({ entry }) => entry);
}
