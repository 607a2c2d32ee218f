import type { Snippet } from '../../model/diagnostic.ts';
import { columns } from '../text/columns.ts';
import { ciCommand } from '../../model/values/unprintable.ts';
import { headOf, plain, wordsWithin } from '../text/escape.ts';
import type { Palette } from '../text/style.ts';

const mostLines = 5;
/** A file may be one long line of JSON: only this much around the marked part is shown. */
const mostUnits = 120;
/** So much of the code is shown on any terminal. */
const leastUnits = 20;

interface MarkedLine {
  readonly number: number;
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/**
 * The code with its line numbers, and carets below the marked part; each line is indented by two.
 *
 * @param width columns of the terminal.
 */
export function codeFrame(snippet: Snippet, palette: Palette, width = Infinity): readonly string[] {
  const lastLine = snippet.startLine + snippet.code.trimEnd().split('\n').length - 1;
  const gutter = String(lastLine).length;
  const lines = markedLines(snippet, Math.max(leastUnits, width - gutter - '   | '.length));
  const bar = (number: string): string => palette.faint(`  ${number.padStart(gutter)} |`);
  const frame = lines.slice(0, mostLines).flatMap((line) => {
    const code = `${bar(String(line.number))} ${line.before}${line.marked}${line.after}`;
    const carets = '^'.repeat(Math.max(1, columns(line.marked)));
    const caretLine = `${bar('')} ${' '.repeat(columns(line.before))}${palette.error(carets)}`;
    return line.marked === '' && lines.length > 1 ? [code] : [code, caretLine];
  });
  const hidden = lines.length - mostLines;
  return hidden > 0
    ? [bar(''), ...frame, `${bar('')} ${palette.faint(`(${hidden} more lines)`)}`]
    : [bar(''), ...frame];
}

function markedLines(snippet: Snippet, room: number): readonly MarkedLine[] {
  let offset = 0;
  return snippet.code
    .replace(/\r?\n$/, '')
    .split('\n')
    .map((line, index) => {
      const start = within(line, snippet.highlightStart - offset);
      const end = Math.max(start, within(line, snippet.highlightEnd - offset));
      offset += line.length + 1;
      return marked(line.replace(/\r$/, ''), { number: snippet.startLine + index, start, end, room });
    });
}

function marked(
  line: string,
  at: { readonly number: number; readonly start: number; readonly end: number; readonly room: number },
): MarkedLine {
  // Leading blanks of a continued line are not what is wrong.
  const start = at.start + (/^\s*/.exec(line.slice(at.start, at.end))?.[0].length ?? 0);
  const visible = visibleIn(line);
  const before = visible(line.slice(0, start));
  const highlighted = line.slice(start, at.end);
  const after = line.slice(at.end);
  const shown = headOf(visible(highlighted), Math.min(mostUnits, at.room - 1));
  const besides = Math.max(20, mostUnits - highlighted.length);
  const left = tailWithin(before, Math.min(besides, at.room - shown.length));
  return {
    number: at.number,
    before: left,
    marked: shown,
    after: wordsWithin(visible(after), Math.min(besides, at.room - shown.length - left.length)),
  };
}

/** A command to a CI system may begin in one part of its line and end in the next. */
function visibleIn(line: string): (part: string) => string {
  const visible = (part: string): string => plain(part.replaceAll('\t', ' '));
  return line.search(ciCommand) !== -1 ? (part) => visible(part).replaceAll('#', '\\u0023') : visible;
}

/** As `wordsWithin`, from the end. */
function tailWithin(text: string, length: number): string {
  if (text.length <= length) return text;
  const tail = length <= 1 ? '' : text.slice(1 - length).replace(/^[\uDC00-\uDFFF]/, '');
  const cutsWord = /\S/.test(text.charAt(text.length - tail.length - 1));
  const atWord = cutsWord ? tail.search(/\s/) : 0;
  return `…${atWord > 0 ? tail.slice(atWord) : tail}`;
}

function within(line: string, offset: number): number {
  return Math.min(Math.max(0, offset), line.length);
}
