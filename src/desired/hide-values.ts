import { isAlias, isMap, isSeq, type Document, type Pair } from 'yaml';
import { members } from './generated/check-enrollments.generated.ts';
import { maskTokens } from './mask-tokens.ts';
import { spanOfNode } from './span-of-node.ts';
import type { Span } from './source-file.ts';

const membersOf: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(members));
const nowhere: Span = { start: 0, end: 0 };

/**
 * The text that messages may show, of the same length. Somebody may have written a token where a variable or a file
 * is named, or under a name of his own; so what stands where nothing of the kind belongs is not shown.
 */
export function hideValues(text: string, document: Document.Parsed): string {
  let shown = '';
  let done = 0;
  for (const { start, end } of hiddenSpans(document)) {
    shown += text.slice(done, start) + text.slice(start, end).replace(/[^\r\n]/g, '*');
    done = end;
  }
  return maskTokens(shown + text.slice(done));
}

function hiddenSpans(document: Document.Parsed): readonly Span[] {
  const spans: Span[] = [];
  const hide = (node: unknown): void => {
    const span = spanOfNode(node, nowhere);
    if (span.end > span.start) spans.push(span);
  };
  const walkPair = ({ key, value }: Pair, place: string): void => {
    const name = String(key);
    const known = membersOf.get(place);
    if (known?.includes(name) === true) walk(value, name);
    else if (known === undefined && !/token/i.test(name)) walk(value, 'free');
    else {
      if (place === 'token') hide(key);
      hide(value);
    }
  };
  const walk = (node: unknown, place: string): void => {
    if (isAlias(node)) return;
    if (place === 'enrollments' && isSeq(node)) for (const item of node.items) walk(item, 'entry');
    else if (isMap(node)) for (const pair of node.items) walkPair(pair, place);
    else if (membersOf.has(place) || place === 'enrollments') hide(node);
    else if (isSeq(node)) for (const item of node.items) walk(item, 'free');
  };
  walk(document.contents, 'file');
  return spans;
}
