import type { Instant } from '../../model/instant.ts';
import { isWriting, type Change, type NoOpChange, type Plan, type WritingChange } from '../../model/plan.ts';
import { attributesOf, type AttributeRow, type Leaf } from '../plan/attribute-rows.ts';
import { byRisk, changeSign, riskOrder, shownAction } from '../plan/change-sign.ts';
import { annotationsText, faceName, hiddenText, isShown, remarks } from '../plan/change-text.ts';
import { count } from '../../model/values/count.ts';
import { reasonText } from '../plan/reason-text.ts';
import { leafText } from '../plan/leaf-text.ts';
import { markup, nothing, type Markup } from '../text/markup.ts';
import { where } from '../text/place-text.ts';
import type { PlanView } from '../plan/plan-view.ts';

/** Each change as a line that opens, below what narrows them down; that part is shown by the script. */
export function changesSection(plan: Plan, { noops, now }: Pick<PlanView, 'noops' | 'now'>): Markup {
  const changes = byRisk(plan.changes.filter((change) => isWriting(change) || (noops === 'list' && isSettled(change))));
  const title = markup`<h2 id="changes-title">Changes <span class="count">${changes.length}</span></h2>`;
  if (changes.length === 0)
    return markup`<section id="changes" aria-labelledby="changes-title">${title}<p>None.</p></section>`;
  return markup`
<section id="changes" aria-labelledby="changes-title">${title}
<div class="tools">${filter(changes)}<p id="shown" role="status">${count(changes.length, 'change')}, deletes first</p></div>
<div class="columns" aria-hidden="true"><span>Action</span><span>Key</span><span>Reason</span><span>Source</span></div>
<ul id="rows">${changes.map((change) => row(change, now))}
</ul><button type="button" id="more" hidden></button></section>`;
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

/**
 * The details are in `noscript`: a browser that runs scripts takes them for plain text, at a tenth of the price, and the
 * script turns those into elements that are opened.
 */
function row(change: WritingChange | NoOpChange, now: Instant): Markup {
  const { key } = change;
  const action = shownAction(change);
  return markup`
<li data-action="${action}"><details><summary><b class="${action}">${sign(change)} ${action}</b> <span class="key">${key}${login(change)}</span> <span>${reasonText(change, now)}</span> <span class="at">${where(change)}</span></summary>
<noscript><div><dl>${facts(change)}</dl>${members(change, now)}</div></noscript></details>`;
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
