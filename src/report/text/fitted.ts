import { stripVTControlCharacters } from 'node:util';
import { columns } from './columns.ts';

/** Stands for a space at which no line may end. No text from outside has it: `plain` writes out every control. */
const glue = '\u001f';

// eslint-disable-next-line no-control-regex -- our own colours
const leading = /^(?: |\u001b\[\d+m)*(?:# )?/;

/** The text as one word, so that a file name with spaces stays beside its line and column. */
export function inOnePiece(text: string): string {
  return text.replaceAll(' ', glue);
}

/**
 * Ends lines between words where they would be wider than the terminal, and goes on below, further in. A word that is
 * wider than the terminal has a line of its own. Every text that has been through `inOnePiece` must come through here.
 *
 * @param width columns; undefined where lines may be as long as they are.
 */
export function fitted(text: string, width: number | undefined): string {
  const lines =
    width === undefined
      ? text
      : text
          .split('\n')
          .map((line) => wrapped(line, width))
          .join('\n');
  return lines.replaceAll(glue, ' ');
}

function wrapped(line: string, width: number): string {
  if (shownColumns(line) <= width) return line;
  const [lead] = leading.exec(line) ?? [''];
  const further = lead.endsWith('# ') ? `${lead}  ` : `${' '.repeat(shownColumns(lead))}    `;
  const [first = '', ...others] = line.slice(lead.length).split(/( +)/);
  const lines: string[] = [];
  let current = indented(lead, first, width);
  for (let at = 0; at < others.length; at += 2) {
    const word = others[at + 1] ?? '';
    const longer = `${current}${others[at] ?? ''}${word}`;
    if (shownColumns(longer) <= width) {
      current = longer;
    } else {
      lines.push(current);
      current = indented(further, word, width);
    }
  }
  return [...lines, current].join('\n');
}

/** With as much of the indentation as there is room for. */
function indented(lead: string, word: string, width: number): string {
  const room = Math.max(0, width - shownColumns(word));
  return shownColumns(lead) <= room ? `${lead}${word}` : `${' '.repeat(room)}${word}`;
}

function shownColumns(text: string): number {
  return columns(text.includes('\u001b') ? stripVTControlCharacters(text) : text);
}
