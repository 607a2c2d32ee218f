import { attributeNames, attributes, type AttributeName } from '../../model/attributes.ts';
import type { ExpiryRule, NewFace, TokenSource } from '../../model/enrollment.ts';
import { nameOf, type Face } from '../../model/face.ts';
import type { Instant } from '../../model/instant.ts';
import { faceOf, isCreating, type Change, type WritingChange } from '../../model/plan.ts';
import { age } from '../text/age.ts';
import { attributesOf, isChanged, type AttributeRow } from './attribute-rows.ts';
import { paintedSign, shownAction, signWidth, type ShownAction } from './change-sign.ts';
import { aligned, padded } from '../text/columns.ts';
import { count } from '../../model/values/count.ts';
import { plain, quoted } from '../text/escape.ts';
import { inOnePiece } from '../text/fitted.ts';
import { reasonText } from './reason-text.ts';
import { leafText } from './leaf-text.ts';
import { sortedMembers } from '../text/order.ts';
import { where } from '../text/place-text.ts';
import type { Palette } from '../text/style.ts';

const nameWidth = Math.max(
  ...attributeNames.filter((name) => attributes[name].shown !== 'in-json').map((name) => name.length),
);

const verbs: Readonly<Record<ShownAction, string>> = {
  create: 'will be created',
  update: 'will be updated',
  shorten: 'will end earlier',
  disable: 'will be disabled',
  replace: 'will be replaced',
  delete: 'will be deleted',
};

/** What the blocks depend on beside the changes. */
export interface BlockView {
  readonly palette: Palette;
  /** When the plan is shown. */
  readonly now: Instant;
}

/** The changes that write, one block each: what, where and why, then the members that differ. To be `fitted`. */
export function changeBlocks(changes: readonly WritingChange[], { palette, now }: BlockView): readonly string[] {
  const width = signWidth(changes);
  const titles = aligned(
    changes.map((change) =>
      [plain(change.key), subject(change), verbs[shownAction(change)], where(change)].map(inOnePiece),
    ),
  );
  return changes.map((change, index) => {
    const sign = paintedSign(change, width, palette);
    const rows = attributesOf(change);
    const lines = [
      palette[shownAction(change)](palette.strong(`  # ${titles[index] ?? ''}`)),
      palette.faint(`  # (${why(change, now)})`),
      ...annotationLines(change, palette),
      ...memberLines(change, rows, now).map((line) => `  ${sign} ${line}`),
      ...hiddenLines(change, rows, palette),
    ];
    return lines.join('\n');
  });
}

function subject(change: WritingChange): string {
  const face = faceOf(change);
  return face === undefined ? 'new face' : faceName(face);
}

/** `face 19196-24946` */
export function faceName(face: Face): string {
  return `face ${plain(nameOf(face))}`;
}

function why(change: Change, now: Instant): string {
  const use = isCreating(change) ? `; ${change.facesInUse} of ${change.facesAllowed} faces in use` : '';
  return `${reasonText(change, now)}${use}`;
}

function annotationLines(change: Change, palette: Palette): readonly string[] {
  const text = annotationsText(change);
  return text === '' ? [] : [palette.faint(`  # ${text}`)];
}

/** `ticket="HR-4711"`, sorted by name; empty for none. */
export function annotationsText({ annotations }: Change): string {
  return sortedMembers(annotations)
    .map(([name, value]) => `${plain(name)}=${quoted(value)}`)
    .join(', ');
}

/** Whether the member tells a reader something; every face that changes has others that do not. */
export function isShown(change: WritingChange, row: AttributeRow): boolean {
  if (!isChanged(row)) return false;
  switch (attributes[row.name].shown) {
    case 'always':
      return true;
    case 'known':
      return row.before.state !== 'none' || row.after.state !== 'unknown';
    case 'on-create':
      return change.action === 'create';
    case 'in-json':
      return false;
  }
}

function memberLines(change: WritingChange, rows: readonly AttributeRow[], now: Instant): readonly string[] {
  return rows
    .filter((row) => isShown(change, row))
    .map((row) => `${padded(row.name, nameWidth)} = ${[movement(row, now), ...remarks(change, row)].join('  ')}`);
}

function movement({ before, after }: AttributeRow, now: Instant): string {
  if (before.state === 'none') return leafText(after, now);
  return `${leafText(before, now)} -> ${leafText(after, now)}`;
}

/** What a value alone does not say: what it sets off, where it comes from, why it matters. Comments begin with `#`. */
export function remarks(change: WritingChange, row: AttributeRow): readonly string[] {
  const { name } = row;
  const ofKind = attributes[name].kind === 'write-only' ? ['(write-only)'] : [];
  if (!isCreating(change)) return ofKind;
  const isTold = name === 'expiry' && change.policy !== undefined;
  const forced = change.reason === 'replace_because_cannot_update' && attributes[name].kind === 'immutable';
  return [
    ...ofKind,
    ...(isTold ? [] : newFaceRemarks(name, change.create)),
    ...(forced ? ['# forces replacement'] : []),
  ];
}

function newFaceRemarks(name: AttributeName, create: NewFace): readonly string[] {
  if (name === 'expiry') return [expiryRemark(create.expiry)];
  if (name === 'token' && create.flow === 'token') return [`# read from ${tokenSourceText(create.token)}`];
  if (name === 'activation' && create.flow === 'mobile')
    return create.activation.email ? ['# sends 1 activation e-mail'] : [];
  return [];
}

function expiryRemark(expiry: ExpiryRule): string {
  switch (expiry.rule) {
    case 'tenant':
    case 'policy':
      return "# by the tenant's own policy";
    case 'lifetime':
      return `# ${age(expiry.seconds)} after creation, set once the face is ACTIVE`;
    case 'at':
      return '# set once the face is ACTIVE';
  }
}

function tokenSourceText(source: TokenSource): string {
  return source.from === 'env' ? `environment variable ${plain(source.name)}` : `file ${plain(source.path)}`;
}

function hiddenLines(change: WritingChange, rows: readonly AttributeRow[], palette: Palette): readonly string[] {
  const hidden = hiddenText(change, rows);
  return hidden === '' ? [] : [palette.faint(`    # (${hidden})`)];
}

/** How many members are not shown; empty for none. */
export function hiddenText(change: WritingChange, rows: readonly AttributeRow[]): string {
  const hidden = rows.filter((row) => !isShown(change, row)).length;
  if (hidden === 0) return '';
  const kind = change.action === 'update' || change.action === 'disable' ? 'unchanged' : 'further';
  return `${count(hidden, `${kind} member`)} hidden`;
}
