import { broken } from './laws/laws.ts';
import { simulate } from './simulate.ts';
import { stormOf, type Storm } from './storm.ts';

/** A storm that breaks a law, as small as it could be made. */
export interface Breach {
  readonly seed: bigint;
  readonly storm: Storm;
  readonly problems: readonly string[];
  readonly trace: readonly string[];
}

type Laws = typeof broken;

/** Tries seeds in order, until one breaks a law. */
export async function firstBreach(from: bigint, count: number, laws: Laws = broken): Promise<Breach | undefined> {
  for (let seed = from; seed < from + BigInt(count); seed += 1n) {
    const breach = await breachOf(stormOf(seed), seed, laws);
    if (breach !== undefined) return await shrunk(breach, laws);
  }
  return undefined;
}

async function breachOf(storm: Storm, seed: bigint, laws: Laws): Promise<Breach | undefined> {
  const after = await simulate(storm, seed);
  const problems = laws(after);
  return problems.length === 0 ? undefined : { seed, storm, problems, trace: after.tenant.trace };
}

/** Leaves out one thing after the other, as long as a law stays broken. */
async function shrunk(breach: Breach, laws: Laws): Promise<Breach> {
  for (const storm of smaller(breach.storm)) {
    const less = await breachOf(storm, breach.seed, laws).catch(() => undefined);
    if (less !== undefined) return shrunk(less, laws);
  }
  return breach;
}

function* smaller(storm: Storm): Generator<Storm, void> {
  for (const users of without(storm.users)) if (users.length > 0) yield { ...storm, users };
  for (const runs of without(storm.runs)) if (runs.length > 0) yield { ...storm, runs };
  for (const moves of without(storm.moves)) yield { ...storm, moves };
  if (storm.faultRate > 0) yield { ...storm, faultRate: 0 };
  if (storm.mostLagMs > 0) yield { ...storm, mostLagMs: 0 };
  for (const [index, user] of storm.users.entries()) {
    for (const faces of without(user.faces)) yield { ...storm, users: storm.users.with(index, { ...user, faces }) };
    for (const wishes of without(user.wishes)) yield { ...storm, users: storm.users.with(index, { ...user, wishes }) };
  }
}

function without<T>(items: readonly T[]): readonly (readonly T[])[] {
  return items.map((_, index) => items.toSpliced(index, 1));
}

/** The breach for people: what happened, in order, and which laws it breaks. */
export function told({ seed, storm, problems, trace }: Breach): string {
  return [
    `seed ${seed}, cut down to:`,
    JSON.stringify(storm, undefined, 1),
    ...trace,
    ...problems.map((problem) => `BROKEN  ${problem}`),
    `Again: npm run simulate -- --seed ${seed}`,
  ].join('\n');
}
