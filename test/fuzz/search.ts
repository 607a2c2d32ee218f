import type { BlockCoverage } from './block-coverage.ts';
import { minimise } from './minimise.ts';
import { mutate } from './mutate/mutate.ts';
import { randomFrom, type Random } from './mutate/random.ts';
import type { Target } from './target.ts';

/** Inputs that are run between two looks at the coverage, each of which takes as long as some of them. */
const batch = 16;
/** Milliseconds of the processor, which a busy machine does not add to. */
const slowest = 4000;

export interface SearchRequest {
  readonly target: Target;
  readonly corpus: readonly Uint8Array[];
  readonly words: readonly string[];
  readonly seed: number;
  /** Missing for a blind search, which keeps nothing. */
  readonly coverage?: BlockCoverage | undefined;
  readonly isOver: (runs: number) => boolean;
  /** Told of each input before it is run. */
  readonly onRun: (input: Uint8Array, runs: number) => void;
}

export interface Failure {
  readonly input: Uint8Array;
  readonly error: unknown;
}

export interface Searched {
  readonly runs: number;
  /** Inputs of the corpus that reach blocks which none before them does. */
  readonly useful: readonly Uint8Array[];
  /** Inputs that were made, and reached such blocks. */
  readonly kept: readonly Uint8Array[];
  readonly failure?: Failure;
}

/** Runs inputs that are made of others until one breaks a law; keeps those that reach something new, to go on from. */
export async function search(request: SearchRequest): Promise<Searched> {
  const random = randomFrom(request.seed);
  const pool = [...request.corpus];
  const [useful, kept]: [Uint8Array[], Uint8Array[]] = [[], []];
  const runner = startRunner(request);
  const ended = async (failure?: Failure): Promise<Searched> => ({
    runs: runner.runs(),
    useful,
    kept,
    ...(failure === undefined ? {} : { failure: await smallest(failure, request, runner) }),
  });
  for (let inputs: readonly Uint8Array[] = request.corpus; ; inputs = nextOnes(pool, request, random)) {
    request.coverage?.reset();
    for (const input of inputs) {
      const failure = await runner.run(input);
      if (failure !== undefined) return ended(failure);
    }
    const found = await newOnes(inputs, request.coverage, runner);
    if (inputs === request.corpus) useful.push(...found);
    else {
      pool.push(...found);
      kept.push(...found);
    }
    if (request.isOver(runner.runs())) return ended();
  }
}

interface Runner {
  readonly run: (input: Uint8Array) => Promise<Failure | undefined>;
  readonly runs: () => number;
}

function startRunner({ target, onRun }: SearchRequest): Runner {
  let runs = 0;
  const run = async (input: Uint8Array): Promise<Failure | undefined> => {
    runs += 1;
    onRun(input, runs);
    const before = process.cpuUsage();
    try {
      await target.run(input);
    } catch (error) {
      return { input, error };
    }
    const { user, system } = process.cpuUsage(before);
    const took = (user + system) / 1000;
    return took > slowest ? { input, error: new Error(`slow\nit took ${Math.round(took)} ms`) } : undefined;
  };
  return { run, runs: () => runs };
}

function nextOnes(
  pool: readonly Uint8Array[],
  { target, words }: SearchRequest,
  random: Random,
): readonly Uint8Array[] {
  return Array.from({ length: batch }, () => {
    // One in two goes on from the last that reached something new.
    const recent = random.oneIn(2) ? pool.slice(-8) : pool;
    return mutate(random.pick(recent), { target, words, random, other: random.pick(pool) });
  });
}

/** Those of a batch that reach new blocks on their own. */
async function newOnes(
  inputs: readonly Uint8Array[],
  coverage: BlockCoverage | undefined,
  runner: Runner,
): Promise<readonly Uint8Array[]> {
  if (coverage?.look('leave') !== true) return [];
  const found: Uint8Array[] = [];
  for (const input of inputs) {
    await runner.run(input);
    if (coverage.look('remember')) found.push(input);
  }
  return found;
}

async function smallest({ input, error }: Failure, { target }: SearchRequest, runner: Runner): Promise<Failure> {
  const law = lawOf(error);
  const breaks = async (candidate: Uint8Array): Promise<boolean> => {
    const failure = await runner.run(candidate);
    return failure !== undefined && lawOf(failure.error) === law;
  };
  const small = await minimise(input, target, breaks);
  return (await runner.run(small)) ?? { input, error };
}

function lawOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.split('\n')[0] ?? ''}` : String(error);
}
