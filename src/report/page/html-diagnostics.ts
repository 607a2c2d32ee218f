import { sortedDiagnostics, type Diagnostic } from '../../model/diagnostic.ts';
import { placeOf } from '../../model/place.ts';
import { codeFrame } from '../diagnostics/code-frame.ts';
import { markup, nothing, type Markup } from '../text/markup.ts';
import { placeText } from '../text/place-text.ts';
import { palette } from '../text/style.ts';

/** Errors and warnings of the input, each with its code frame. */
export function diagnosticsSection(diagnostics: readonly Diagnostic[]): Markup {
  if (diagnostics.length === 0) return nothing;
  return markup`
<section id="diagnostics" aria-labelledby="diagnostics-title"><h2 id="diagnostics-title">Diagnostics <span class="count">${diagnostics.length}</span></h2>
<ul class="diagnostics">${sortedDiagnostics(diagnostics).map(item)}
</ul></section>`;
}

function item({ severity, code, summary, detail, range, snippet }: Diagnostic): Markup {
  const context = snippet?.context ?? null;
  const place = range === undefined ? '' : placeText(placeOf(range));
  const frame = snippet === undefined ? '' : codeFrame(snippet, palette('plain')).join('\n');
  return markup`
<li><p><b class="${severity}">${severity}</b> ${summary} <code>${code}</code></p>
${place === '' ? nothing : markup`<p class="at">${place}${context === null ? '' : `, in ${context}`}</p>`}
${frame === '' ? nothing : codeBlock(frame)}
${detail === '' ? nothing : markup`<p>${detail}</p>`}`;
}

/** Each line on its own, since a line break inside text from outside is shown as an escape. */
function codeBlock(frame: string): Markup {
  const lines = frame.split('\n').map(
    (line) => markup`${line}
`,
  );
  return markup`<pre tabindex="0">${lines}</pre>`;
}
