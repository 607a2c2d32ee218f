import type { ExpiryRule, NewFace } from '../../model/enrollment.ts';
import { formatInstant, type Instant } from '../../model/instant.ts';
import { faceOf, isCreating, type DisableChange, type UpdateChange, type WritingChange } from '../../model/plan.ts';
import { count } from '../../model/values/count.ts';
import { age } from '../text/age.ts';
import { padded } from '../text/columns.ts';
import { plain } from '../text/escape.ts';
import { compareNaturally } from '../text/order.ts';
import { timeSpan } from '../text/time-span.ts';
import { changeSign, shownAction, type ShownAction } from './change-sign.ts';
import { reasonSentences } from './reason-sentences.ts';

/** Changes that are alike in all but the user: what differs is who they are, and when their faces end. */
export interface Batch {
  readonly action: ShownAction;
  readonly sign: string;
  /** `280 mobile faces, e-mail, tenant's expiry` */
  readonly title: string;
  readonly changes: readonly WritingChange[];
}

/** In the order of the changes. */
export function batchesOf(changes: readonly WritingChange[]): readonly Batch[] {
  const batches = new Map<string, WritingChange[]>();
  for (const change of changes) {
    const traits = JSON.stringify([changeSign(change), nounOf(change), change.reason, ...traitsOf(change)]);
    const known = batches.get(traits);
    if (known === undefined) batches.set(traits, [change]);
    else known.push(change);
  }
  return [...batches.values()].flatMap(batchOf);
}

/** What else changes must have in common. Who the user is to the vendor, such as an applicant, and annotations may differ. */
function traitsOf(change: WritingChange): readonly unknown[] {
  switch (change.action) {
    case 'create':
    case 'replace':
      return newFaceFacts(change.create);
    case 'update':
    case 'disable':
      return [
        change.face.expiry === undefined,
        change.to.expiry === undefined,
        change.face.expiry === change.to.expiry,
      ];
    case 'delete':
      return [];
  }
}

function batchOf(changes: readonly WritingChange[]): readonly Batch[] {
  const [first] = changes;
  if (first === undefined) return [];
  const title = [count(changes.length, nounOf(first)), ...factsOf(first, changes)].join(', ');
  // A create has one reason only.
  const why = first.action === 'create' ? '' : ` (${reasonSentences[first.reason]})`;
  return [{ action: shownAction(first), sign: changeSign(first), title: `${title}${why}`, changes }];
}

function factsOf(first: WritingChange, alike: readonly WritingChange[]): readonly string[] {
  switch (first.action) {
    case 'create':
    case 'replace':
      return newFaceFacts(first.create);
    case 'update':
    case 'disable':
      return updateFacts(first, alike.flatMap(asUpdate));
    case 'delete':
      return [];
  }
}

type UpdatingChange = UpdateChange | DisableChange;

function asUpdate(change: WritingChange): readonly UpdatingChange[] {
  return change.action === 'update' || change.action === 'disable' ? [change] : [];
}

function updateFacts(
  { face, to, shortens }: UpdateChange | (DisableChange & Pick<UpdateChange, 'shortens'>),
  alike: readonly UpdatingChange[],
): readonly string[] {
  return [
    ...(face.status === to.status || to.status === 'DISABLED' ? [] : [`status -> ${to.status}`]),
    ...(face.expiry === to.expiry ? [] : [`expiry -> ${expiriesText(alike)}`]),
    ...(shortens === undefined ? [] : [lossText(alike)]),
  ];
}

/** One expiry, or the first and the last day of several. */
function expiriesText(changes: readonly UpdatingChange[]): string {
  const ends = changes.flatMap(({ to }) => to.expiry ?? []);
  const [first, ...others] = ends;
  if (first === undefined) return 'none';
  const last = others.reduce((found, end) => (end > found ? end : found), first);
  const earliest = others.reduce((found, end) => (end < found ? end : found), first);
  if (earliest === last) return formatInstant(first);
  const [from = '', until = ''] = [earliest, last].map((end) => formatInstant(end).slice(0, 'YYYY-MM-DD'.length));
  return from === until ? from : `${from} … ${until}`;
}

/** What the changes take at most of the time that a face would last. */
function lossText(changes: readonly UpdatingChange[]): string {
  let most: readonly [Instant, Instant] | undefined;
  for (const { face, to } of changes) {
    if (face.expiry === undefined || to.expiry === undefined) continue;
    if (most === undefined || face.expiry - to.expiry > most[1] - most[0]) most = [to.expiry, face.expiry];
  }
  if (most === undefined) return 'had no end before';
  return `access ends ${changes.length === 1 ? '' : 'up to '}${timeSpan(...most)} earlier`;
}

/** `ACTIVE mobile face`: the status of a face that is there, and the flow where an entry asks for it. */
function nounOf(change: WritingChange): string {
  const face = faceOf(change);
  const status = face === undefined ? [] : [plain(face.status)];
  const flow = isCreating(change) ? change.create.flow : flowInKey(change.key);
  return [...status, ...(flow === undefined ? [] : [flow]), 'face'].join(' ');
}

/** A face that no present entry claims has its serial number there. */
function flowInKey(key: string): string | undefined {
  return /\/(mobile|web|token)$/.exec(key)?.[1];
}

function newFaceFacts(create: NewFace): readonly string[] {
  return [...(create.flow === 'mobile' ? [activationFact(create.activation)] : []), expiryFact(create.expiry)];
}

function activationFact({ email, qrCode }: { readonly email: boolean; readonly qrCode: boolean }): string {
  const ways = [...(email ? ['e-mail'] : []), ...(qrCode ? ['QR code'] : [])];
  return ways.length === 0 ? 'no activation' : ways.join(' and ');
}

function expiryFact(rule: ExpiryRule): string {
  switch (rule.rule) {
    case 'tenant':
    case 'policy':
      return "tenant's expiry";
    case 'lifetime':
      return `expiry ${age(rule.seconds)} after creation`;
    case 'at':
      return `expiry ${formatInstant(rule.instant)}`;
  }
}

/** Such as `+ create 280 mobile faces, e-mail, tenant's expiry`. */
export function batchHead({ sign, action, title }: Batch, signs: number): string {
  return `${padded(sign, signs)} ${action} ${title}`;
}

/** Each user once, in the order in which people order names; with how many faces where there are several. */
export function namesOf({ changes }: Batch): readonly string[] {
  const counts = new Map<string, number>();
  for (const { user } of changes) counts.set(user.login, (counts.get(user.login) ?? 0) + 1);
  return [...counts]
    .toSorted(([left], [right]) => compareNaturally(left, right))
    .map(([login, faces]) => `${plain(login)}${faces === 1 ? '' : ` (${faces})`}`);
}
