import { count } from '../../model/values/count.ts';
import { markup, nothing, type Markup } from '../text/markup.ts';

/** A longer table is folded, so that what stands below it is found. */
const mostOpen = 50;

export interface TableSection {
  /** Of the section in the page, as links name it. */
  readonly id: string;
  readonly title: string;
  /** What the reader should know before the table. */
  readonly intro: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | Markup)[])[];
}

/** A titled table; nothing where it would have no rows. */
export function tableSection({ id, title, intro, columns, rows }: TableSection): Markup {
  if (rows.length === 0) return nothing;
  const table = markup`<div class="scroll"><table aria-labelledby="${id}-title"><thead><tr>${columns.map(
    (column) => markup`<th scope="col">${column}`,
  )}<tbody>${rows.map(rowMarkup)}</table></div>`;
  const body =
    rows.length > mostOpen
      ? markup`<details class="fold"><summary>Show all ${count(rows.length, 'row')}</summary>${table}</details>`
      : table;
  return markup`
<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title} <span class="count">${rows.length}</span></h2>
<p>${intro}</p>
${body}</section>`;
}

function rowMarkup([first = '', ...others]: readonly (string | Markup)[]): Markup {
  return markup`<tr><th scope="row">${first}${others.map((cell) => markup`<td>${cell}`)}
`;
}
