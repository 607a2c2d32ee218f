/** Names of the properties at the top of a JSON text; with each its value, where that is text. */
export type TopProperties = ReadonlyMap<string, string | undefined>;

/**
 * Finds the properties at the top of a JSON text in one pass that builds nothing else, so that neither the size nor the
 * depth of a file matters. Of several objects, as in JSON lines, it finds the properties of each; of a text that is not
 * JSON, what it can.
 */
export function topProperties(text: string): TopProperties {
  const found = new Map<string, string | undefined>();
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === quote) {
      const end = endOfString(text, at);
      const valueAt = depth === 1 ? afterColon(text, end) : -1;
      if (valueAt !== -1) found.set(readString(text, at, end), textAt(text, valueAt));
      at = end - 1;
    } else if (character === openBrace || character === openBracket) depth += 1;
    else if (character === closeBrace || character === closeBracket) depth -= 1;
  }
  return found;
}

const quote = 0x22;
const backslash = 0x5c;
const lineFeed = 0x0a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** Behind the closing quote; a string that has none ends with its line. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (character === quote) return at + 1;
    if (character === lineFeed) return at;
    if (character === backslash) at += 1;
  }
  return text.length;
}

const colon = /\s*:\s*/y;

/** Where the value begins behind a name; -1 where no colon follows. */
function afterColon(text: string, from: number): number {
  colon.lastIndex = from;
  return colon.test(text) ? colon.lastIndex : -1;
}

function textAt(text: string, at: number): string | undefined {
  return text.charCodeAt(at) === quote ? readString(text, at, endOfString(text, at)) : undefined;
}

/** What a string stands for; as it is written where it is no JSON. */
function readString(text: string, start: number, end: number): string {
  const written = text.slice(start, end);
  try {
    return String(JSON.parse(written));
  } catch {
    return written.slice(1);
  }
}
