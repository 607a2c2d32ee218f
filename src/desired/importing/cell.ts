import type { Words } from '../source/source-file.ts';

const errorValues = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/;

/**
 * The text that a cell stands for, or what is wrong with it. A spreadsheet marks a text that looks like a formula with
 * an apostrophe, or writes it as `="text"`; both marks go. Any other `=` at the start is a formula that nobody has
 * computed. `+`, `-` and `@` are kept: telephone numbers and handles are logins.
 */
export function cellText(cell: string): string | Words {
  const [, inner] = /^="((?:[^"]|"")*)"$/s.exec(cell) ?? [];
  if (inner !== undefined) return inner.replaceAll('""', '"').trim();
  if (/^'[=+\-@\t]/.test(cell)) return cell.slice(1);
  if (cell.startsWith('='))
    return { code: 'CSV_FORMULA', summary: 'a cell has a formula instead of its value', detail };
  return errorValues.test(cell) ? { code: 'CSV_FORMULA', summary: `a cell has the error ${cell}`, detail } : cell;
}

const detail = 'Export the values. Put an apostrophe before a text that really starts with an equals sign.';
