import type { Plan } from '../../model/plan.ts';
import type { Instant } from '../../model/instant.ts';
import { count } from '../../model/values/count.ts';
import { faceCounts, type FaceCount, type FaceCounts } from '../status/face-counts.ts';
import { markup, nothing, type Markup } from '../text/markup.ts';

/** Statuses and expiries of the plan's faces, now and once it is applied; each figure is text as well. */
export function chartsSection(plan: Plan, now: Instant): Markup {
  const counts = faceCounts(plan, now);
  if (counts.all.now + counts.all.after === 0) return nothing;
  return markup`
<section id="faces" aria-labelledby="faces-title"><h2 id="faces-title">Faces in this plan</h2>
<p>${counted(plan, counts)} <span class="legend"><i class="now"></i> now <i class="after"></i> after apply</span></p>
<div class="charts">${statusTable(counts.statuses)}${expiryChart(counts)}</div></section>`;
}

/** What the charts count; a saved plan may lack the faces that nothing happens to. */
function counted(plan: Plan, { all }: FaceCounts): string {
  const noops = plan.changes.filter((change) => change.action === 'no-op');
  const open = noops.filter((change) => change.standing !== undefined).length;
  const unchanged = noops.filter((change) => change.face !== undefined).length - open;
  const changing = all.now - open - unchanged - plan.kept.length;
  const parts = `${changing} changing, ${open} waiting or in need of attention, ${unchanged} unchanged, ${plan.kept.length} unmatched`;
  const missing = plan.summary.noop - noops.length;
  const left = missing === 0 ? '' : ` Not counted, since the plan does not list them: ${missing} without a change.`;
  return `${count(all.now, 'face')} now (${parts}), ${all.after} after apply.${left}`;
}

function statusTable(statuses: readonly FaceCount[]): Markup {
  const most = highest(statuses);
  const rows = statuses.map(
    ({ name, now, after }) => markup`<tr><th scope="row">${name}<td class="number">${now}<td class="number">${after}
<td class="bar"><svg aria-hidden="true"><rect class="now" y="2" height="6" width="${share(now, most)}%"/>
<rect class="after" y="9" height="6" width="${share(after, most)}%"/></svg>`,
  );
  return markup`
<figure><table class="statuses"><caption>Faces by status</caption>
<thead><tr><th scope="col">Status<th scope="col" class="number">Now<th scope="col" class="number">After<td>
<tbody>${rows}</table></figure>`;
}

function expiryChart({ months, noExpiry, unknownExpiry }: FaceCounts): Markup {
  const most = highest(months);
  return markup`
<figure><figcaption id="expiries">Faces by month of expiry (UTC); the figures are those after apply</figcaption>
<ol class="months" aria-labelledby="expiries">${months.map((month) => monthColumn(month, most))}</ol>
<p>Without an expiry: ${noExpiry.now} now, ${noExpiry.after} after. Known after apply: ${unknownExpiry.after}.</p></figure>`;
}

const compact = new Intl.NumberFormat('en', { notation: 'compact' });
const monthOfYear = new Intl.DateTimeFormat('en', { month: 'short', timeZone: 'UTC' });

function monthColumn({ name, now, after }: FaceCount, most: number): Markup {
  const [top, bottom] = labels(name);
  return markup`
<li><span class="off">${name}: ${now} now, ${after} after</span><span aria-hidden="true">${after === 0 ? '' : compact.format(after)}</span>
<svg aria-hidden="true">${upright('now', now, most)}${upright('after', after, most)}</svg>
<span class="label" aria-hidden="true">${top}<br>${bottom}</span>`;
}

function upright(side: 'now' | 'after', number: number, most: number): Markup {
  const height = share(number, most);
  const x = side === 'now' ? 8 : 52;
  return markup`<rect class="${side}" x="${x}%" width="40%" y="${100 - height}%" height="${height}%"/>`;
}

/** The year stands below its first month, and below the first of all. */
function labels(name: string): readonly [string, string] {
  const [year, month] = name.split('-');
  if (year === undefined || month === undefined) return [name, ''];
  return [monthOfYear.format(Date.parse(`${name}-01T00:00:00Z`)), month === '01' ? year : ''];
}

function highest(counts: readonly FaceCount[]): number {
  return Math.max(1, ...counts.map(({ now, after }) => Math.max(now, after)));
}

/** Percent, rounded up so that one face among many is still seen. */
function share(number: number, most: number): number {
  return Math.ceil((100 * number) / most);
}
