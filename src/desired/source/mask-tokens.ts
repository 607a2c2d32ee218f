import type { Span, Words } from './source-file.ts';

/** What JSON looks like in Base64, as encrypted tokens do; and any Base64 too long to be something else. */
const tokenLike = /eyJ[\w+/=.-]{6,}|[A-Za-z0-9+/]{64,}={0,2}/g;
/** What no token has in it. */
const between = /[^\w+/=.-]/;

/** Puts stars over what may be a token, character by character, so that no offset moves. */
export function maskTokens(text: string): string {
  return text.replace(tokenLike, (token) => '*'.repeat(token.length));
}

export function maskWords(words: Words): Words {
  return { ...words, summary: maskTokens(words.summary), detail: maskTokens(words.detail) };
}

/** The stretch with the whole of what it cuts through: half a token might not look like one. */
export function withWholeWords(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from > 0 && !between.test(text.charAt(from - 1))) from -= 1;
  while (to < text.length && !between.test(text.charAt(to))) to += 1;
  return { start: from, end: to };
}
