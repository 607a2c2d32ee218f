import type { Parsed, Path } from '../source/parsed-file.ts';
import { endOf, endOfLine, indentAt, newlineOf, styleOf } from './layout.ts';
import type { Splice } from './splice.ts';
import { compact, isObject, isSame, type Members, type Value } from './value.ts';
import { memberText, quotedLike, valueText, type Style } from './value-text.ts';

/** Puts members into the mapping at a path: an inner mapping first, so that at one place the deepest comes first. */
export function mergeSplices(parsed: Parsed, path: Path, members: Members): readonly Splice[] {
  const old = valueAt(parsed.value, path);
  if (!isObject(old)) return [];
  const wanted = Object.entries(compact(members));
  const inPlace = wanted.flatMap(([name, value]) => {
    const before = old[name];
    return before === undefined || isSame(before, value) ? [] : changeSplices(parsed, [...path, name], value);
  });
  const added = wanted.filter(([name]) => old[name] === undefined);
  return added.length === 0 ? inPlace : [...inPlace, insertion(parsed, { path, old }, added)];
}

function changeSplices(parsed: Parsed, path: Path, value: Value): readonly Splice[] {
  const { file } = parsed;
  const before = valueAt(parsed.value, path);
  const { start } = file.spanOf(path, 'value');
  const { text } = file.source;
  // What an alias stands for has other users: the alias goes, not that.
  if (isObject(before) && isObject(value) && text[start] !== '*') return mergeSplices(parsed, path, value);
  const whole = isObject(before) && isObject(value) ? { ...before, ...value } : value;
  const end = endOf(parsed, path, before);
  const style = styleOf(parsed, path.slice(0, -1));
  return [{ start, end, text: quotedLike(text.slice(start, end), whole, inline(style)) }];
}

/** Puts one member in the place of another. */
export function renameSplices(
  parsed: Parsed,
  path: Path,
  { from, to, value }: { readonly from: string; readonly to: string; readonly value: Value },
): readonly Splice[] {
  const { file } = parsed;
  const { start } = file.spanOf([...path, from], 'key');
  const old = file.source.text.slice(start, start + from.length + 1);
  const quote = /^["']/.exec(old)?.[0] ?? '';
  const name = { start, end: start + from.length + 2 * quote.length, text: `${quote}${to}${quote}` };
  return [name, ...changeSplices(parsed, [...path, from], value)];
}

interface Mapping {
  readonly path: Path;
  readonly old: Readonly<Record<string, unknown>>;
}

function insertion(parsed: Parsed, mapping: Mapping, added: readonly (readonly [string, Value])[]): Splice {
  const { path, old } = mapping;
  const { text } = parsed.file.source;
  const style = styleOf(parsed, path);
  const [first] = Object.keys(old);
  if (first === undefined) {
    const { start, end } = parsed.file.spanOf(path, 'value');
    return { start, end, text: valueText(Object.fromEntries(added), inline(styleOf(parsed, path.slice(0, -1)))) };
  }
  const lines = added.map(([name, value]) => memberText(name, value, inline(style)));
  if (style === 'block') {
    const at = endOfLine(text, endOf(parsed, path, old));
    const indent = indentAt(text, parsed.file.spanOf([...path, first], 'key').start);
    return { start: at, end: at, text: lines.map((line) => `${newlineOf(text)}${indent}${line}`).join('') };
  }
  const at = lastMemberEnd(parsed, mapping);
  const start = parsed.file.spanOf(path, 'value').start;
  const [, gap = ' '] = /^\{(\s*\n\s*)/.exec(text.slice(start, start + 200)) ?? [];
  return { start: at, end: at, text: lines.map((line) => `,${gap}${line}`).join('') };
}

function lastMemberEnd(parsed: Parsed, { path, old }: Mapping): number {
  return Math.max(...Object.keys(old).map((name) => endOf(parsed, [...path, name], old[name])));
}

function inline(style: Style): Style {
  return style === 'json' ? 'json' : 'flow';
}

/** What stands at a path of a file's value. */
export function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const step of path) {
    if (Array.isArray(found)) found = found[Number(step)];
    else found = isObject(found) ? found[step] : undefined;
  }
  return found;
}

/** The mapping at a path of a file's value; an empty one where none stands there. */
export function membersAt(value: unknown, path: Path): Members {
  const found = valueAt(value, path);
  return isObject(found) ? found : {};
}
