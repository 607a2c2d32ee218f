import { createRevert } from '../../../src/engine/index.ts';
import { usualBudgets, usualShortenHorizonSeconds, type DesiredState } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import type { LiveState, LiveUser } from '../../../src/model/live.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { PastChange, PastCreate, PastDelete, PastReplace, PastUpdate } from '../../../src/model/shown/past-run.ts';
import { found, liveOf, now } from '../../support/engine/world.ts';

const common = { key: 'amy/mobile', user: { uuid: 'uuid-amy', login: 'amy' }, certainty: 'applied' } as const;

export const updated = (from: Face, to: Partial<PastUpdate['to']>, more: Partial<PastUpdate> = {}): PastUpdate => ({
  ...common,
  action: 'update',
  face: from,
  to: { status: 'ACTIVE', expiry: from.expiry, ...to },
  ...more,
});
export const disabled = (from: Face): PastUpdate => updated(from, { status: 'DISABLED' }, { action: 'disable' });
export const created = (faceId: string | undefined, more: Partial<PastCreate> = {}): PastCreate => ({
  ...common,
  action: 'create',
  asks: { flow: 'mobile' },
  faceId,
  ...more,
});
export const replaced = (from: Face, faceId: string | undefined, more: Partial<PastReplace> = {}): PastReplace => ({
  ...common,
  action: 'replace',
  face: from,
  asks: { flow: 'mobile' },
  faceId,
  ...more,
});
export const deleted = (from: Face, more: Partial<PastDelete> = {}): PastDelete => ({
  ...common,
  action: 'delete',
  face: from,
  ...more,
});

export const tenant = { kind: 'origin', origin: 'https://acme.example' } as const;

interface More {
  readonly activated?: 'delete' | 'keep';
  readonly desired?: Partial<DesiredState>;
  /** Users beside amy. */
  readonly others?: Readonly<Record<string, LiveUser>>;
  readonly live?: Partial<LiveState>;
}

/** Undoes what was done to amy, who has these faces now. */
export function revertOf(past: readonly PastChange[], faces: readonly Face[], more: More = {}): Plan {
  return createRevert({
    past: { tenant, changes: past },
    record: 'journal.jsonl',
    live: liveOf({ 'uuid:uuid-amy': found('amy', faces), ...more.others }, more.live),
    tenant,
    now,
    activated: more.activated ?? 'delete',
    desired: {
      budgets: usualBudgets,
      enrollments: [],
      shortenHorizonSeconds: usualShortenHorizonSeconds,
      protect: new Map(),
      inputs: [],
      filesSkipped: 0,
      ...more.desired,
    },
  });
}

/** Each change in a few words: what is written to which face. */
export const wordsOf = ({ changes }: Plan): readonly string[] =>
  changes.map((change) => {
    if (change.action === 'update') return `update ${change.face.id} ${change.to.status} ${change.to.expiry ?? '-'}`;
    return change.action === 'create' ? 'create' : `${change.action} ${change.face?.id ?? '-'}`;
  });

export const codesOf = ({ diagnostics }: Plan): readonly string[] => diagnostics.map(({ code }) => code);
