import type { CST } from 'yaml';
import type { Span } from '../source/source-file.ts';

/** Where the nesting first goes deeper than `most`. The composer recurses, and would end the process far below. */
export function deeperThan(most: number, tokens: readonly CST.Token[]): Span | undefined {
  const left = tokens.map((token) => ({ token, depth: 0 }));
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    const { token, depth } = one;
    if (depth > most) return { start: token.offset, end: token.offset };
    for (const inner of innerTokens(token)) left.push({ token: inner, depth: depth + 1 });
  }
  return undefined;
}

function innerTokens(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value]).filter((inner) => inner != null);
}
