/** A key at the start of a line as most people write it: bare, or between quotation marks without an escape. */
const key = /^(?:"([^"\\]*)"|'([^']*)'|([$\w][^#:"'&*!|>{}[\],]*?))[ \t]*:(?:[ \t]|$)/;
const item = /^-(?:[ \t]|$)/;
const start = /^---[ \t]*(?:#.*)?$/;
const indented = /^[ \t]/;
const nothing = /^[ \t]*(?:#.*)?$/;
/** What an entry has, wherever it stands: a list without `enrollments:` above it was meant as some. */
const entry = /(?:^|[\s{,?])["']?(?:user|flow)["']?[ \t]*:/m;

/**
 * The property names at the top of all documents of a YAML text, read line by line, so that a template or a tag of
 * another tool is no hindrance. Undefined where the names cannot be told for certain: an indented root, a merge, a flow
 * mapping, an escape, a list of what may be entries, or nothing at all.
 */
export function yamlRoot(text: string): ReadonlySet<string> | undefined {
  // Parsers disagree on whether a carriage return alone ends a line.
  if (/\r(?!\n)/.test(text)) return undefined;
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const told = lines.filter((line) => !nothing.test(line));
  const names = new Set<string>();
  let isFirst = true;
  for (const line of told) {
    const found = isFirst || !indented.test(line) ? namesIn(line) : [];
    if (found === undefined) return undefined;
    for (const name of found) names.add(name);
    isFirst = start.test(line);
  }
  const isList = told.some((line) => item.test(line));
  return told.every((line) => start.test(line)) || (isList && entry.test(text)) ? undefined : names;
}

/** Undefined where the line is none that tells. */
function namesIn(line: string): readonly string[] | undefined {
  if (start.test(line) || item.test(line)) return [];
  const [, double, single, bare] = key.exec(line) ?? [];
  const name = double ?? single ?? bare;
  return name === undefined ? undefined : [name];
}
