import { isNode } from 'yaml';
import type { Span } from '../source/source-file.ts';

/** Where a node stands; `otherwise` for what the parser did not read from the file. */
export function spanOfNode(node: unknown, otherwise: Span): Span {
  const range = isNode(node) ? node.range : undefined;
  return range ? { start: range[0], end: range[1] } : otherwise;
}
