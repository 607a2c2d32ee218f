import type { Outcome } from '../../src/model/outcome.ts';
import { faceOf, isCreating } from '../../src/model/plan.ts';
import type { StoredFace } from '../../src/sandbox/state/stored.ts';
import { plannedIn, type Ran } from './sim-run.ts';
import type { Effect } from './sim-tenant.ts';
import { usable } from './sim-tenant.ts';
import type { Aftermath } from './simulate.ts';
import type { SimUser } from './storm.ts';

/** What must hold after every storm. Each gives what breaks it, in a sentence. */
export const laws: Readonly<Record<string, (after: Aftermath) => readonly string[]>> = {
  'one face for each entry, or a report of the others': surplusIsReported,
  'without faults each entry ends with one face, however many runs act': quietEndsWithOne,
  'every second face is reported by a run that made one': secondsAreReported,
  'a run that exits 0 has done what its plan says, and nothing more': plansAreKept,
  'a face of a protected user is not touched': protectedUntouched,
  'each run keeps each budget': budgetsAreKept,
  'what a run takes back is in its journal as such': compensationsAreTold,
  'what a run takes back leaves another in its place': takenBackLeavesAnother,
  'a face that the user has activated is not taken back': activatedStays,
  'nobody outside the files is touched': outsidersUntouched,
  'the second run after the storm is empty': lastRunIsEmpty,
};

export function broken(after: Aftermath): readonly string[] {
  return Object.entries(laws).flatMap(([name, law]) => law(after).map((what) => `${name}: ${what}`));
}

function runNames({ ran, calm }: Aftermath): ReadonlySet<string> {
  return new Set([...ran, ...calm].map(({ run }) => run.name));
}

function wanted(user: SimUser, flow: StoredFace['flow']): number {
  return user.wishes.filter(({ kind, enabled }) => kind === flow && enabled).length;
}

function isGood({ state }: Outcome): boolean {
  return state === 'applied' || state === 'already';
}

/** Faces that runs have made, and that are in use when all have ended. */
function surplusIsReported({ storm, tenant, ran, afterStorm }: Aftermath): readonly string[] {
  const runs = new Set(ran.map(({ run }) => run.name));
  return storm.users.flatMap((user) =>
    (['mobile', 'web', 'token'] as const).flatMap((flow) => {
      const made = tenant.effects.filter(
        ({ by, does, login, face }) => runs.has(by) && does === 'create' && login === user.login && face.flow === flow,
      );
      const ids = new Set(made.map(({ face }) => face.id));
      const left = (afterStorm.get(user.login) ?? []).filter(({ id }) => ids.has(id));
      if (left.length <= wanted(user, flow)) return [];
      const makers = ran.filter(({ run }) => made.some(({ by }) => by === run.name));
      const isTold = makers.some(
        ({ run, ended, plan }) =>
          ended === undefined ||
          tenant.complaints.has(`${run.name} ${user.login}`) ||
          (plan?.kept.some(({ face }) => left.some(({ id }) => id === face.id)) ?? false),
      );
      return isTold ? [] : [`${user.login} has ${left.length} ${flow} faces, and no run says so`];
    }),
  );
}

/** Where only runs act and nothing goes wrong, no face is left over for anybody to look after. */
function quietEndsWithOne({ storm, tenant, ran }: Aftermath): readonly string[] {
  const isQuiet = storm.faultRate === 0 && storm.moves.length === 0 && storm.unmatched === 'keep';
  if (!isQuiet || ran.some(({ ended }) => ended === undefined)) return [];
  return ran.flatMap(({ run, ended }) =>
    (ended?.report?.outcomes ?? []).flatMap((outcome) => {
      const { user, key } = outcome.change;
      // What a pending face of theirs is, mobile or token, nobody can tell.
      const kinds = new Set(storm.users.find(({ login }) => login === user.login)?.wishes.map(({ kind }) => kind));
      if (kinds.has('mobile') && kinds.has('token')) return [];
      const isDuplicate = 'refusal' in outcome && outcome.refusal.problem === 'DUPLICATE_FACE';
      return isDuplicate ? [`${run.name} leaves two faces for ${key}, ${tenant.inUse(user.login).length} in use`] : [];
    }),
  );
}

/** A create that was carried out although as many faces as the files ask for were in use. */
function secondsAreReported({ storm, tenant, ran }: Aftermath): readonly string[] {
  const byName = new Map(ran.map((one) => [one.run.name, one]));
  return tenant.effects.flatMap((effect, index) => {
    const run = byName.get(effect.by);
    const user = storm.users.find(({ login }) => login === effect.login);
    if (run?.ended === undefined || user === undefined || effect.does !== 'create') return [];
    const { flow } = effect.face;
    const going = new Set(plannedIn(run).flatMap((change) => (change.action === 'create' ? [] : [change.face.id])));
    // What the plan shows is known to whoever has read it.
    const known = new Set(
      [
        ...(run.plan?.changes ?? []).flatMap((one) => faceOf(one) ?? []),
        ...(run.plan?.kept ?? []).map((one) => one.face),
      ].map(({ id }) => id),
    );
    const isNew = ({ id }: StoredFace): boolean =>
      !known.has(id) && tenant.effects.some(({ does, face }) => does === 'create' && face.id === id);
    const rivals = effect.others.filter((face) => face.flow === flow && !going.has(face.id) && isNew(face));
    if (rivals.length < wanted(user, flow)) return [];
    // Others may settle it before anybody looks: by hand, or because 'unmatched' says so.
    const later = tenant.effects.slice(index + 1).filter(({ login }) => login === effect.login);
    const settles = ({ by, does, face }: Effect): boolean =>
      does !== 'create' &&
      (!byName.has(by) || (rivals.some(({ id }) => id === face.id) && !isOwn({ by, face }, tenant.effects)));
    if (later.some(settles)) return [];
    const rivalRuns = tenant.effects.flatMap(({ by, does, face }) =>
      does === 'create' && rivals.some(({ id }) => id === face.id) ? (byName.get(by) ?? []) : [],
    );
    // A run that was killed may have taken its face back, and died before it could say so.
    const isGone = rivalRuns.some(
      ({ run: { name }, ended }) =>
        ended === undefined && later.some(({ by, does }) => by === name && does === 'delete'),
    );
    const isTold =
      isGone || [run, ...rivalRuns].some((one) => tenant.complaints.has(`${one.run.name} ${effect.login}`));
    return isTold ? [] : [`${effect.by} made a ${flow} face for ${effect.login}, who had one, and nobody says so`];
  });
}

function plansAreKept(after: Aftermath): readonly string[] {
  return [...after.ran, ...after.calm].flatMap((ran) => [...excesses(ran, after), ...omissions(ran, after)]);
}

/** What a run did beyond its plan, whatever it exited with. */
function excesses(ran: Ran, { tenant }: Aftermath): readonly string[] {
  const { name } = ran.run;
  if (ran.ended === undefined) return [];
  const planned = plannedIn(ran);
  const mine = tenant.effects.filter(({ by }) => by === name);
  const made = new Set(mine.flatMap(({ does, face }) => (does === 'create' ? [face.id] : [])));
  const mayGo = new Set(planned.flatMap((c) => (c.action === 'delete' || c.action === 'replace' ? [c.face.id] : [])));
  const mayChange = new Set(
    planned.flatMap((c) => (c.action === 'update' || c.action === 'disable' ? [c.face.id] : [])),
  );
  const isAllowed = ({ does, face, login }: Effect): boolean => {
    if (does === 'create') return planned.some((change) => isCreating(change) && change.user.login === login);
    if (does === 'delete') return mayGo.has(face.id) || made.has(face.id);
    // The expiry of a new face is set by an update; another run may have made the face in this one's stead.
    const isNew = planned.some((change) => isCreating(change) && change.user.login === login);
    return mayChange.has(face.id) || made.has(face.id) || isNew;
  };
  return mine
    .filter((effect) => !isAllowed(effect))
    .map(({ does, login }) => `${name} did an unplanned ${does} for ${login}`);
}

/** What a run calls done and is not so when it says so. */
function omissions({ run, ended, plan }: Ran, { tenant, storm }: Aftermath): readonly string[] {
  const others = (login: string): boolean =>
    tenant.effects.some(({ by, login: theirs }) => theirs === login && by !== run.name);
  const outcomes = ended?.report?.outcomes ?? [];
  return outcomes.flatMap((outcome) => {
    const { change } = outcome;
    const { login } = change.user;
    // Where somebody else acts as well, what is there now says nothing of what was there then.
    if (!isGood(outcome) || outcome.state === 'already' || others(login) || change.action === 'resend') return [];
    const face = tenant.faces(login).find(({ id }) => id === faceIdIn(outcome));
    const old = change.action === 'create' ? undefined : tenant.store.face(change.face.id);
    const is = {
      create: face !== undefined && usable.has(face.status),
      replace: face !== undefined && old === undefined,
      delete: old === undefined,
      disable: old?.status === 'DISABLED',
      update: change.action === 'update' && old !== undefined && isUpdated(old, change.to),
    }[change.action];
    return is || plan === undefined || storm.users.length === 0
      ? []
      : [`${run.name} calls ${change.action} ${change.key} done`];
  });
}

/** Whether a create was refused for the maximum of faces, the only refusal without faults. */
function isFull({ ended }: Ran): boolean {
  return ended?.report?.outcomes.some(({ state, change }) => state === 'failed' && change.action === 'create') ?? false;
}

function faceIdIn(outcome: Outcome): string | undefined {
  return 'faceId' in outcome ? outcome.faceId : undefined;
}

function isUpdated(
  { status, expiry }: StoredFace,
  to: { readonly status: string; readonly expiry?: number | undefined },
): boolean {
  const seconds = expiry === undefined ? undefined : Math.floor(expiry / 1000);
  return status === to.status && seconds === to.expiry;
}

function protectedUntouched(after: Aftermath): readonly string[] {
  const { storm, tenant } = after;
  const guarded = new Set(storm.users.filter((user) => user.protected).map(({ login }) => login));
  const runs = runNames(after);
  const ownFaces = new Set(
    tenant.effects.filter(({ does }) => does === 'create').map(({ by, face }) => `${by} ${face.id}`),
  );
  const takes = ({ does, face }: Effect): boolean =>
    does === 'delete' || (does === 'update' && tenant.store.face(face.id)?.status === 'DISABLED');
  return tenant.effects
    .filter((effect) => runs.has(effect.by) && guarded.has(effect.login) && takes(effect))
    .filter(({ by, face, does }) => does !== 'delete' || !ownFaces.has(`${by} ${face.id}`))
    .filter(({ face }) => usable.has(face.status) || tenant.store.face(face.id) === undefined)
    .map(({ by, does, login }) => `${by}: ${does} for ${login}`);
}

function budgetsAreKept({ storm, tenant, ran, calm }: Aftermath): readonly string[] {
  return [...ran, ...calm].flatMap(({ run, journal }) => {
    const mine = tenant.effects.filter(({ by }) => by === run.name);
    const made = new Set(mine.flatMap(({ does, face }) => (does === 'create' ? [face.id] : [])));
    const takenBack = new Set(journal.filter(({ purpose }) => purpose !== undefined).map(({ path }) => path));
    const isTakenBack = (id: string): boolean => [...takenBack].some((path) => path.includes(id));
    const deleted = mine.filter(({ does, face }) => does === 'delete' && !(made.has(face.id) && isTakenBack(face.id)));
    return deleted.length > storm.budgets.delete ? [`${run.name} deleted ${deleted.length} faces`] : [];
  });
}

function compensationsAreTold({ tenant, ran }: Aftermath): readonly string[] {
  return ran.flatMap(({ run, journal, ended }) => {
    const mine = tenant.effects.filter(({ by }) => by === run.name);
    const made = new Set(mine.flatMap(({ does, face }) => (does === 'create' ? [face.id] : [])));
    const isTold = (id: string): boolean =>
      journal.some(({ path, purpose }) => path.endsWith(id) && purpose !== undefined);
    const silent = mine.filter(({ does, face }) => does === 'delete' && made.has(face.id) && !isTold(face.id));
    return ended === undefined ? [] : silent.map(({ face }) => `${run.name} took back ${face.id}`);
  });
}

/** Deletions of faces by the run that has made them. */
function takenBack({ tenant, ran }: Aftermath): readonly Effect[] {
  const runs = new Set(ran.map(({ run }) => run.name));
  const made = new Set(
    tenant.effects.filter(({ does }) => does === 'create').map(({ by, face }) => `${by} ${face.id}`),
  );
  return tenant.effects.filter(
    ({ by, does, face }) => runs.has(by) && does === 'delete' && made.has(`${by} ${face.id}`),
  );
}

function takenBackLeavesAnother(after: Aftermath): readonly string[] {
  const { tenant, ran } = after;
  const runs = new Set(ran.map(({ run }) => run.name));
  return takenBack(after).flatMap(({ by, login, face, others }) => {
    const planned = plannedIn(ran.find(({ run }) => run.name === by));
    const wished = planned.filter(
      (change) => isCreating(change) && change.user.login === login && change.create.flow === face.flow,
    ).length;
    const left = others.filter(({ id, flow }) => id !== face.id && flow === face.flow);
    // Whoever else acts on the user may take away what the run has seen.
    const isMoved = tenant.effects.some(
      (one) => one.login === login && (!runs.has(one.by) || (one.does !== 'create' && !isOwn(one, tenant.effects))),
    );
    return isMoved || left.length >= wished
      ? []
      : [`${by} took back the ${face.flow} face of ${login}, who has ${left.length} others`];
  });
}

function isOwn({ by, face }: Pick<Effect, 'by' | 'face'>, effects: readonly Effect[]): boolean {
  return effects.some((one) => one.by === by && one.does === 'create' && one.face.id === face.id);
}

function activatedStays(after: Aftermath): readonly string[] {
  const { tenant } = after;
  return takenBack(after).flatMap(({ by, login, face, atMs }) => {
    const activation = tenant.effects.find(
      (one) => one.by === 'the user' && one.does === 'update' && one.face.id === face.id,
    );
    const read = tenant.readings.findLast((one) => one.by === by && one.login === login && one.atMs <= atMs);
    const isSeen =
      activation !== undefined && read !== undefined && activation.atMs < read.seenMs && activation.atMs < atMs;
    return isSeen ? [`${by} took back ${face.id} of ${login}, which was ${face.status}`] : [];
  });
}

function outsidersUntouched({ tenant }: Aftermath): readonly string[] {
  return tenant.effects.filter(({ login }) => login === 'outside').map(({ by, does }) => `${by}: ${does}`);
}

function lastRunIsEmpty({ calm: [first, last] }: Aftermath): readonly string[] {
  // What refuses the first run refuses the second; and a user who has as many faces as allowed gets no other.
  if (last.ended?.code === 5 || last.ended?.code === 1 || isFull(first)) return [];
  return plannedIn(last).map(({ action, key }) => `it plans ${action} ${key}`);
}
