import { members } from '../generated/check-enrollments.generated.ts';
import type { Span } from './source-file.ts';

const membersOf: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(members));

/** The parts of a node; an alias has none, and what it stands for is judged where that stands. */
export type Parts<Node> =
  | { readonly kind: 'map'; readonly members: readonly MemberParts<Node>[] }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'scalar' }
  | { readonly kind: 'alias' };

/** The span is that of the name. */
interface MemberParts<Node> extends Span {
  readonly name: string;
  readonly value: Node;
}

/** How the nodes of one of the readers are looked into. */
export interface Tree<Node> {
  readonly partsOf: (node: Node) => Parts<Node>;
  readonly spanOf: (node: Node) => Span;
}

/**
 * What messages may not show, in the order of the file. Somebody may have written a token where a variable or a file is
 * named, or under a name of his own; so what stands where nothing of the kind belongs is not shown.
 */
export function hiddenSpans<Node>(top: Node, place: 'file' | 'entry', tree: Tree<Node>): readonly Span[] {
  const spans: Span[] = [];
  const hide = (span: Span): void => {
    if (span.end > span.start) spans.push(span);
  };
  const walkMember = (member: MemberParts<Node>, holder: string): void => {
    const { name, value } = member;
    const known = membersOf.get(holder);
    if (known?.includes(name) === true) walk(value, name);
    else if (known === undefined && !/token/i.test(name)) walk(value, 'free');
    else {
      if (holder === 'token') hide(member);
      hide(tree.spanOf(value));
    }
  };
  const walk = (node: Node, at: string): void => {
    const parts = tree.partsOf(node);
    if (parts.kind === 'alias') return;
    if (at === 'enrollments' && parts.kind === 'list') for (const item of parts.items) walk(item, 'entry');
    else if (parts.kind === 'map') for (const member of parts.members) walkMember(member, at);
    else if (membersOf.has(at) || at === 'enrollments') hide(tree.spanOf(node));
    else if (parts.kind === 'list') for (const item of parts.items) walk(item, 'free');
  };
  walk(top, place);
  return spans;
}

/**
 * Puts stars over what is hidden of a stretch of the text; line breaks stay, and no offset moves.
 *
 * @param hidden spans that have a part in the stretch, in the order of the file; none overlaps another.
 */
export function hide(text: string, { start, end }: Span, hidden: readonly Span[]): string {
  let shown = '';
  let done = start;
  for (const span of hidden) {
    const from = Math.max(done, span.start);
    const to = Math.min(end, span.end);
    shown += text.slice(done, from) + text.slice(from, to).replace(/[^\r\n]/g, '*');
    done = to;
  }
  return shown + text.slice(done, end);
}
