import type { Outcome } from '../../../src/model/outcome.ts';
import { isCreating, writingChanges, type WritingChange } from '../../../src/model/plan.ts';
import type { StoredFace } from '../../../src/sandbox/state/stored.ts';
import type { Effect } from '../sim-tenant.ts';
import type { Ran } from '../sim-run.ts';
import type { Aftermath } from '../simulate.ts';
import type { SimUser } from '../storm.ts';

/** What happened, asked by who did it and to whom. */
export class Book {
  readonly after: Aftermath;
  readonly runs: ReadonlyMap<string, Ran>;
  /** Whose create has made a face, by its id. */
  readonly makers: ReadonlyMap<string, string>;

  constructor(after: Aftermath) {
    this.after = after;
    this.runs = new Map([...after.ran, ...after.calm].map((ran) => [ran.run.name, ran]));
    const creates = after.tenant.effects.filter(({ does }) => does === 'create');
    this.makers = new Map(creates.map(({ by, face }) => [face.id, by]));
  }

  get effects(): readonly Effect[] {
    return this.after.tenant.effects;
  }

  effectsOf(run: string): readonly Effect[] {
    return this.effects.filter(({ by }) => by === run);
  }

  effectsOn(login: string): readonly Effect[] {
    return this.effects.filter((effect) => effect.login === login);
  }

  /** Whether it is something that a run has done to a face that it had made. */
  isOwn({ by, face }: Effect): boolean {
    return this.makers.get(face.id) === by;
  }

  isByRun({ by }: Effect): boolean {
    return this.runs.has(by);
  }

  /** Whether the run told of anything that did not go as planned for the user. */
  complains(run: string, login: string): boolean {
    return this.after.tenant.complaints.has(`${run} ${login}`);
  }

  /** Faces that runs have deleted again. */
  takenBack(): readonly Effect[] {
    return this.effects.filter((effect) => effect.does === 'delete' && this.isByRun(effect) && this.isOwn(effect));
  }
}

/** How many faces of a flow the files ask for. */
export function wanted(user: SimUser, flow: StoredFace['flow']): number {
  return user.wishes.filter(({ kind, enabled }) => kind === flow && enabled).length;
}

/** Changes of the run's plan that write. */
export function plannedIn(ran: Ran | undefined): readonly WritingChange[] {
  return ran?.plan === undefined ? [] : writingChanges(ran.plan);
}

/** How many faces of a flow the run's plan creates for the user. */
export function creates(ran: Ran | undefined, login: string, flow: StoredFace['flow']): number {
  return plannedIn(ran).filter(
    (change) => isCreating(change) && change.user.login === login && change.create.flow === flow,
  ).length;
}

export function outcomesOf({ ended }: Ran): readonly Outcome[] {
  return ended?.report?.outcomes ?? [];
}

export function isGood({ state }: Outcome): boolean {
  return state === 'applied' || state === 'already';
}
