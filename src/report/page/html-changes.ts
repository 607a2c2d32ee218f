import { gzipSync } from 'node:zlib';
import type { Instant } from '../../model/instant.ts';
import { isWriting, type Change, type NoOpChange, type Plan, type WritingChange } from '../../model/plan.ts';
import { attributesOf, type AttributeRow, type Leaf } from '../plan/attribute-rows.ts';
import { byRisk, changeSign, riskOrder, shownAction } from '../plan/change-sign.ts';
import { annotationsText, faceName, hiddenText, isShown, remarks } from '../plan/change-text.ts';
import { count } from '../../model/values/count.ts';
import { reasonText } from '../plan/reason-text.ts';
import { leafText } from '../plan/leaf-text.ts';
import { markup, nothing, verbatim, type Markup } from '../text/markup.ts';
import { where } from '../text/place-text.ts';
import type { PlanView } from '../plan/plan-view.ts';

/** Lines that are there without scripts as well. */
const mostPlain = 500;

const headings = [
  ['action', 'Action'],
  ['key', 'Key'],
  ['why', 'Reason'],
  ['at', 'Source'],
].map(
  ([name = '', title = '']) =>
    markup`<span role="columnheader" aria-sort="none"><button type="button" value="${name}">${title}</button></span>`,
);

/**
 * Each change as a line that opens, below what narrows them down and orders them; that part is shown by the script.
 *
 * The lines are in `noscript`, which a browser that runs scripts takes for plain text; the script turns as many into
 * elements as somebody scrolls to. All but the first are compressed, since even reading plain text takes a browser a second
 * for 10,000 of them.
 */
export function changesSection(plan: Plan, { noops, now }: Pick<PlanView, 'noops' | 'now'>): Markup {
  const changes = byRisk(plan.changes.filter((change) => isWriting(change) || (noops === 'list' && isSettled(change))));
  const title = markup`<h2 id="changes-title">Changes <span class="count">${changes.length}</span></h2>`;
  if (changes.length === 0)
    return markup`<section id="changes" aria-labelledby="changes-title">${title}<p>None.</p></section>`;
  const left = Math.max(0, changes.length - mostPlain);
  const rest = left === 0 ? nothing : packed(changes.slice(mostPlain).map((change) => row(change, now)));
  return markup`
<section id="changes" aria-labelledby="changes-title">${title}
<div class="tools">${filter(changes)}<p id="shown" role="status">${count(changes.length, 'change')}</p></div>
<div id="order" role="table" aria-label="Order of the changes" hidden><div class="columns" role="row">${headings}</div></div>
<noscript id="packed"><ul id="rows">${changes.slice(0, mostPlain).map((change) => row(change, now))}
</ul>${left === 0 ? nothing : markup`<p>${count(left, 'more change')} need scripts to be shown.</p>`}</noscript>${rest}<button type="button" id="more" hidden></button></section>`;
}

/** Data, not a script: a browser does not run what has this type. */
function packed(rows: readonly Markup[]): Markup {
  const bytes = gzipSync(rows.map(({ html }) => html).join(''));
  return markup`<script type="application/gzip" id="rest">${verbatim(bytes.toString('base64'))}</script>`;
}

/** Those that wait or need attention have tables of their own. */
function isSettled(change: Change): boolean {
  return change.action === 'no-op' && change.standing === undefined;
}

function filter(changes: readonly Change[]): Markup {
  const used = [...riskOrder, 'no-op' as const].map((action) => ({
    action,
    uses: changes.filter((change) => shownAction(change) === action).length,
  }));
  const boxes = used
    .filter(({ uses }) => uses > 0)
    .map(
      ({ action, uses }) =>
        markup`<label class="${action}"><input type="checkbox" value="${action}" autocomplete="off"> ${action} <span class="count">${uses}</span></label>`,
    );
  return markup`
<search id="filter" hidden><label class="find"><span>Search</span>
<input type="search" id="find" autocomplete="off" spellcheck="false" placeholder="key, user, reason or source" aria-describedby="shown"></label>
<fieldset><legend>Only</legend>${boxes}</fieldset>
<span class="buttons"><button type="button" id="open">Open all</button><button type="button" id="close">Close all</button></span></search>`;
}

/** The script looks for the attribute and the classes; the line break is where one ends and the next begins. */
function row(change: WritingChange | NoOpChange, now: Instant): Markup {
  const { key } = change;
  const action = shownAction(change);
  return markup`
<li data-action="${action}"><details><summary><b class="${action}">${sign(change)} ${action}</b> <span class="key">${key}${login(change)}</span> <span class="why">${reasonText(change, now)}</span> <span class="at">${where(change)}</span></summary>
<div><dl>${facts(change)}</dl>${members(change, now)}</div></details>`;
}

function sign(change: Change): string {
  return isWriting(change) ? changeSign(change) : '=';
}

/** Where the key does not begin with it, as for a user named by UUID. */
function login({ key, user }: Change): Markup {
  return key.toLowerCase().startsWith(user.login.toLowerCase()) ? nothing : markup` <small>${user.login}</small>`;
}

function facts(change: Change): readonly Markup[] {
  const { user, facesInUse, facesAllowed } = change;
  const annotations = annotationsText(change);
  const entries = [
    ['User', `${user.login} (${user.uuid})`],
    ['Face', face(change)],
    ['Faces in use', `${facesInUse} of ${facesAllowed}`],
    ...(change.action === 'replace' ? [['Order', change.order.replace('-', ' ')] as const] : []),
    ...(annotations === '' ? [] : [['Annotations', annotations] as const]),
  ] as const;
  return entries.map(([name, value]) => markup`<div><dt>${name}<dd>${value}</div>`);
}

function face(change: Change): string {
  if (change.action === 'create') return 'new face';
  return change.face === undefined ? 'no face' : faceName(change.face);
}

function members(change: Change, now: Instant): Markup {
  const writing = isWriting(change) ? change : undefined;
  const all = attributesOf(change);
  const rows = all.filter((each) => writing === undefined || isShown(writing, each));
  if (rows.length === 0) return nothing;
  const hidden = writing === undefined ? '' : hiddenText(writing, all);
  return markup`<table aria-label="Members"><thead><tr><th scope="col">Member<th scope="col">Before<th scope="col">After<tbody>${rows.map(
    (each) => memberRow(each, writing === undefined ? [] : remarks(writing, each), now),
  )}</table>${hidden === '' ? nothing : markup`<p>${hidden}</p>`}`;
}

function memberRow({ name, before, after }: AttributeRow, notes: readonly string[], now: Instant): Markup {
  const said = notes.map((note) => markup` <small>${note.replace(/^# /, '')}</small>`);
  return markup`<tr><th scope="row">${name}<td>${leaf(before, now)}<td>${leaf(after, now)}${said}`;
}

function leaf(of: Leaf, now: Instant): Markup {
  if (of.state === 'known') return markup`${leafText(of, now)}`;
  return markup`<i>${of.state === 'none' ? 'none' : leafText(of, now)}</i>`;
}
