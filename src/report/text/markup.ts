import { htmlText } from './escape.ts';

/** A piece of an HTML page. `markup` makes it, and escapes all that is put in: text from outside stays text. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

type Part = string | number | Markup | readonly Markup[];

export function markup(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(literals.reduce((html, literal, index) => html + htmlOf(parts[index - 1] ?? '') + literal));
}

/** Of text that is our own, as the page's style and script are. */
export function verbatim(html: string): Markup {
  return new Markup(html);
}

export const nothing = new Markup('');

function htmlOf(part: Part): string {
  if (typeof part === 'string') return htmlText(part);
  if (typeof part === 'number') return part.toLocaleString('en');
  return part instanceof Markup ? part.html : part.reduce((all, { html }) => all + html, '');
}
