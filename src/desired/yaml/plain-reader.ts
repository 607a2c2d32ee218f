import { PlainEntries } from './plain-entries.ts';
import type { PlainList, PlainMap, PlainMember, PlainNode } from './plain-node.ts';
import { matchEnd, readKey, readScalar } from './plain-scalar.ts';
import type { Span } from '../source/source-file.ts';

const blank = / */y;
const flowBlank = /[ \n]*/y;
const restOfLine = /(?: +#[^\n]*| *)(?:\n|$)/y;
const deepest = 16;
/** How deep in the file the list of entries stands, and nothing else. */
const depthOfEntries = 1;

/**
 * Reads YAML as most people and programs write it: block mappings and lists, scalars of one line, flow collections and
 * with them JSON. Every method returns undefined at the first thing beyond; what that is, the reference must say.
 */
export class PlainReader {
  readonly #text: string;
  readonly #entries = new PlainEntries();
  /** Where the next line with content has its first character that is not a space. */
  #at = 0;
  /** The column of that character; -1 at the end of the file. */
  #indent = 0;
  /** The greatest column of the comments that stand alone in the lines before; -1 where there are none. */
  #comment = -1;
  /** Where the block ends that was read last, with what belongs to it of the lines after. */
  #blockEnd = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The whole file. The list of entries has no items in it: they are in `entries`. */
  readFile(): { readonly root: PlainMap; readonly entries: PlainEntries } | undefined {
    const root = this.#readRoot();
    return root === undefined || this.#indent !== -1 ? undefined : { root, entries: this.#entries };
  }

  /** Reads an entry again that was read before. */
  readEntry({ start, end }: Span): PlainNode {
    const node = this.#opensFlow(start)
      ? this.#readFlow(start, -1, depthOfEntries + 1)
      : this.#readCompactMap(start, start - this.#text.lastIndexOf('\n', start - 1) - 1, depthOfEntries + 1);
    return node ?? { kind: 'scalar', start, end, value: '' };
  }

  #readRoot(): PlainMap | undefined {
    this.#nextLine(this.#text.startsWith('---\n') ? 4 : 0);
    if (this.#indent !== 0) return undefined;
    if (this.#text[this.#at] !== '{') return this.#readMap(0, 0);
    const root = this.#readFlowMap(this.#at, -1, 0);
    return root !== undefined && this.#endLine(root.end) ? root : undefined;
  }

  /** Goes to the next line that has more than a comment. */
  #nextLine(from: number): void {
    this.#comment = -1;
    for (let lineStart = from; ;) {
      const at = matchEnd(blank, this.#text, lineStart);
      const first = this.#text[at];
      if (first === '#') this.#comment = Math.max(this.#comment, at - lineStart);
      if (first !== '\n' && first !== '#') {
        this.#at = at;
        this.#indent = first === undefined ? -1 : at - lineStart;
        return;
      }
      const end = this.#text.indexOf('\n', at);
      lineStart = end === -1 ? this.#text.length : end + 1;
    }
  }

  /** Ends the line behind a value; false where more stands there than a comment. */
  #endLine(from: number): boolean {
    const end = matchEnd(restOfLine, this.#text, from);
    if (end === -1) return false;
    this.#blockEnd = end;
    this.#nextLine(end);
    return true;
  }

  /**
   * Ends a block where the line begins that does not belong to it. Comments above that line which are indented as the
   * block is count as its end for the blocks around it; so the `yaml` package places them.
   */
  #close(indent: number): number {
    const end = this.#blockEnd;
    if (indent > 0 && this.#comment >= indent) {
      this.#blockEnd = this.#at;
      this.#comment = -1;
    }
    return end;
  }

  #readMap(indent: number, depth: number): PlainMap | undefined {
    if (depth > deepest) return undefined;
    const start = this.#at;
    const members: PlainMember[] = [];
    do {
      const member = this.#readMember(indent, depth);
      if (member === undefined) return undefined;
      members.push(member);
    } while (this.#indent === indent);
    return this.#indent > indent ? undefined : { kind: 'map', start, end: this.#close(indent), members };
  }

  #readMember(indent: number, depth: number): PlainMember | undefined {
    const key = readKey(this.#text, this.#at);
    if (key === undefined) return undefined;
    const { start, end } = key;
    const name = String(key.value);
    const inner = depthBelow(depth, name);
    const value = this.#endLine(end + 1) ? this.#readNested(indent, inner) : this.#readInline(end + 1, indent, inner);
    return value && { name, start, end, value };
  }

  /** A block below its member's name. A list may stand as far left as the name does. */
  #readNested(indent: number, depth: number): PlainNode | undefined {
    const inner = this.#indent;
    if (inner >= indent && this.#text.startsWith('- ', this.#at)) return this.#readList(inner, depth);
    return inner > indent ? this.#readMap(inner, depth) : undefined;
  }

  #readList(indent: number, depth: number): PlainList | undefined {
    if (depth > deepest) return undefined;
    const start = this.#at;
    const items: PlainNode[] = [];
    do {
      const at = matchEnd(blank, this.#text, this.#at + 1);
      const item =
        this.#readCompactMap(at, indent + at - this.#at, depth + 1) ?? this.#readInline(at - 1, indent, depth + 1);
      if (item === undefined || !this.#take(item, items, depth)) return undefined;
    } while (this.#indent === indent && this.#text.startsWith('- ', this.#at));
    return this.#indent > indent ? undefined : { kind: 'list', start, end: this.#close(indent), items };
  }

  /** An item that begins with a member's name. */
  #readCompactMap(at: number, column: number, depth: number): PlainMap | undefined {
    const key = readKey(this.#text, at);
    if (key === undefined || !isBlank(this.#text[key.end + 1])) return undefined;
    this.#at = at;
    this.#indent = column;
    return this.#readMap(column, depth);
  }

  /** A value in the line of its name or dash, at least one space behind it. */
  #readInline(from: number, indent: number, depth: number): PlainNode | undefined {
    const start = matchEnd(blank, this.#text, from);
    if (start === from) return undefined;
    const value = this.#opensFlow(start)
      ? this.#readFlow(start, indent, depth)
      : readScalar(this.#text, start, 'block');
    // A comment that is indented more than the block belongs to the value above it, if to anything.
    return value === undefined || !this.#endLine(value.end) || this.#comment > indent ? undefined : value;
  }

  #opensFlow(at: number): boolean {
    return this.#text[at] === '{' || this.#text[at] === '[';
  }

  #readFlow(start: number, indent: number, depth: number): PlainNode | undefined {
    if (depth > deepest) return undefined;
    if (this.#text[start] === '{') return this.#readFlowMap(start, indent, depth);
    if (this.#text[start] === '[') return this.#readFlowList(start, indent, depth);
    return readScalar(this.#text, start, 'flow');
  }

  #readFlowMap(start: number, indent: number, depth: number): PlainMap | undefined {
    const members: PlainMember[] = [];
    const end = this.#readFlowParts(start, '}', indent, (at) => {
      const key = readKey(this.#text, at);
      if (key === undefined) return undefined;
      const valueAt = matchEnd(blank, this.#text, key.end + 1);
      if (valueAt === key.end + 1 && !isQuote(this.#text[at])) return undefined;
      const name = String(key.value);
      const value = this.#readFlow(valueAt, indent, depthBelow(depth, name));
      if (value !== undefined) members.push({ name, start: key.start, end: key.end, value });
      return value?.end;
    });
    return end === undefined ? undefined : { kind: 'map', start, end, members };
  }

  #readFlowList(start: number, indent: number, depth: number): PlainList | undefined {
    const items: PlainNode[] = [];
    const end = this.#readFlowParts(start, ']', indent, (at) => {
      const item = this.#readFlow(at, indent, depth + 1);
      return item !== undefined && this.#take(item, items, depth) ? item.end : undefined;
    });
    return end === undefined ? undefined : { kind: 'list', start, end, items };
  }

  /** What stands between the brackets, part by part; `readPart` says where its part ends. */
  #readFlowParts(
    start: number,
    closing: ']' | '}',
    indent: number,
    readPart: (at: number) => number | undefined,
  ): number | undefined {
    let at = this.#skipFlow(start + 1, indent);
    if (this.#text[at] === closing) return at + 1;
    for (;;) {
      const end = readPart(at);
      if (end === undefined) return undefined;
      at = this.#skipFlow(end, indent);
      if (this.#text[at] === closing) return at + 1;
      if (this.#text[at] !== ',') return undefined;
      at = this.#skipFlow(at + 1, indent);
    }
  }

  /** Over spaces and line breaks; to the end of the file where a line is indented too little. */
  #skipFlow(from: number, indent: number): number {
    const at = matchEnd(flowBlank, this.#text, from);
    const lineBreak = this.#text.slice(from, at).lastIndexOf('\n');
    return lineBreak >= 0 && at - from - lineBreak - 1 <= indent ? this.#text.length : at;
  }

  #take(item: PlainNode, items: PlainNode[], depth: number): boolean {
    return depth === depthOfEntries ? this.#entries.add(item) : items.push(item) > 0;
  }
}

function depthBelow(depth: number, name: string): number {
  return depth === 0 && name !== 'enrollments' ? depthOfEntries + 1 : depth + 1;
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === undefined;
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'";
}
