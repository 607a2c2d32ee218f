import type { Span } from './source-file.ts';

/** What no token has in it. */
const between = /[^\w+/=.-]/;

/** The stretch with the whole of what it cuts through: half a token might not look like one. */
export function withWholeWords(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from > 0 && !between.test(text.charAt(from - 1))) from -= 1;
  while (to < text.length && !between.test(text.charAt(to))) to += 1;
  return { start: from, end: to };
}
