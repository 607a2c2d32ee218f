import { tenantHead } from '../text/tenant-head.ts';
import { hasErrors } from '../../model/diagnostic.ts';
import { isWriting, writingChanges, type Plan, type WritingChange } from '../../model/plan.ts';
import { countMissing } from '../../model/summary.ts';
import { shardText } from '../../model/shard.ts';
import { changeBlocks } from './change-text.ts';
import { compactLines } from './compact-text.ts';
import { byRisk, legend, shownActions, shownCounts } from './change-sign.ts';
import { count } from '../../model/values/count.ts';
import { filesText } from '../text/files-text.ts';
import { plain } from '../text/escape.ts';
import { fitted } from '../text/fitted.ts';
import { planNotes, provisionText } from './plan-notes.ts';
import { readingText } from './reading-text.ts';
import { detailOf, type PlanView } from './plan-view.ts';
import type { Palette } from '../text/style.ts';

/** The plan for people. Its last line is the summary, or begins with "No changes". */
export function planText(plan: Plan, view: PlanView): string {
  const changes = byRisk(writingChanges(plan));
  const paragraphs = [
    [...optional(readingText(plan)), header(plan, view)].join('\n'),
    ...changeParagraphs(changes, view),
    ...planNotes(plan, view).map((note) => note.join('\n')),
    closingLine(plan, view.palette),
  ];
  return fitted(`${paragraphs.join('\n\n')}\n`, view.width);
}

/** The signs used, then a block for each change, or all of them compact. */
function changeParagraphs(changes: readonly WritingChange[], view: PlanView): readonly string[] {
  if (changes.length === 0) return [];
  const signs = `  ${legend(changes, view.palette)}`;
  if (detailOf(view, changes.length) === 'full') return [signs, ...changeBlocks(changes, view)];
  const hint = view.palette.faint('  # One line for changes that are alike in all but the user; --full shows each.');
  return [`${signs}\n${hint}`, compactLines(changes, view).join('\n')];
}

function optional(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}

function header(plan: Plan, { palette, toolVersion }: PlanView): string {
  const tenant = plain(tenantHead(plan.tenant));
  const environment = plan.environment === undefined ? '' : `environment ${plain(plan.environment.name)} - `;
  const read = `${filesText(plan.inputs.length, plan.filesSkipped)}, ${count(plan.users, 'user')}`;
  const shard = plan.shard === undefined ? '' : `, shard ${shardText(plan.shard)}`;
  const title = plan.reverts === undefined ? 'plan' : `plan to undo ${plain(plan.reverts)}`;
  const { ignore } = countMissing(plan.missing);
  const ignored = ignore === 0 ? '' : `, ${count(ignore, 'missing user')} ignored`;
  return palette.strong(
    `faceform ${plain(toolVersion)} ${title} - ${environment}tenant ${tenant} - ${read}${ignored}${shard}`,
  );
}

/** The summary, or why there is none; a plan that is not complete is never called empty. */
export function closingLine(plan: Plan, palette: Palette): string {
  return plan.changes.some(isWriting) ? summary(plan, palette) : nothingToDo(plan, palette);
}

function summary({ summary: totals, missing }: Plan, palette: Palette): string {
  const of = shownCounts(totals);
  // Rare, and named only where there is one: scripts look for the others one after the other.
  const named = shownActions.filter((action) => action !== 'shorten' || of.shorten > 0);
  const counts = named.map((action) => `${of[action]} to ${action}`);
  const emails = totals.emails === 0 ? '' : ` ${count(totals.emails, 'activation e-mail')} to send.`;
  const others = countMissing(missing).wait === 0 ? '' : ` ${provisionText(missing)}.`;
  return `${palette.strong('Plan:')} ${counts.join(', ')}.${emails}${others}`;
}

/** "No changes." stands for a tenant that was read to the end; nothing less may look like it. */
function nothingToDo(plan: Plan, palette: Palette): string {
  if (!plan.complete) return palette.warning('No changes among what could be read; the live state is incomplete.');
  if (hasErrors(plan.diagnostics)) return palette.warning('No changes planned; see the errors.');
  if (plan.reverts !== undefined) {
    const rest = plan.diagnostics.length === 0 ? '' : ' The warnings say what is left alone.';
    return `${palette.good('No changes.')} Nothing is left to undo.${rest}`;
  }
  const isWhole = plan.read === undefined || plan.read.mode === 'full';
  const { waiting, attention } = plan.summary;
  const open = [
    ...(waiting === 0 ? [] : [verbal(waiting, 'is waiting', 'are waiting')]),
    ...(attention === 0 ? [] : [verbal(attention, 'needs attention', 'need attention')]),
    ...(countMissing(plan.missing).wait === 0 ? [] : [provisionText(plan.missing)]),
  ];
  const rest = open.length === 0 ? '' : `; ${open.join(' and ')}`;
  const which = isWhole ? 'The tenant matches your files' : 'The users that were read match the files';
  return `${palette.good('No changes.')} ${which}${rest}.`;
}

function verbal(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}
