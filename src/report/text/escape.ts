import { ciCommand, escaped, noCiCommand, unprintable } from '../../model/values/unprintable.ts';

/** What CI systems carry out where a line begins with it, as `::add-mask::`. */
const ciCommandAtStart = /^(\s*):(?=:)/;

/** Nearly all text is, and the whole class above takes ten times as long to look for. */
const printableAscii = /^[ -~]*$/;

const short: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * Makes text from outside harmless on a terminal and in a log. What cannot be seen is written out (`\n`, `\u001b`)
 * rather than dropped, so that two names that differ only there still look different. The result is one line.
 */
export function plain(text: string): string {
  const harmless = /##|::/.test(text) ? withoutCiCommand(text) : text;
  if (printableAscii.test(harmless)) return harmless;
  return harmless.replace(unprintable, (character) => short.get(character) ?? escaped(character));
}

function withoutCiCommand(text: string): string {
  return text.replace(ciCommand, noCiCommand).replace(ciCommandAtStart, '$1\\u003a');
}

/**
 * As much of the text as there is room for, then an ellipsis. A cut may fall between the halves of a surrogate pair;
 * the half that stays goes too.
 */
export function headOf(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}

/** As `headOf`, the ellipsis included; it ends between words where there are any. */
export function wordsWithin(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = text.slice(0, Math.max(0, length - 1)).replace(/[\uD800-\uDBFF]$/, '');
  const atWord = head.search(/\S+$/);
  return `${atWord > 0 && /\S/.test(text.charAt(head.length)) ? head.slice(0, atWord) : head}…`;
}

/** As `plain`, between quotation marks that the text itself cannot end. */
export function quoted(text: string): string {
  return `"${plain(text.replace(/["\\]/g, '\\$&'))}"`;
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** Nearly all text is, and a page has hundreds of thousands of pieces. */
const harmless = /^[ !#-%(-;=?-~]*$/;

/** As `plain`, and harmless in an HTML page: in text, and in an attribute between quotation marks. */
export function htmlText(text: string): string {
  if (harmless.test(text)) return text;
  return plain(text).replace(/[&<>"']/g, (character) => entities.get(character) ?? '');
}

/**
 * Lines as they stand, in a block of Markdown where nothing has a meaning; no line of the text can end it. The lines
 * themselves must be harmless already.
 */
export function codeBlock(language: string, text: string): string {
  const fence = fenceFor(text, 3);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A name within a line of Markdown, where it cannot be a link, a mention or HTML. */
export function codeSpan(text: string): string {
  const harmless = plain(text);
  const fence = fenceFor(harmless, 1);
  return /^`|`$/.test(harmless) ? `${fence} ${harmless} ${fence}` : `${fence}${harmless}${fence}`;
}

/** More backticks than the text has anywhere in a row. */
function fenceFor(text: string, least: number): string {
  const runs = (text.match(/`+/g) ?? []).map((run) => run.length);
  return '`'.repeat(Math.max(least, ...runs.map((run) => run + 1)));
}

/** A name within an HTML comment, which it cannot end. */
export function inComment(text: string): string {
  return encodeURIComponent(plain(text)).replaceAll('--', '-%2D');
}

/**
 * JSON with two spaces of indentation and a newline at the end. Invisible characters are escaped, so that it may be
 * shown on a terminal; a parser gets the same value back.
 */
export function toJsonText(value: object): string {
  const escapes = (character: string): string => (character === '\n' ? character : escaped(character));
  return `${JSON.stringify(value, null, 2).replace(unprintable, escapes).replace(ciCommand, noCiCommand)}\n`;
}

/** JSON in one line, harmless in the same way. */
export function toJsonLine(value: object): string {
  return `${JSON.stringify(value).replace(unprintable, escaped).replace(ciCommand, noCiCommand)}\n`;
}

/** What makes a spreadsheet take a cell for a formula; the wide forms are read so in East Asia. */
const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A text as a field of RFC 4180, in one line. An apostrophe keeps a spreadsheet from taking it for a formula. */
export function csvField(text: string): string {
  const field = `${formula.test(text) ? "'" : ''}${plain(text)}`;
  return /[",]|^ | $/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
