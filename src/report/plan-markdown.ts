import type { Action, Plan, WritingChange } from '../model/plan.ts';
import { changeBlocks } from './change-text.ts';
import { legend, signWidth } from './change-sign.ts';
import { count } from './count.ts';
import { diagnosticsText } from './diagnostics-text.ts';
import { codeBlock, codeSpan, inComment } from './escape.ts';
import { sortedByKey } from './order.ts';
import { planNotes } from './plan-notes.ts';
import { closingLine, isWriting } from './plan-text.ts';
import type { PlanView } from './plan-view.ts';
import { palette } from './style.ts';

/** A comment on GitHub may have 65,536 characters, and one on GitLab a million. */
const mostCharacters = 60_000;
/** What is not about changes leaves room for them. */
const mostNoteLines = 60;
const mostNoteCharacters = 6_000;

interface Group {
  readonly title: string;
  readonly noun: string;
  readonly actions: readonly Action[];
  readonly state: 'open' | 'folded';
}

/** In the order of reading: what takes something away first. What does not fit is left out from the end. */
const groups: readonly Group[] = [
  { title: 'Delete, replace, disable', noun: 'change', actions: ['delete', 'replace', 'disable'], state: 'open' },
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
  const changes = sortedByKey(plan.changes.filter(isWriting));
  const head = [
    `<!-- faceform plan ${inComment(plan.tenant)} -->`,
    `### faceform plan for ${codeSpan(plan.tenant.replace(/^https:\/\//, ''))}`,
    `**${closingLine(plan, plainView.palette)}**`,
    totals(plan),
    ...noteBlock(planNotes(plan, plainView).flatMap((note) => [...note, ''])),
    ...noteBlock(diagnosticsText(plan.diagnostics, plainView.palette).split('\n')),
    ...(changes.length === 0 ? [] : [`Signs: ${codeSpan(legend(changes, plainView.palette))}`]),
  ];
  const room = { characters: mostCharacters - length(head) - 200 };
  const shown = groups.flatMap((group) =>
    groupText(
      group,
      changes.filter(({ action }) => group.actions.includes(action)),
      room,
    ),
  );
  return `${[...head, ...shown].join('\n\n')}\n`;
}

function totals({ summary }: Plan): string {
  const columns = {
    create: summary.create,
    update: summary.update,
    disable: summary.disable,
    replace: summary.replace,
    delete: summary.delete,
    'e-mails': summary.emails,
    waiting: summary.waiting,
    attention: summary.attention,
    unmatched: summary.unmatched,
    'not read': summary.unknown,
  };
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  const names = Object.keys(columns);
  return [row(names), row(names.map(() => '--:')), row(Object.values(columns))].join('\n');
}

function noteBlock(lines: readonly string[]): readonly string[] {
  const fitting = lines.slice(0, fittingCount(lines, mostNoteCharacters)).slice(0, mostNoteLines);
  const left = lines.length - fitting.length;
  const text = [...fitting, ...(left === 0 ? [] : [`(${count(left, 'more line')})`])].join('\n').trim();
  return text === '' ? [] : [codeBlock('text', text)];
}

/** Takes from the room what the group needs, and as many of its changes as it has left. */
function groupText(group: Group, changes: readonly WritingChange[], room: { characters: number }): readonly string[] {
  if (changes.length === 0) return [];
  const blocks = changeBlocks(changes, signWidth(changes), palette('plain')).map(outdented);
  const fitting = blocks.slice(0, fittingCount(blocks, room.characters - 200));
  const left = blocks.length - fitting.length;
  const text = [
    `<details${group.state === 'open' ? ' open' : ''}><summary>${group.title} (${changes.length})</summary>`,
    ...(fitting.length === 0 ? [] : [codeBlock('diff', fitting.join('\n\n'))]),
    ...(left === 0 ? [] : [`${count(left, `more ${group.noun}`)} left out here; \`faceform show\` has all of them.`]),
    '</details>',
  ].join('\n\n');
  room.characters -= text.length + 2;
  return [text];
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

/** So that the sign is the first of its line, by which a viewer of diffs colours it. */
function outdented(block: string): string {
  return block.replace(/^ {2}/gm, '');
}

function length(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + part.length + 2, 0);
}
