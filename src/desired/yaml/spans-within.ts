import type { Span } from '../source/source-file.ts';

/** Those of the spans that have a part in the stretch; they come in the order of the file, and none overlaps another. */
export function spansWithin<S extends Span>(spans: readonly S[], { start, end }: Span): readonly S[] {
  const from = firstAfter(spans.length, (index) => Number(spans[index]?.end), start);
  const found: S[] = [];
  for (let span = spans[from]; span !== undefined && span.start < end; span = spans[from + found.length]) {
    found.push(span);
  }
  return found;
}

/** The first of so many spans that ends behind the offset, by bisection. */
export function firstAfter(count: number, endOf: (index: number) => number, offset: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endOf(middle) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
