import { Session, type Profiler } from 'node:inspector';

/** Says which blocks of the watched scripts ran, as V8 counts them for this thread. */
export interface BlockCoverage {
  /** Forgets what ran since the last look. */
  readonly reset: () => void;
  /** Whether a block ran since the last look that no remembered look showed; `remember` adds those that ran. */
  readonly look: (memory: 'remember' | 'leave') => boolean;
  readonly stop: () => void;
}

/** @param watched tells the scripts to look at by their URL. */
export function startCoverage(watched: (url: string) => boolean): BlockCoverage {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const seen = new Map<string, Uint8Array>();
  const take = (): readonly Profiler.ScriptCoverage[] => {
    let scripts: readonly Profiler.ScriptCoverage[] = [];
    session.post('Profiler.takePreciseCoverage', (_, { result }) => {
      scripts = result;
    });
    return scripts.filter(({ url }) => watched(url));
  };
  return {
    reset: () => void take(),
    look: (memory) => {
      let isNew = false;
      for (const script of take()) if (addScript(script, seen, memory)) isNew = true;
      return isNew;
    },
    stop: () => {
      session.disconnect();
    },
  };
}

function addScript(
  script: Profiler.ScriptCoverage,
  all: Map<string, Uint8Array>,
  memory: 'remember' | 'leave',
): boolean {
  const ran = charactersThatRan(script);
  const seen = all.get(script.scriptId) ?? new Uint8Array(0);
  const known = seen.length < ran.length ? new Uint8Array(ran.length) : seen;
  if (known !== seen) known.set(seen);
  let isNew = false;
  for (let at = 0; at < ran.length; at += 1) {
    if (ran[at] === 1 && known[at] !== 1) {
      isNew = true;
      if (memory === 'leave') return true;
      known[at] = 1;
    }
  }
  if (memory === 'remember') all.set(script.scriptId, known);
  return isNew;
}

/** V8 lists a block only where its count differs from that of the block around it, which comes first. */
function charactersThatRan({ functions }: Profiler.ScriptCoverage): Uint8Array {
  const end = Math.max(0, ...functions.map(({ ranges }) => ranges[0]?.endOffset ?? 0));
  const ran = new Uint8Array(end);
  for (const { ranges } of functions) {
    for (const { startOffset, endOffset, count } of ranges) ran.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  }
  return ran;
}
