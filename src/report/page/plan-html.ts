import { tenantText } from '../../model/tenant-id.ts';
import { createHash } from 'node:crypto';
import { formatInstant } from '../../model/instant.ts';
import type { Plan } from '../../model/plan.ts';
import type { PlanContext } from '../../model/shown/plan-context.ts';
import { countMissing } from '../../model/summary.ts';
import { shownActions, shownCounts } from '../plan/change-sign.ts';
import { pageScript, pageStyle } from '../generated/plan-page.generated.ts';
import { changesSection } from './html-changes.ts';
import { chartsSection } from './html-charts.ts';
import { diagnosticsSection } from './html-diagnostics.ts';
import {
  attentionSection,
  budgetsLine,
  keptSection,
  missingSection,
  refusals,
  unknownSection,
  waitingSection,
} from './html-notes.ts';
import { tableSection } from './html-tables.ts';
import { markup, nothing, verbatim, type Markup } from '../text/markup.ts';
import { readingText } from '../plan/reading-text.ts';
import { closingLine } from '../plan/plan-text.ts';
import { palette } from '../text/style.ts';
import { compareText } from '../../model/values/order.ts';
import { count } from '../../model/values/count.ts';
import { filesText } from '../text/files-text.ts';

/**
 * The plan as one page that needs nothing from outside. The browser is told so: it runs no script, applies no style and
 * asks for no resource but what is named here by its digest.
 */
export function planHtml(plan: Plan, context: PlanContext, noops: 'list' | 'omit'): string {
  const policy = [
    "default-src 'none'",
    `style-src '${digest(pageStyle)}'`,
    `script-src '${digest(pageScript)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${verbatim(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Plan for ${tenantText(plan.tenant)}</title>
<style>${verbatim(pageStyle)}</style>
</head>
<body>
${header(plan, context)}
<main>${body(plan, context, noops)}
</main>
<script>${verbatim(pageScript)}</script>
</body>
</html>
`;
  return page.html;
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function body(plan: Plan, context: PlanContext, noops: 'list' | 'omit'): readonly Markup[] {
  return [
    unknownSection(plan),
    attentionSection(plan, context),
    chartsSection(plan, context.now),
    changesSection(plan, { noops, now: context.now }),
    waitingSection(plan, context),
    missingSection(plan),
    keptSection(plan),
    diagnosticsSection(plan.diagnostics),
    filesSection(plan),
  ];
}

function header(plan: Plan, context: PlanContext): Markup {
  const { now, commit, toolVersion, acknowledged } = context;
  const made = formatInstant(now);
  const reading = readingText(plan);
  return markup`<header>
${reading === undefined ? nothing : markup`<p class="reading">${reading}</p>`}
<h1>Plan for ${tenantText(plan.tenant)}</h1>
<p class="verdict">${closingLine(plan, palette('plain'))}</p>${refusals(plan, acknowledged)}
${totals(plan)}
<dl class="facts">
<div><dt>Made<dd><time datetime="${made}">${made}</time> by faceform ${toolVersion}</div>
${commit === undefined ? nothing : markup`<div><dt>Commit<dd><code>${commit}</code></div>`}
<div><dt>Read<dd>${filesText(plan.inputs.length, plan.filesSkipped)}, ${count(plan.users, 'user')}</div>
${budgetsLine(plan.budgets, acknowledged)}
</dl>
</header>`;
}

/** Each total is a link to what it counts, where that is on the page. */
function totals(plan: Plan): Markup {
  const { summary, kept, missing, diagnostics } = plan;
  const counts = shownCounts(summary);
  const { wait, ignore } = countMissing(missing);
  const tiles = [
    ...shownActions.map((action) => ({ name: action, total: counts[action], at: 'changes' })),
    { name: 'e-mails', total: summary.emails, at: '' },
    { name: 'unchanged', total: summary.noop - summary.waiting - summary.attention, at: '' },
  ];
  const others = [
    { name: 'attention', total: summary.attention, at: 'attention' },
    { name: 'duplicates', total: summary.duplicate, at: 'attention' },
    { name: 'waiting', total: summary.waiting, at: 'waiting' },
    { name: 'to be provisioned', total: wait, at: 'missing' },
    { name: 'missing users ignored', total: ignore, at: '' },
    { name: 'unmatched', total: summary.unmatched, at: kept.length === 0 ? '' : 'unmatched' },
    { name: 'unreadable', total: summary.unknown, at: 'unknown' },
    { name: 'diagnostics', total: diagnostics.length, at: 'diagnostics' },
  ];
  return markup`<dl class="totals">${[...tiles, ...others.filter(({ total }) => total > 0)].map(tile)}</dl>`;
}

function tile({ name, total, at }: { readonly name: string; readonly total: number; readonly at: string }): Markup {
  const label = total === 0 || at === '' ? markup`${name}` : markup`<a href="#${at}">${name}</a>`;
  return markup`
<div${total === 0 ? markup` class="zero"` : markup` class="${name}"`}><dt>${label}<dd>${total}</div>`;
}

function filesSection({ inputs }: Plan): Markup {
  return tableSection({
    id: 'files',
    title: 'Files read',
    intro: 'With the SHA-256 of what was read.',
    columns: ['File', 'SHA-256'],
    rows: inputs
      .toSorted((left, right) => compareText(left.file, right.file))
      .map(({ file, sha256 }) => [file, markup`<code>${sha256}</code>`]),
  });
}
