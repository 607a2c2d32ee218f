import type { Parsed, Path } from '../source/parsed-file.ts';
import type { Style } from './value-text.ts';
import { isObject } from './value.ts';

/** How the lines of a file end. */
export function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** How the mapping or list at a path is written. */
export function styleOf({ file }: Parsed, path: Path): Style {
  const { text } = file.source;
  const at = file.spanOf(path, 'value').start;
  if (!isFlow(text, at)) return 'block';
  return /^\{\s*"/.test(text.slice(at, at + 200)) ? 'json' : 'flow';
}

function isFlow(text: string, at: number): boolean {
  return text[at] === '{' || text[at] === '[';
}

/** Where the value at a path ends: of a block, its last character that is not a line break or a comment. */
export function endOf(parsed: Parsed, path: Path, value: unknown): number {
  const { file } = parsed;
  const { text } = file.source;
  const { start, end } = file.spanOf(path, 'value');
  const last = isFlow(text, start) || text[start] === '*' ? undefined : lastPart(parsed, path, value);
  if (last !== undefined) return endOf(parsed, last.path, last.value);
  return text.slice(start, end).trimEnd().length + start;
}

interface Part {
  readonly path: Path;
  readonly value: unknown;
}

function lastPart({ file }: Parsed, path: Path, value: unknown): Part | undefined {
  if (Array.isArray(value)) {
    return value.map((inner: unknown, index): Part => ({ path: [...path, index], value: inner })).at(-1);
  }
  if (!isObject(value)) return undefined;
  let last: Part | undefined;
  let furthest = -1;
  for (const [name, inner] of Object.entries(value)) {
    const part = { path: [...path, name], value: inner };
    const { start } = file.spanOf(part.path, 'key');
    if (start > furthest) [last, furthest] = [part, start];
  }
  return last;
}

/** The end of the line that a place is in, before what breaks it: a comment at its end stays with it. */
export function endOfLine(text: string, at: number): number {
  const next = text.indexOf('\n', at);
  const end = next === -1 ? text.length : next;
  return text[end - 1] === '\r' && end > at ? end - 1 : end;
}

/** Spaces that stand before a place in its line, or would if only spaces did. */
export function indentAt(text: string, at: number): string {
  return ' '.repeat(at - (text.lastIndexOf('\n', at - 1) + 1));
}
