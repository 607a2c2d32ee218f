import type { YAMLError } from 'yaml';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { nothing, type Show, type SourceFile, type Span, type Words } from '../source/source-file.ts';

/**
 * Says what the parser found. The line is not shown where it may hold a token.
 *
 * @param show missing where no line may be shown.
 */
export function yamlProblem({ code, pos: [start, end] }: YAMLError, source: SourceFile, show?: Show): Diagnostic {
  return problem(syntax(yamlSays[code] ?? 'this is not YAML'), { start, end }, source, show);
}

/** As `yamlProblem`, of a name that stands twice. */
export function duplicateKey(span: Span, source: SourceFile, show?: Show): Diagnostic {
  return problem(twice, span, source, show);
}

function problem(words: Words, span: Span, source: SourceFile, show: Show | undefined): Diagnostic {
  return source.diagnose(words, span, null, show && (mayHoldToken(source.text, span.start) ? nothing : show));
}

/** Whether the line, or the last one before it that names a member, has to do with a token. */
function mayHoldToken(text: string, offset: number): boolean {
  const end = text.indexOf('\n', offset);
  const [last = '', ...before] = (end === -1 ? text : text.slice(0, end)).slice(-farthest).split('\n').toReversed();
  if (/token/i.test(last)) return true;
  const naming = before.find((line) => line.includes(':') || /token/i.test(line));
  return naming !== undefined && /token/i.test(naming);
}

/** No token is longer, in UTF-16 units. */
const farthest = 65_536;

const twice: Words = {
  code: 'DUPLICATE_KEY',
  summary: 'the same member twice',
  detail: 'Remove one of the two.',
};

const syntax = (summary: string): Words => ({ code: 'YAML_SYNTAX', summary, detail: 'Correct the YAML here.' });

/** The library's own messages may quote the file, and with it a token. */
const yamlSays: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'this alias names no anchor',
  BAD_INDENT: 'the indentation is wrong',
  BLOCK_AS_IMPLICIT_KEY: 'a value stands where a member name is expected',
  MISSING_CHAR: 'a character is missing, such as a quote, a comma or a bracket',
  MULTILINE_IMPLICIT_KEY: 'a member name runs over several lines; a colon may be missing',
  NON_STRING_KEY: 'a member name must be a string',
  TAB_AS_INDENT: 'a tab indents this line; YAML wants spaces',
  TAG_RESOLVE_FAILED: 'a tag that means nothing here',
  UNEXPECTED_TOKEN: 'this does not belong here',
};

export const unknownAlias: Words = syntax('this alias names no anchor before it');
