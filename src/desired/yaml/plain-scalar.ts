import type { PlainScalar } from './plain-node.ts';

// Sticky patterns: each is asked for a match at one place only, so that nothing is searched and nothing copied.
// Whatever they leave out, such as other escapes or a text that begins with an unusual character, is not plain.
const doubleQuoted = /"[^"\\\n]*(?:\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})[^"\\\n]*)*"/y;
const singleQuoted = /'[^'\n]*(?:''[^'\n]*)*'/y;
const blockText = /[A-Za-z0-9_/.(\u00a1-\ufffd](?:[^ \n:#]+|:(?=[^ \n])|#| +(?=[^ \n#]))*/y;
const flowText = /[A-Za-z0-9_/.(\u00a1-\ufffd](?:[^ \n:#,[\]{}]+|:(?=[^ \n,[\]{}])|#| +(?=[^ \n#,[\]{}]))*/y;
const plainKey = /[A-Za-z_$][A-Za-z0-9_./-]*/y;

/** A YAML key may have 1,024 characters; no member has as many. */
const longestKey = 512;

/** Where a match that begins at `at` ends; -1 where none begins there. */
export function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** Reads a scalar of one line: quoted, or plain text as it may stand in a block or in a flow collection. */
export function readScalar(text: string, start: number, place: 'block' | 'flow'): PlainScalar | undefined {
  const first = text[start];
  if (first === '"' || first === "'") return readQuoted(text, start);
  const end = matchEnd(place === 'block' ? blockText : flowText, text, start);
  if (end === -1) return undefined;
  const value = resolve(text.slice(start, end));
  return value === undefined ? undefined : { kind: 'scalar', start, end, value };
}

/** Reads a member's name; the colon must follow it at once. */
export function readKey(text: string, start: number): PlainScalar | undefined {
  const first = text[start];
  const quoted = first === '"' || first === "'" ? readQuoted(text, start) : undefined;
  const end = quoted?.end ?? matchEnd(plainKey, text, start);
  if (end === -1 || text[end] !== ':' || end - start > longestKey) return undefined;
  const value = quoted === undefined ? resolve(text.slice(start, end)) : quoted.value;
  // Unquoted, some words are no strings; and whatever the quotes, `__proto__` is no ordinary member in JavaScript.
  return typeof value === 'string' && value !== '__proto__' ? { kind: 'scalar', start, end, value } : undefined;
}

function readQuoted(text: string, start: number): PlainScalar | undefined {
  const double = text[start] === '"';
  const end = matchEnd(double ? doubleQuoted : singleQuoted, text, start);
  if (end === -1) return undefined;
  const inner = text.slice(start + 1, end - 1);
  const value = double ? unescape(inner) : inner.replaceAll("''", "'");
  return { kind: 'scalar', start, end, value };
}

/** The escapes that are left are those of JSON, where they mean the same. */
function unescape(inner: string): string {
  return inner.includes('\\') ? String(JSON.parse(`"${inner}"`)) : inner;
}

const words = /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/;
const nothing = /^(?:[Nn]ull|NULL)$/;
const decimal = /^(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$/;
/** Numbers that a reader of the file may well take for something else. */
const oddNumber = /^(?:0[ox][0-9A-Fa-f]+|[0-9]*\.?[0-9]*(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF|nan|NaN|NAN))$/;

/** What a plain text stands for in the core schema; undefined where that is not plain to see. */
function resolve(text: string): string | number | boolean | undefined {
  const first = text.charCodeAt(0);
  if (first < 0x3a) {
    if (decimal.test(text)) return Number(text);
    return oddNumber.test(text) ? undefined : text;
  }
  if (text.length > 5) return text;
  if (words.test(text)) return /^t/i.test(text);
  return nothing.test(text) ? undefined : text;
}
