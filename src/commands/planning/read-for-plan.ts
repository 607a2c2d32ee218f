import {
  countUsers,
  differenceOf,
  noLongerManaged,
  scopesIn,
  touchedPart,
  usersNamedIn,
  withoutUsers,
  type Difference,
  type TouchedPart,
  type UsersNamed,
} from '../../engine/index.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { DesiredState } from '../../model/enrollment.ts';
import type { Instant } from '../../model/instant.ts';
import type { LiveState } from '../../model/live.ts';
import type { Plan } from '../../model/plan.ts';
import type { PlanReading } from '../../model/shown/plan-reading.ts';
import type { TenantReader } from '../../model/tenant.ts';
import type { TouchedState } from '../../model/shown/touched.ts';
import type { ValidFiles } from '../files/load.ts';
import { loadBase, shortId, type LoadedBase } from '../git/load-base.ts';
import type { PlanningOptions } from '../process/options.ts';
import { watched, type World } from '../process/watch.ts';
import { readUsers } from '../tenant/read-users.ts';
import type { Chosen } from './choose.ts';
import { shardOf } from './shard-choice.ts';

interface ReadingInput extends ValidFiles {
  readonly tenant: TenantReader;
  readonly chosen: Chosen;
}

/** What a plan is made from. */
export interface ReadForPlan {
  readonly desired: DesiredState;
  readonly live: LiveState;
  readonly entries: 'all' | 'some';
  /** Set where fewer were read than the files name, so that shares of budgets stay what they are. */
  readonly usersNamed?: UsersNamed | undefined;
  readonly read: (plan: Plan) => PlanReading;
  readonly diagnostics: (now: Instant) => readonly Diagnostic[];
}

/** Reads those whom the plan is about: all, those whom flags choose, or those whose entries differ from another commit's. */
export async function readForPlan(input: ReadingInput, options: PlanningOptions, world: World): Promise<ReadForPlan> {
  const { changedSince } = options;
  if (changedSince === undefined) return readChosen(input, {}, { options, world });
  const loaded = await loadBase(changedSince, input, world);
  const { base } = loaded;
  const facts = { ref: changedSince, mergeBase: base.id };
  const difference = differenceIn(loaded, input.desired, options.owner);
  if (difference.concerns === 'everybody') {
    return readChosen(input, { ...facts, reason: difference.because }, { options, world });
  }
  return readSome(input, { difference, facts, from: shortId(base) }, { options, world });
}

function differenceIn(loaded: LoadedBase, now: DesiredState, owner: string | undefined): Difference {
  if (loaded.state === undefined) return { concerns: 'everybody', because: loaded.because };
  return differenceOf(loaded.state, now, owner);
}

interface Run {
  readonly options: PlanningOptions;
  readonly world: World;
}

type Facts = Pick<PlanReading, 'ref' | 'mergeBase' | 'reason'>;

async function readChosen(
  { desired: all, chosen, tenant }: ReadingInput,
  facts: Facts,
  run: Run,
): Promise<ReadForPlan> {
  const { options, world } = run;
  const { isTarget, isExcluded, flags } = chosen;
  const isWhole = chosen.reach === 'everybody';
  const targets = isWhole ? all : { ...all, enrollments: all.enrollments.filter(isTarget) };
  const reading = {
    desired: targets,
    owner: options.owner,
    reach: isWhole ? 'scope' : 'users',
    shard: shardOf(options, world),
  } as const;
  const live = await watched(world, 'read-users', (onProgress) => readUsers(tenant, reading, onProgress));
  const part = flags === 'given' ? withoutUsers({ desired: targets, live }, isExcluded) : { desired: all, live };
  const names = namesOf(countUsers(all.enrollments), part.desired.enrollments, all.enrollments);
  const mode = flags === 'given' ? 'target' : 'full';
  const read = (plan: Plan): PlanReading => ({ mode, ...facts, usersRead: plan.users, ...names });
  return { ...part, entries: isWhole ? 'all' : 'some', read, diagnostics: () => [] };
}

interface Some {
  readonly difference: Extract<Difference, { readonly concerns: 'some' }>;
  readonly facts: Facts;
  readonly from: string;
}

async function readSome(
  { desired: all, chosen, tenant }: ReadingInput,
  { difference, facts, from }: Some,
  { options, world }: Run,
): Promise<ReadForPlan> {
  const { replace = [] } = options;
  const renewed = all.enrollments.filter((entry) => replace.includes(entry.key));
  const users = new Map([...difference.users, ...renewed.map(({ user }) => [user.key, user] as const)]);
  const usersNamed = usersNamedIn(all);
  const request = {
    users: [...users.values()].filter((user) => chosen.isTarget({ user }) && !chosen.isExcluded({ user })),
    usersAtLeast: usersNamed.total,
    scopes: scopesIn(all),
    shard: shardOf(options, world),
  };
  const touched = await watched(world, 'read-users', (onProgress) => tenant.readTouched({ ...request, onProgress }));
  const whole = touchedPart(all, touched);
  const part = withoutUsers(withTargets(whole, chosen), chosen.isExcluded);
  const usersRead = peopleIn(touched);
  const read = (): PlanReading => ({
    mode: 'changed-since',
    ...facts,
    usersRead,
    ...namesOf(usersNamed.total, part.desired.enrollments, all.enrollments),
  });
  const removed = { entries: difference.removed, from };
  const diagnostics = (now: Instant): readonly Diagnostic[] => noLongerManaged(removed, { part: whole, touched, now });
  const entries = chosen.reach === 'everybody' ? 'all' : 'some';
  return { ...part, entries, usersNamed, read, diagnostics };
}

/** Without the other names of users whom `--target` names. */
function withTargets(part: TouchedPart, { isTarget }: Chosen): TouchedPart {
  const enrollments = part.desired.enrollments.filter(isTarget);
  return { ...part, desired: { ...part.desired, enrollments } };
}

/** The planned entries are all of the files', or some of them. */
function namesOf(
  usersInFiles: number,
  planned: Entries,
  all: Entries,
): Pick<PlanReading, 'usersInFiles' | 'usersLeftOut'> {
  return { usersInFiles, usersLeftOut: planned === all ? 0 : usersInFiles - countUsers(planned) };
}

type Entries = DesiredState['enrollments'];

/** Whoever several names lead to counts once, and so does each name that leads to nobody known. */
function peopleIn({ users }: TouchedState): number {
  const people = [...users].flatMap(([key, found]) => {
    if (found.presence === 'absent' || found.presence === 'elsewhere') return [];
    return found.user?.uuid ?? key;
  });
  return new Set(people).size;
}
