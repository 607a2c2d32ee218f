import type { FaultKind, Sandbox } from '../../src/sandbox/index.ts';
import { loginOf } from './judge.ts';
import type { OutcomeRead } from './report.ts';
import { everyCell } from './grid.ts';

/** What can refuse the try of a write, lose it, or lose its answer. Hanging is apart, since it takes real time. */
export const pairFaults = [
  '401',
  '403',
  '404',
  '409',
  '429',
  '500',
  '502-html',
  '503',
  'html',
  'redirect',
  'reset',
  'accepted-not-done',
  '500-after-commit',
  'reset-after-commit',
  'truncated',
  'wrong-shape',
  'not-json',
] as const satisfies readonly FaultKind[];

/** After these the tenant is certain to have done nothing of what it was asked. */
const certain: ReadonlySet<FaultKind> = new Set(['401', '403', '404', '409', '429', 'redirect']);

/** No reading is asked for again after these. */
const endsReading: ReadonlySet<FaultKind> = new Set(['403', '404', '409', 'redirect', 'wrong-shape']);

type Write = 'createFace' | 'updateFace' | 'deleteFace';

/** The calls of each change in `writingEntries`, by login. */
const calls: Readonly<Record<string, readonly Write[]>> = {
  amy: ['createFace'],
  ben: ['createFace', 'deleteFace'],
  cyd: ['updateFace'],
  dan: ['updateFace'],
  eli: ['deleteFace', 'createFace'],
  fay: ['createFace', 'updateFace'],
  gus: ['deleteFace'],
};

/** A fault for a write of each change, and one for what follows it. */
export interface Pair {
  readonly first: FaultKind;
  readonly then: FaultKind;
  /** Which call of each change that has so many: 0 or 1. */
  readonly step: number;
  /** What the second fault strikes: the next try of that call, or the next reading of the user's faces. */
  readonly strikes: 'next try' | 'next reading';
}

const placements = [0, 1].flatMap((step) =>
  (['next try', 'next reading'] as const).map((strikes) => ({ step, strikes }) as const),
);

/** All pairs that begin with this fault; by default a sample, in which each fault comes first and second. */
export function pairsFrom(first: FaultKind, seconds: readonly FaultKind[]): readonly Pair[] {
  const row = seconds.indexOf(first);
  // Each row has its own column, so that every fault comes second as well.
  const column = (3 * row + seconds.length - 1) % seconds.length;
  return placements.flatMap((placement, at) =>
    seconds
      .filter((_, each) => everyCell || (row % placements.length === at && each === column))
      .map((then) => ({ first, then, ...placement })),
  );
}

/** @returns what ends it. */
export function strikeTwice({ tenant }: Sandbox, { first, then, step, strikes }: Pair): () => void {
  for (const [login, writes] of Object.entries(calls)) {
    const operation = writes[step];
    if (operation === undefined) continue;
    const target = { operation, path: login } as const;
    tenant.failWith({ kind: first, ...target, times: 1 });
    if (strikes === 'next try') tenant.failWith({ kind: then, ...target, at: 1, times: 1 });
  }
  const waiting = new Set(Object.keys(calls));
  const stop = tenant.onRequest((call) => {
    if (strikes === 'next try') return;
    const login = [...waiting].find((each) => call.path.includes(each));
    if (login === undefined || call.operation !== calls[login]?.[step]) return;
    waiting.delete(login);
    tenant.failWith({ kind: then, operation: 'listFaces', path: login, times: 1 });
  });
  return () => {
    stop();
    tenant.clearFaults();
  };
}

/** Outcomes that are unknown although the tenant has said enough, or was there to be read. */
export function needlesslyUnknown(
  { first, then, step, strikes }: Pair,
  outcomes: readonly OutcomeRead[],
  isDone: (key: string) => boolean,
): readonly string[] {
  // What the tenant accepted is unknown as long as it is not seen.
  if (strikes === 'next reading' && endsReading.has(then)) return [];
  const isNeverLost = certain.has(first) && (strikes === 'next reading' || certain.has(then));
  return outcomes
    .filter(({ outcome }) => outcome === 'unknown')
    .filter(({ key }) => isNeverLost || isDone(key) || calls[loginOf(key)]?.[step] === undefined)
    .map(({ key, message }) => `${key} is needlessly unknown (${message})`);
}

/** For messages. */
export function namedPair({ first, then, step, strikes }: Pair): string {
  return `${first} on call ${step}, then ${then} on the ${strikes}`;
}
