import { faceOf } from '../../../src/model/plan.ts';
import type { StoredFace } from '../../../src/sandbox/state/stored.ts';
import type { Ran } from '../sim-run.ts';
import type { Effect } from '../sim-tenant.ts';
import { creates, outcomesOf, plannedIn, wanted, type Book } from './book.ts';

const flows = ['mobile', 'web', 'token'] as const;

/** Faces that runs have made, and that are in use when all have ended. */
export function surplusIsReported(book: Book): readonly string[] {
  const { storm, ran, afterStorm } = book.after;
  return storm.users.flatMap((user) =>
    flows.flatMap((flow) => {
      const isMoved = book.effectsOn(user.login).some((one) => one.does !== 'create' && !book.isByRun(one));
      const made = (afterStorm.get(user.login) ?? []).filter(
        ({ id, flow: its }) => its === flow && ran.some(({ run }) => run.name === book.makers.get(id)),
      );
      if (made.length <= wanted(user, flow)) return [];
      const creating = book.effectsOn(user.login).filter(({ does, face }) => does === 'create' && face.flow === flow);
      const makers = ran.filter(({ run }) => creating.some(({ by }) => by === run.name));
      const knows = (one: Ran): boolean => {
        const { run, ended, plan } = one;
        return (
          ended === undefined ||
          book.complains(run.name, user.login) ||
          shownIn(plan).some((id) => made.some((face) => face.id === id)) ||
          made.some((face) => isMistaken(face, plan) || (isMoved && isTakenForOther(face, one)))
        );
      };
      return makers.some(knows) ? [] : [`${user.login} has ${made.length} ${flow} faces, and no run says so`];
    }),
  );
}

/** Faces that a plan leaves alone, or says to be second ones. */
function shownIn(plan: Ran['plan']): readonly string[] {
  const second = (plan?.changes ?? []).flatMap((change) =>
    change.action === 'no-op' && change.duplicateOf !== undefined ? (change.face?.id ?? []) : [],
  );
  return [...second, ...(plan?.kept ?? []).map(({ face }) => face.id)];
}

/** What a pending face is, mobile or token, nobody can tell: the plan shows it as that of the other entry. */
function isMistaken({ id, flow }: StoredFace, plan: Ran['plan']): boolean {
  return (plan?.changes ?? []).some((change) => faceOf(change)?.id === id && isOfOther(change.key, flow));
}

/**
 * The run took up a plan and says that the face answers the entry of another kind. Where somebody deletes the one of two
 * such faces, the other may be either.
 */
function isTakenForOther({ id, flow }: StoredFace, ran: Ran): boolean {
  return outcomesOf(ran).some(
    (outcome) => 'faceId' in outcome && outcome.faceId === id && isOfOther(outcome.change.key, flow),
  );
}

function isOfOther(key: string, flow: StoredFace['flow']): boolean {
  const [, its] = key.split('/');
  return flows.some((other) => other === its && other !== flow);
}

/** Where only runs act and nothing goes wrong, no face is left over for anybody to look after. */
export function quietEndsWithOne(book: Book): readonly string[] {
  const { storm, ran } = book.after;
  // A face that is renewed on purpose may be the one of two that stays.
  const isRenewing = storm.users.some(({ wishes }) => wishes.some(({ renew }) => renew));
  const isQuiet = storm.faultRate === 0 && storm.moves.length === 0 && storm.unmatched === 'keep' && !isRenewing;
  if (!isQuiet || ran.some(({ ended }) => ended === undefined)) return [];
  const kindsOf = (name: string): ReadonlySet<string> =>
    new Set(storm.users.find(({ login }) => login === name)?.wishes.map(({ kind }) => kind));
  return ran.flatMap((one) =>
    outcomesOf(one).flatMap((outcome) => {
      const { user, key } = outcome.change;
      // What a pending face of theirs is, mobile or token, nobody can tell.
      const kinds = kindsOf(user.login);
      if (kinds.has('mobile') && kinds.has('token')) return [];
      const isDuplicate = 'refusal' in outcome && outcome.refusal.problem === 'DUPLICATE_FACE';
      return isDuplicate ? [`${one.run.name} leaves two faces for ${key}`] : [];
    }),
  );
}

/** A create that was carried out although as many faces as the files ask for were in use. */
export function secondsAreReported(book: Book): readonly string[] {
  return book.effects.flatMap((effect, index) => {
    const ran = book.runs.get(effect.by);
    const user = book.after.storm.users.find(({ login }) => login === effect.login);
    if (ran?.ended === undefined || user === undefined || effect.does !== 'create') return [];
    const before = book.effects.slice(0, index).filter(({ login }) => login === effect.login);
    // What others made may be pending, too: nobody can tell of which kind it is.
    const isMoved = before.some((one) => !book.isByRun(one));
    const rivals = rivalsOf(effect, ran, book).filter((face) => !isMoved || !isTakenForOther(face, ran));
    if (rivals.length < wanted(user, effect.face.flow)) return [];
    const later = book.effects.slice(index + 1).filter(({ login }) => login === effect.login);
    const isTold =
      later.some((one) => settles(one, [effect.face, ...rivals], book)) || isReported(effect, rivals, { later, book });
    return isTold
      ? []
      : [`${effect.by} made a ${effect.face.flow} face for ${user.login}, who had one, and nobody says so`];
  });
}

/** New faces of the same flow that neither the plan shows nor the run takes away. */
function rivalsOf({ face: made, others }: Effect, ran: Ran, { makers }: Book): readonly StoredFace[] {
  const going = plannedIn(ran).flatMap((change) => (change.action === 'create' ? [] : [change.face.id]));
  const shown = (ran.plan?.changes ?? []).flatMap((change) => faceOf(change)?.id ?? []);
  const known = new Set([...going, ...shown, ...shownIn(ran.plan)]);
  return others.filter(({ id, flow }) => flow === made.flow && !known.has(id) && makers.has(id));
}

/** Others may settle it before anybody looks: by hand, or because 'unmatched' says so. */
function settles(later: Effect, faces: readonly StoredFace[], book: Book): boolean {
  if (later.does === 'create') return false;
  return !book.isByRun(later) || (faces.some(({ id }) => id === later.face.id) && !book.isOwn(later));
}

function isReported(
  { by, login }: Effect,
  rivals: readonly StoredFace[],
  { later, book }: { readonly later: readonly Effect[]; readonly book: Book },
): boolean {
  const runs = [by, ...rivals.flatMap(({ id }) => book.makers.get(id) ?? [])];
  // A run that was killed may have taken its face back, and died before it could say so.
  const isGone = (name: string): boolean =>
    book.runs.get(name)?.ended === undefined && later.some((one) => one.by === name && one.does === 'delete');
  return runs.some((name) => book.complains(name, login) || (book.runs.has(name) && isGone(name)));
}

export function compensationsAreTold(book: Book): readonly string[] {
  return book.takenBack().flatMap(({ by, face }) => {
    const ran = book.runs.get(by);
    const isTold = ran?.journal.some(({ path, purpose }) => path.endsWith(face.id) && purpose === 'compensation');
    return isTold === true ? [] : [`${by} took back ${face.id}`];
  });
}

export function takenBackLeavesAnother(book: Book): readonly string[] {
  return book.takenBack().flatMap(({ by, login, face, others }) => {
    const left = others.filter(({ id, flow }) => id !== face.id && flow === face.flow);
    // Whoever else acts on the user may take away what the run has seen.
    const isMoved = book
      .effectsOn(login)
      .some((effect) => !book.isByRun(effect) || (effect.does !== 'create' && !book.isOwn(effect)));
    return isMoved || left.length >= creates(book.runs.get(by), login, face.flow)
      ? []
      : [`${by} took back the ${face.flow} face of ${login}, who has ${left.length} others`];
  });
}

export function activatedStays(book: Book): readonly string[] {
  const { readings } = book.after.tenant;
  return book.takenBack().flatMap(({ by, login, face, atMs }) => {
    const activation = book.effects.find((one) => one.by === 'the user' && one.face.id === face.id);
    const read = readings.findLast((one) => one.by === by && one.login === login && one.atMs <= atMs);
    const isSeen = activation !== undefined && read !== undefined && activation.atMs < read.seenMs;
    return isSeen ? [`${by} took back ${face.id} of ${login}, which was ${face.status}`] : [];
  });
}
