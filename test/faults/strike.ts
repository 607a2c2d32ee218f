import type { FaultKind, Sandbox } from '../../src/sandbox/index.ts';

/** A fault, and which of the calls that come after it was set it strikes. */
export interface Strike {
  readonly kind: FaultKind;
  /** The first call, counted from 0. */
  readonly at: number;
  /** How many calls in a row; Infinity for ever. */
  readonly times: number;
  /** `reading`: calls before the first write, which alone are counted. Another word is the one operation to strike. */
  readonly only?: string;
}

/** What counts as a call that writes. */
const writing = /^(?:create|update|delete)/;

/** @returns what ends it. */
export function strike({ tenant }: Sandbox, { kind, at, times, only }: Strike): () => void {
  let seen = 0;
  let wrote = false;
  const stop = tenant.onRequest(({ operation = '' }) => {
    wrote ||= writing.test(operation);
    if (only === 'reading' ? wrote : only !== undefined && only !== operation) return;
    if (seen >= at && seen < at + times) tenant.failWith({ kind, times: 1 });
    seen += 1;
  });
  return () => {
    stop();
    tenant.clearFaults();
  };
}

/** For messages. */
export function named({ kind, at, times, only }: Strike): string {
  const often = times === Infinity ? 'for ever' : `${times} times`;
  return `${kind} from call ${at} ${often}${only === undefined ? '' : ` (${only})`}`;
}
