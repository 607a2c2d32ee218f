import { tenantText } from '../../model/tenant-id.ts';
import { tenantHead } from '../text/tenant-head.ts';
import { writingChanges, type Plan, type WritingChange } from '../../model/plan.ts';
import { countMissing } from '../../model/summary.ts';
import { changeBlocks, type BlockView } from './change-text.ts';
import { compactComment, type CompactComment } from './compact-comment.ts';
import { byRisk, legend, shownAction, shownCounts, type ShownAction } from './change-sign.ts';
import { count } from '../../model/values/count.ts';
import { diagnosticsText } from '../diagnostics/diagnostics-text.ts';
import { codeBlock, codeSpan, headOf, inComment, wordsWithin } from '../text/escape.ts';
import { fitted } from '../text/fitted.ts';
import { planNotes } from './plan-notes.ts';
import { readingText } from './reading-text.ts';
import { closingLine } from './plan-text.ts';
import { detailOf, type PlanView } from './plan-view.ts';
import { palette } from '../text/style.ts';

/** A comment on GitHub may have 65,536 characters, and one on GitLab a million. */
const mostCharacters = 60_000;
/** One name must not take the room of all others; a run of backticks makes fences as long. */
const mostOfLine = 400;
const mostOfTenant = 1_000;
/** What is not about changes leaves room for them, and no note takes that of the next, such as a budget's refusal. */
const noteLimits = { lines: 22, characters: 2_000 } as const;
const diagnosticLimits = { lines: 60, characters: 6_000 } as const;
/** Of a group beside its changes: its tags and what was left out, and with them two fences. */
const groupTags = 200;
const groupFrame = groupTags + 2 * mostOfLine;
/** What a group leaves to each that comes after it. */
const roomOfGroup = 2_000;

/** The name of a ref and the reason come from outside, so all of it is code. */
function readingLine(plan: Plan): readonly string[] {
  const text = readingText(plan);
  return text === undefined ? [] : [codeSpan(headOf(text, mostOfTenant))];
}

function environmentText({ environment }: Plan): string {
  return environment === undefined ? '' : `, environment ${codeSpan(headOf(environment.name, mostOfLine))}`;
}

interface Group {
  readonly title: string;
  readonly noun: string;
  readonly actions: readonly ShownAction[];
  readonly state: 'open' | 'folded';
}

/** In the order of reading: what takes something away first. What does not fit is left out from the end. */
const groups: readonly Group[] = [
  { title: 'Delete, replace, disable', noun: 'change', actions: ['delete', 'replace', 'disable'], state: 'open' },
  { title: 'Shorten', noun: 'shorten', actions: ['shorten'], state: 'open' },
  { title: 'Update', noun: 'update', actions: ['update'], state: 'folded' },
  { title: 'Create', noun: 'create', actions: ['create'], state: 'folded' },
];

/**
 * The plan as a comment of a pull request, 60,000 characters at most. Its first line is hidden, and the same for each
 * plan of one tenant, so that a rerun finds the comment to edit. Text from outside stands in code alone, where neither
 * links, nor mentions, nor HTML work.
 */
export function planMarkdown(plan: Plan, view: PlanView): string {
  const plainView = { ...view, palette: palette('plain') };
  const changes = byRisk(writingChanges(plan));
  const head = [
    `<!-- faceform plan ${inComment(headOf(tenantText(plan.tenant), mostOfTenant))} -->`,
    `### faceform plan for ${codeSpan(headOf(tenantHead(plan.tenant), mostOfLine))}${environmentText(plan)}`,
    ...readingLine(plan),
    `**${closingLine(plan, plainView.palette)}**`,
    totals(plan),
    ...noteBlock(planNotes(plan, plainView), noteLimits),
    ...noteBlock([diagnosticsText(plan.diagnostics, plainView.palette).trimEnd().split('\n')], diagnosticLimits),
    ...(changes.length === 0 ? [] : [`Signs: ${codeSpan(fitted(legend(changes, plainView.palette), undefined))}`]),
  ];
  const shown = groupTexts(changes, plainView, mostCharacters - length(head) - groups.length * groupTags);
  return fitted(`${[...head, ...shown].join('\n\n')}\n`, undefined);
}

function totals({ summary, missing }: Plan): string {
  const { wait } = countMissing(missing);
  const columns = {
    ...shownCounts(summary),
    'e-mails': summary.emails,
    waiting: summary.waiting,
    attention: summary.attention,
    unmatched: summary.unmatched,
    'not read': summary.unknown,
    ...(wait === 0 ? {} : { 'to be provisioned': wait }),
  };
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  const names = Object.keys(columns);
  return [row(names), row(names.map(() => '--:')), row(Object.values(columns))].join('\n');
}

type Limits = Readonly<Record<'lines' | 'characters', number>>;

/** Paragraphs, each within the limits, in one block. */
function noteBlock(notes: readonly (readonly string[])[], limits: Limits): readonly string[] {
  const text = notes.map((note) => bounded(note, limits).join('\n')).join('\n\n');
  return text === '' ? [] : [codeBlock('text', text)];
}

function bounded(lines: readonly string[], limits: Limits): readonly string[] {
  const short = lines.map((line) => wordsWithin(line, mostOfLine));
  const fitting = short.slice(0, Math.min(limits.lines, fittingCount(short, limits.characters)));
  const left = lines.length - fitting.length;
  return left === 0 ? fitting : [...fitting, `(${count(left, 'more line')})`];
}

/** Each group that has changes; what one leaves of the characters, the next may use. */
function groupTexts(changes: readonly WritingChange[], view: PlanView, characters: number): readonly string[] {
  const used = groups
    .map((group) => ({ group, own: changes.filter((change) => group.actions.includes(shownAction(change))) }))
    .filter(({ own }) => own.length > 0);
  const listed = detailOf(view, changes.length) === 'full' ? fullGroup : compactGroup;
  const texts: string[] = [];
  let left = characters;
  for (const [at, { group, own }] of used.entries()) {
    const kept = (used.length - 1 - at) * roomOfGroup;
    const text = groupText(group, own, listed(own, left - groupFrame - kept, view));
    left -= text.length + 2;
    texts.push(text);
  }
  return texts;
}

/** As much of a group as fits into so many characters, and how many changes had no room. */
type Listed = (changes: readonly WritingChange[], characters: number, view: BlockView) => CompactComment;

const fullGroup: Listed = (changes, characters, view) => {
  const blocks = changeBlocks(changes, view).map(commentBlock);
  const fitting = blocks.slice(0, fittingCount(blocks, characters));
  return { lines: fitting.length === 0 ? [] : [fitting.join('\n\n')], left: blocks.length - fitting.length };
};

const compactGroup: Listed = (changes, characters) => compactComment(changes, characters);

function groupText(group: Group, changes: readonly WritingChange[], { lines, left }: CompactComment): string {
  return [
    `<details${group.state === 'open' ? ' open' : ''}><summary>${group.title} (${changes.length})</summary>`,
    ...(lines.length === 0 ? [] : [codeBlock('diff', lines.join('\n'))]),
    ...(left === 0 ? [] : [`${count(left, `more ${group.noun}`)} left out here; the plan itself has all of them.`]),
    '</details>',
  ].join('\n\n');
}

/** How many of the texts fit, one after the other. */
function fittingCount(texts: readonly string[], characters: number): number {
  let left = characters;
  const over = texts.findIndex((text) => {
    left -= text.length + 2;
    return left < 0;
  });
  return over === -1 ? texts.length : over;
}

/** Outdented, so that the sign is the first of its line, by which a viewer of diffs colours it. */
function commentBlock(block: string): string {
  return block
    .split('\n')
    .map((line) => wordsWithin(line.replace(/^ {2}/, ''), mostOfLine))
    .join('\n');
}

function length(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + part.length + 2, 0);
}
