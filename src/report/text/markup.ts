import { htmlText } from './escape.ts';

/** A piece of an HTML page. `markup` makes it, and escapes all that is put in: text from outside stays text. */
export interface Markup {
  readonly html: string;
}

type Part = string | number | Markup | readonly Markup[];

export function markup(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { html: literals.reduce((html, literal, index) => html + htmlOf(parts[index - 1] ?? '') + literal) };
}

/** Of text that is our own, as the page's style and script are. */
export function verbatim(html: string): Markup {
  return { html };
}

export const nothing: Markup = { html: '' };

function htmlOf(part: Part): string {
  if (typeof part === 'string') return htmlText(part);
  if (typeof part === 'number') return part.toLocaleString('en');
  return 'html' in part ? part.html : part.reduce((all, { html }) => all + html, '');
}
