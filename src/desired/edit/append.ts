import type { Parsed } from '../source/parsed-file.ts';
import { endOf, endOfLine, indentAt, newlineOf, styleOf } from './layout.ts';
import { valueAt } from './merge-members.ts';
import type { Splice } from './splice.ts';
import type { Members } from './value.ts';
import { entryText } from './value-text.ts';

const list = ['enrollments'];

/** Puts entries after the last one, written as that one is. */
export function appendSplices(parsed: Parsed, added: readonly Members[]): Splice {
  const { file, value } = parsed;
  const { text } = file.source;
  const entries = valueAt(value, list);
  const newline = newlineOf(text);
  if (!Array.isArray(entries)) {
    const start = endOfLine(text, text.trimEnd().length);
    return { start, end: start, text: `${newline}enrollments:${listText(added, '  ', newline)}` };
  }
  const style = styleOf(parsed, list);
  if (entries.length === 0) return intoEmpty(parsed, added);
  const path = [...list, entries.length - 1];
  const { start } = file.spanOf(path, 'value');
  const end = endOf(parsed, path, entries.at(-1));
  const ofLast = styleOf(parsed, path);
  if (style !== 'block') {
    const from = file.spanOf(list, 'value').start;
    const [, gap = ' '] = /^\[(\s*\n\s*)/.exec(text.slice(from, from + 200)) ?? [];
    return { start: end, end, text: added.map((entry) => `,${gap}${entryText(entry, ofLast, '', '')}`).join('') };
  }
  const indent = indentAt(text, file.spanOf(list, 'value').start);
  // What stands between the dash and the entry, as a comment or an anchor, is of that entry alone.
  const [, space = ' '] = /-([ \t]+)$/.exec(text.slice(Math.max(0, start - 200), start)) ?? [];
  const at = endOfLine(text, end);
  const members = ' '.repeat(indent.length + 1 + space.length);
  const items = added.map((entry) => `${newline}${indent}-${space}${entryText(entry, ofLast, members, newline)}`);
  return { start: at, end: at, text: items.join('') };
}

function intoEmpty(parsed: Parsed, added: readonly Members[]): Splice {
  const { text } = parsed.file.source;
  const { start, end } = parsed.file.spanOf(list, 'value');
  if (text.trimStart().startsWith('{')) {
    const items = added.map((entry) => entryText(entry, 'json', '', ''));
    return { start, end, text: `[${items.join(', ')}]` };
  }
  return { start: text.slice(0, start).trimEnd().length, end, text: listText(added, '  ', newlineOf(text)) };
}

/** Entries of a list that is new, one a line. */
export function listText(entries: readonly Members[], indent: string, newline: string): string {
  return entries.map((entry) => `${newline}${indent}- ${entryText(entry, 'flow', '', newline)}`).join('');
}
