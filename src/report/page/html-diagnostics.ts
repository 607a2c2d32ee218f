import type { Diagnostic } from '../../model/diagnostic.ts';
import { placeOf } from '../../model/place.ts';
import { codeFrame } from '../diagnostics/code-frame.ts';
import { collapsed, type Collapsed } from '../diagnostics/collapsed.ts';
import { markup, nothing, type Markup } from '../text/markup.ts';
import { placeText } from '../text/place-text.ts';
import { palette } from '../text/style.ts';

/** Errors and warnings of the input, each with its code frame. */
export function diagnosticsSection(diagnostics: readonly Diagnostic[]): Markup {
  if (diagnostics.length === 0) return nothing;
  return markup`
<section id="diagnostics" aria-labelledby="diagnostics-title"><h2 id="diagnostics-title">Diagnostics <span class="count">${diagnostics.length}</span></h2>
<ul class="diagnostics">${collapsed(diagnostics).map(item)}
</ul></section>`;
}

function item({ diagnostic, also, left }: Collapsed): Markup {
  const { severity, code, summary, detail, range, snippet } = diagnostic;
  const context = snippet?.context ?? null;
  const place = range === undefined ? '' : placeText(placeOf(range));
  const frame = snippet === undefined ? '' : codeFrame(snippet, palette('plain')).join('\n');
  return markup`
<li><p><b class="${severity}">${severity}</b> ${summary} <code>${code}</code></p>
${place === '' ? nothing : markup`<p class="at">${place}${context === null ? '' : `, in ${context}`}</p>`}
${frame === '' ? nothing : codeBlock(frame)}
${detail === '' ? nothing : markup`<p>${detail}</p>`}
${also.map(alsoAt)}${left === 0 ? nothing : markup`<p>and ${left} more with this code</p>`}`;
}

function alsoAt({ range, summary }: Diagnostic): Markup {
  return markup`<p>also <span class="at">${range === undefined ? '' : placeText(placeOf(range))}</span> ${summary}</p>`;
}

/** Each line on its own, since a line break inside text from outside is shown as an escape. */
function codeBlock(frame: string): Markup {
  const lines = frame.split('\n').map(
    (line) => markup`${line}
`,
  );
  return markup`<pre tabindex="0">${lines}</pre>`;
}
