import { fitted } from '../text/fitted.ts';
import { tenantHead } from '../text/tenant-head.ts';
import type { ExplainContext, Explanation, Verdict } from '../../model/shown/explanation.ts';
import type { Instant } from '../../model/instant.ts';
import { placeOf } from '../../model/place.ts';
import type { Change, WritingChange } from '../../model/plan.ts';
import { changeBlocks, faceName } from '../plan/change-text.ts';
import { legend } from '../plan/change-sign.ts';
import { decisionLines } from './explain-decisions.ts';
import { faceLines, settingsLines } from './explain-faces.ts';
import { guardLines, refusalsOf } from './explain-guards.ts';
import { aligned } from '../text/columns.ts';
import { diagnosticsText } from '../diagnostics/diagnostics-text.ts';
import { plain, quoted } from '../text/escape.ts';
import { wholePlace } from '../text/place-text.ts';
import { reasonText } from '../plan/reason-text.ts';
import type { Palette } from '../text/style.ts';

export interface ExplainView extends ExplainContext {
  readonly palette: Palette;
  /** Columns of the terminal; undefined where there is none. */
  readonly width?: number | undefined;
}

/** One user on one page, for people: the answer first, then what it rests on. */
export function explainText(explanation: Explanation, view: ExplainView): string {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['In short', shortLines(explanation, view)],
    ['User', userLines(explanation)],
    ['Faces in the tenant', faceLines(explanation, view)],
    ['Face settings', settingsLines(explanation)],
    ['Entries that name the user', entryLines(explanation)],
    ['Decisions', decisionLines(explanation, view)],
    ['What a plan would change', changeLines(explanation, view)],
    ['Guards', guardLines(explanation)],
  ];
  const paragraphs = sections.filter(([, lines]) => lines.length > 0).map((section) => paragraph(section, view));
  const text = fitted(`${[header(explanation, view), ...paragraphs].join('\n\n')}\n`, view.width);
  // Its code frames are as wide as they may be, and no line of them goes on below.
  const found = diagnosticLines(explanation, view);
  return found.length === 0 ? text : `${text}\n${paragraph(['Errors and warnings', found], view)}\n`;
}

function paragraph([title, lines]: readonly [string, readonly string[]], { palette }: ExplainView): string {
  return [palette.strong(title), ...lines.map((line) => `${indent}${line}`.trimEnd())].join('\n');
}

const indent = '  ';

function header({ asked }: Explanation, { palette, toolVersion, tenant }: ExplainView): string {
  const name = plain(tenantHead(tenant));
  return palette.strong(`faceform ${plain(toolVersion)} explain - tenant ${name} - user ${plain(nameOf(asked))}`);
}

function nameOf({ by, value }: Explanation['asked']): string {
  return by === 'login' ? value : `${by}:${value}`;
}

/** The answer for somebody who reads no further. */
function shortLines(explanation: Explanation, { now }: ExplainView): readonly string[] {
  const { profile, asked, ownership, undecided, entries, missing, verdicts } = explanation;
  switch (profile.presence) {
    case 'absent':
      return [
        `The tenant has no user ${quoted(nameOf(asked))}, or does not show them to this role.`,
        'Users are named by login or alias, by uuid:UUID or by externalId:ID.',
        `${namers(entries.length)} this user.`,
        ...missing.map(({ key, handling }) => `${plain(key)}: ${handlings[handling]}.`),
      ];
    case 'unknown':
      return [
        `The user could not be read (${profile.reason.code}): ${plain(profile.reason.message)}`,
        'While that is so, no change is planned for them. Run again.',
      ];
    case 'present':
      break;
  }
  if (undecided !== undefined) {
    return [
      `The face settings of the user could not be read (${undecided.code}): ${plain(undecided.message)}`,
      "An entry with 'lifetime: policy' needs them, so no change is planned for this user. Run again.",
    ];
  }
  if (ownership === 'nobody') return ['No entry names this user, so faceform leaves their faces alone.'];
  if (ownership === 'outside') {
    return ["Entries name this user, but they are not in the scope's group. That is an error; nothing is planned."];
  }
  const answers = verdicts.map((verdict) => answer(verdict, now));
  return [
    ...(answers.length === 0 ? ['The user has no face, and no entry asks for one.'] : answers),
    ...refusalsOf(explanation),
  ];
}

const handlings = {
  wait: "the user is waiting to be provisioned ('missingUsers: wait')",
  ignore: 'a plan only counts the user',
} as const;

function namers(entries: number): string {
  if (entries === 0) return 'No entry names';
  return entries === 1 ? 'The entry below names' : 'The entries below name';
}

const promises: Readonly<Record<Change['action'], string>> = {
  create: 'a new face would be created',
  update: 'FACE would be updated',
  disable: 'FACE would be disabled',
  replace: 'FACE would be replaced by a new one',
  delete: 'FACE would be deleted',
  'no-op': 'no change for FACE',
};

function answer({ key, change, face }: Verdict, now: Instant): string {
  const name = face === undefined ? 'the user' : faceName(face);
  if (change === undefined) return `${plain(key)}: ${name} is left alone (no entry claims it).`;
  const told = promises[change.action].replace('FACE', () => name);
  return `${plain(key)}: ${told} (${reasonText(change, now)})${applicantText(change)}.`;
}

/** The two applicants where they are why a face would be replaced. */
function applicantText(change: Change): string {
  if (change.action !== 'replace' || change.create.flow !== 'web') return '';
  const { applicantId } = change.face;
  if (applicantId === undefined || applicantId === change.create.applicantId) return '';
  return `: the face has applicantId ${quoted(applicantId)}, the entry asks for ${quoted(change.create.applicantId)}`;
}

function userLines({ profile }: Explanation): readonly string[] {
  if (profile.presence === 'absent' || profile.user === undefined) return [];
  const { login, uuid, aliases, externalId, groups } = profile.user;
  return aligned([
    ['login', plain(login)],
    ['UUID', plain(uuid)],
    ['aliases', listed(aliases)],
    ['external id', externalId === undefined ? 'none' : plain(externalId)],
    ['groups', listed(groups)],
  ]);
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.map((name) => plain(name)).join(', ');
}

const kinds = { login: 'by login', alias: 'by an alias', uuid: 'by UUID', externalId: 'by external id' } as const;

function entryLines({ entries, profile }: Explanation): readonly string[] {
  const lines = aligned(
    entries.map(({ entry, by }) => [plain(entry.key), kinds[by], wholePlace(placeOf(entry.range))]),
  );
  const known = profile.presence !== 'absent' && profile.user !== undefined;
  const rest = known
    ? 'No other entry can name this user: all of the names above were looked for.'
    : 'The other names of the user are not known, so entries that use those are not listed.';
  return [...(lines.length === 0 ? ['none'] : lines), rest];
}

function changeLines({ verdicts }: Explanation, view: ExplainView): readonly string[] {
  const changes = verdicts.flatMap(({ change }): readonly WritingChange[] =>
    change === undefined || change.action === 'no-op' ? [] : [change],
  );
  if (changes.length === 0) return [];
  const blocks = changeBlocks(changes, view);
  return [
    legend(changes, view.palette),
    ...blocks.flatMap((block) => ['', ...block.replace(/^ {2}/gm, '').split('\n')]),
  ];
}

function diagnosticLines({ diagnostics }: Explanation, { palette, width }: ExplainView): readonly string[] {
  const room = width === undefined ? undefined : Math.max(1, width - indent.length);
  return diagnosticsText(diagnostics, palette, room).split('\n').slice(0, -1);
}
