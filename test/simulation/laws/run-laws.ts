import type { Outcome } from '../../../src/model/outcome.ts';
import { isCreating, type WritingChange } from '../../../src/model/plan.ts';
import type { StoredFace } from '../../../src/sandbox/state/stored.ts';
import type { Ran } from '../sim-run.ts';
import { usable, type Effect } from '../sim-tenant.ts';
import { isGood, outcomesOf, plannedIn, type Book } from './book.ts';

export function plansAreKept(book: Book): readonly string[] {
  return [...book.runs.values()].flatMap((ran) => [...excesses(ran, book), ...omissions(ran, book)]);
}

/** What a run did beyond its plan, whatever it exited with. */
function excesses(ran: Ran, book: Book): readonly string[] {
  if (ran.plan === undefined) return [];
  const planned = plannedIn(ran);
  const named = (actions: readonly WritingChange['action'][]): ReadonlySet<string> =>
    new Set(planned.flatMap((one) => (one.action !== 'create' && actions.includes(one.action) ? [one.face.id] : [])));
  const mayGo = named(['delete', 'replace']);
  const mayChange = named(['update', 'disable']);
  const isAllowed = (effect: Effect): boolean => {
    const { does, face, login } = effect;
    const isCreated = planned.some((change) => isCreating(change) && change.user.login === login);
    if (does === 'create') return isCreated;
    if (does === 'delete') return mayGo.has(face.id) || book.isOwn(effect);
    // The expiry of a new face is set by an update; another run may have made the face in this one's stead.
    return mayChange.has(face.id) || book.isOwn(effect) || isCreated;
  };
  return book
    .effectsOf(ran.run.name)
    .filter((effect) => !isAllowed(effect))
    .map(({ by, does, login }) => `${by} did an unplanned ${does} for ${login}`);
}

/** What a run calls done and is not so when all is over. Where others act as well, that says nothing of what was then. */
function omissions(ran: Ran, book: Book): readonly string[] {
  const { name } = ran.run;
  return outcomesOf(ran).flatMap((outcome) => {
    const { login } = outcome.change.user;
    const isAlone = book.effectsOn(login).every(({ by }) => by === name);
    if (outcome.state !== 'applied' || !isAlone || isDone(outcome, book)) return [];
    return [`${name} calls ${outcome.change.action} ${outcome.change.key} done`];
  });
}

function isDone(outcome: Outcome, { after: { tenant } }: Book): boolean {
  const { change } = outcome;
  const id = 'faceId' in outcome ? outcome.faceId : undefined;
  const face = id === undefined ? undefined : tenant.store.face(id);
  if (change.action === 'resend') return true;
  if (change.action === 'create') return isUsable(face);
  const old = tenant.store.face(change.face.id);
  switch (change.action) {
    case 'replace':
      return isUsable(face) && old === undefined;
    case 'delete':
      return old === undefined;
    case 'disable':
      return old?.status === 'DISABLED';
    case 'update':
      return old !== undefined && isUpdated(old, change.to);
  }
}

function isUsable(face: StoredFace | undefined): boolean {
  return face !== undefined && usable.has(face.status);
}

function isUpdated(
  { status, expiry }: StoredFace,
  to: { readonly status: string; readonly expiry?: number | undefined },
): boolean {
  const seconds = expiry === undefined ? undefined : Math.floor(expiry / 1000);
  return status === to.status && seconds === to.expiry;
}

/** A run may take back a face that it has made itself. */
export function protectedUntouched(book: Book): readonly string[] {
  const guarded = new Set(book.after.storm.users.flatMap((user) => (user.protected ? [user.login] : [])));
  const takesAccess = ({ does, statusAfter }: Effect): boolean => does === 'delete' || statusAfter === 'DISABLED';
  return book.effects
    .filter((effect) => book.isByRun(effect) && guarded.has(effect.login) && takesAccess(effect) && !book.isOwn(effect))
    .map(({ by, does, login }) => `${by}: ${does} for ${login}`);
}

export function budgetsAreKept(book: Book): readonly string[] {
  const { budgets } = book.after.storm;
  return [...book.runs.values()].flatMap(({ run: { name }, journal }) => {
    const takenBack = journal.filter(({ purpose }) => purpose !== undefined).map(({ path }) => path);
    const mine = book.effectsOf(name);
    const spent = {
      delete: mine.filter(({ does, face }) => does === 'delete' && !takenBack.some((path) => path.endsWith(face.id))),
      disable: mine.filter(({ does, statusAfter }) => does === 'update' && statusAfter === 'DISABLED'),
      email: mine.filter(({ does, face }) => does === 'create' && face.flow === 'mobile' && !isHidden(face, book)),
    };
    // An update whose answer was lost is sent again.
    const count = (budget: keyof typeof spent): number => new Set(spent[budget].map(({ face }) => face.id)).size;
    const over = (['delete', 'disable', 'email'] as const).filter((budget) => count(budget) > budgets[budget]);
    return over.map((budget) => `${name}: ${budget} ${count(budget)} times, and may ${budgets[budget]}`);
  });
}

/** Where an answer is lost, and somebody deletes the new face before the run reads it, the run asks for it once more. */
function isHidden({ id }: StoredFace, book: Book): boolean {
  return book.effects.some((effect) => effect.does === 'delete' && effect.face.id === id && !book.isByRun(effect));
}

export function outsidersUntouched(book: Book): readonly string[] {
  return book.effectsOn('outside').map(({ by, does }) => `${by}: ${does}`);
}

export function lastRunIsEmpty({ after: { calm } }: Book): readonly string[] {
  const [first, last] = calm;
  // What refuses the first run refuses the second; and a user who has as many faces as allowed gets no other.
  const isRefused = last.ended?.code === 5 || last.ended?.code === 1;
  const isFull = outcomesOf(first).some((outcome) => isCreating(outcome.change) && !isGood(outcome));
  if (isRefused || isFull) return [];
  return plannedIn(last).map(({ action, key }) => `it plans ${action} ${key}`);
}

const longestGapMs = 1000;
/** After so many readings that were too old in their turn, the next one is old enough. */
const mostReadings = 6;

/** A create that stands on an older reading may make a face that somebody else has made by then. */
export function createsStandOnReadings({ after: { ran } }: Book): readonly string[] {
  return ran.flatMap(({ run, sent }) =>
    sent.flatMap(({ method, path, atMs }, index) => {
      if (method !== 'POST' || !path.endsWith('/face')) return [];
      const list = `${path.replace('/v2/', '/v1/')}s`;
      const readings = sent.slice(0, index).filter((one) => one.method === 'GET' && one.path === list);
      const age = atMs - (readings.at(-1)?.atMs ?? 0);
      return age > longestGapMs && readings.length < mostReadings
        ? [`${run.name} creates on a reading that is ${age} ms old`]
        : [];
    }),
  );
}
