import { tenantText, type TenantId } from '../model/tenant-id.ts';
import type { Reach } from '../model/enrollment.ts';
import type { Exported, ExportedFace, ExportedUser } from '../model/shown/exported.ts';
import { tokenVariableFor, type Face } from '../model/face.ts';
import { formatInstant } from '../model/instant.ts';
import type { EverybodyRequest } from '../model/tenant.ts';
import { count } from '../model/values/count.ts';
import { shown } from '../model/values/secret.ts';
import { yamlText } from '../model/values/yaml-text.ts';
import { plain, quoted } from './text/escape.ts';

/** What was asked for. */
export interface ExportContext {
  readonly tenant: TenantId;
  readonly reach: Reach;
  readonly who: EverybodyRequest['who'];
}

/**
 * The live state as an enrollments file, piece by piece. The same state gives the same text at any time of day.
 */
export function* exportYaml(exported: Exported, context: ExportContext): Iterable<string> {
  const head = [...preamble(exported, context), ...incomplete(exported), 'version: 1', scope(context.reach)];
  yield `${head.join('\n')}\n`;
  yield exported.users.some(({ entries }) => entries.length > 0) ? 'enrollments:\n' : 'enrollments: []\n';
  for (const user of exported.users) yield `${userLines(user).join('\n')}\n`;
}

function preamble({ users }: Exported, { tenant, reach, who }: ExportContext): readonly string[] {
  const faces = users.reduce((sum, user) => sum + user.entries.length, 0);
  const of = reach.users === 'group' ? `, group ${quoted(reach.group)}` : '';
  return [
    '# yaml-language-server: $schema=./enrollments.schema.json',
    '# The schema: faceform schema > enrollments.schema.json',
    `# What "faceform export" found in the tenant ${plain(tenantText(tenant))}${of}: ${count(faces, 'face')} of ${count(users.length, 'user')}.`,
    '# A plan of this file right after finds nothing to do. An expiry stands in a comment alone: as a member it would',
    '# make the file invalid on the day it passes, and demand an update whenever the tenant moves it.',
    ...scopeAdvice[reach.users],
    ...(who === 'every-user' ? [] : doubt),
  ];
}

const scopeAdvice: Readonly<Record<Reach['users'], readonly string[]>> = {
  tenant: [
    '# It owns the users it names. To own all of the tenant: scope: { users: tenant, onRemove: keep }, and when the plan',
    '# says what you expect, disable or delete instead of keep.',
  ],
  group: ['# Nothing happens to users of the group whom it does not name, as long as onRemove is keep.'],
};

const doubt = [
  "# Users were found by the tenant's own filter for users with a face. The vendor does not say whether it finds those",
  '# without an ACTIVE face; "faceform export --every-user" asks for each user, one call each.',
];

/** So that nobody takes a part for the whole. */
function incomplete({ unread, failure }: Exported): readonly string[] {
  return [
    ...(failure === undefined
      ? []
      : [`# INCOMPLETE: the users could not be listed to the end: ${plain(failure.message)}`]),
    ...(unread.length === 0 ? [] : [`# INCOMPLETE: ${count(unread.length, 'user')} could not be read:`]),
    ...unread.map(({ key, reason }) => `#   ${quoted(key)}: ${reason.code}: ${plain(reason.message)}`),
  ];
}

function scope(reach: Reach): string {
  return reach.users === 'tenant'
    ? 'scope: { users: listed }'
    : `scope: { users: group, group: ${yamlText(reach.group)}, onRemove: keep }`;
}

function userLines(user: ExportedUser): readonly string[] {
  return [
    ...user.entries.flatMap((entry) => entryLines(entry, user)),
    ...user.leftOut.map((face) => leftOutLine(face, user)),
  ];
}

function leftOutLine(face: Face, { user }: ExportedUser): string {
  return `  # NOT IN THIS FILE: a face of ${quoted(user.login)} that no serial number tells from others: id ${quoted(face.id)}, ${facts(face)}`;
}

function entryLines(entry: ExportedFace, { user, by }: ExportedUser): readonly string[] {
  const { face, flow, enabled, label, serialNumber } = entry;
  const who = by === 'login' ? '' : `user ${quoted(user.login)}: `;
  return [
    `  # ${who}${facts(face)}${entry.certainty === 'guessed' ? `, ${guess}` : ''}`,
    by === 'login' ? `  - user: ${yamlText(user.login)}` : `  - uuid: ${yamlText(user.uuid)}`,
    `    flow: ${flow}`,
    ...(label === undefined ? [] : [`    label: ${yamlText(label)}`]),
    ...(serialNumber === undefined ? [] : [`    serialNumber: ${yamlText(serialNumber)}`]),
    ...flowLines(entry),
    ...(enabled ? [] : ['    enabled: false']),
  ];
}

const guess = 'not yet to be told from a token face';

function flowLines(entry: ExportedFace): readonly string[] {
  switch (entry.flow) {
    case 'mobile':
      return [];
    case 'web':
      return [`    applicantId: ${yamlText(entry.applicantId)}`];
    case 'token':
      return [
        '    customerUserId: unknown # the tenant does not tell; needed, as the token, only to create the face anew',
        `    token: { env: ${tokenVariableFor(entry.face)} }`,
      ];
  }
}

function facts(face: Face): string {
  const created = shown(face.created);
  const expiry = shown(face.expiry);
  const serialNumber = shown(face.serialNumber);
  const platform = shown(face.platform);
  return [
    plain(face.status),
    ...(created === undefined ? [] : [`created ${formatInstant(created)}`]),
    ...(expiry === undefined ? [] : [`expires ${formatInstant(expiry)}`]),
    ...(serialNumber === undefined ? [] : [`serial number ${quoted(serialNumber)}`]),
    ...(platform === undefined ? [] : [plain(platform)]),
  ].join(', ');
}
