import type { Snippet } from '../../model/diagnostic.ts';
import { columns } from '../text/columns.ts';
import { ciCommand } from '../../model/values/unprintable.ts';
import { headOf, plain } from '../text/escape.ts';
import type { Palette } from '../text/style.ts';

const mostLines = 5;
/** A file may be one long line of JSON: only this much around the marked part is shown. */
const mostUnits = 120;

interface MarkedLine {
  readonly number: number;
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** The code with its line numbers, and carets below the marked part; each line is indented by two. */
export function codeFrame(snippet: Snippet, palette: Palette): readonly string[] {
  const lines = markedLines(snippet);
  const gutter = String(lines.at(-1)?.number ?? 1).length;
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

function markedLines(snippet: Snippet): readonly MarkedLine[] {
  let offset = 0;
  return snippet.code
    .replace(/\r?\n$/, '')
    .split('\n')
    .map((line, index) => {
      const start = within(line, snippet.highlightStart - offset);
      const end = Math.max(start, within(line, snippet.highlightEnd - offset));
      offset += line.length + 1;
      return marked(line.replace(/\r$/, ''), { number: snippet.startLine + index, start, end });
    });
}

function marked(
  line: string,
  at: { readonly number: number; readonly start: number; readonly end: number },
): MarkedLine {
  // Leading blanks of a continued line are not what is wrong.
  const start = at.start + (/^\s*/.exec(line.slice(at.start, at.end))?.[0].length ?? 0);
  const visible = visibleIn(line);
  const before = visible(line.slice(0, start));
  const highlighted = line.slice(start, at.end);
  const after = line.slice(at.end);
  const room = Math.max(20, mostUnits - highlighted.length);
  return {
    number: at.number,
    before: before.length > room ? `…${tailOf(before, room)}` : before,
    marked: headOf(visible(highlighted), mostUnits),
    after: headOf(visible(after), room),
  };
}

/** A command to a CI system may begin in one part of its line and end in the next. */
function visibleIn(line: string): (part: string) => string {
  const visible = (part: string): string => plain(part.replaceAll('\t', ' '));
  return line.search(ciCommand) !== -1 ? (part) => visible(part).replaceAll('#', '\\u0023') : visible;
}

/** As `headOf`, from the end. */
function tailOf(text: string, length: number): string {
  return text.slice(-length).replace(/^[\uDC00-\uDFFF]/, '');
}

function within(line: string, offset: number): number {
  return Math.min(Math.max(0, offset), line.length);
}
