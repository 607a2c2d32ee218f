import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRevert } from '../../../src/engine/index.ts';
import { usualBudgets, usualShortenHorizonSeconds } from '../../../src/model/enrollment.ts';
import { nameOf, type Face } from '../../../src/model/face.ts';
import { faceOf, writingChanges, type Plan, type WritingChange } from '../../../src/model/plan.ts';
import type { PastChange } from '../../../src/model/shown/past-run.ts';
import { outcomeJson, startedJson } from '../../../src/report/index.ts';
import { membersOf, pastChange, pastOutcome } from '../../../src/report/run/past-from-json.ts';
import { lawRuns, lawTimeout } from '../../property-runs.ts';
import { carryOut, facesOf, liveByUuid, type Faces } from '../../support/engine/carry-out.ts';
import { worldOf, type World } from '../../support/engine/random-worlds.ts';
import { shownWorld } from '../../support/engine/shown-world.ts';
import { now, plan } from '../../support/engine/world.ts';

const tenant = { kind: 'origin', origin: 'https://acme.example' } as const;

function revert(past: readonly PastChange[], faces: Faces): Plan {
  return createRevert({
    past: { tenant, changes: past },
    record: 'journal.jsonl',
    live: liveByUuid(faces),
    tenant,
    now,
    activated: 'delete',
    desired: {
      budgets: usualBudgets,
      enrollments: [],
      shortenHorizonSeconds: usualShortenHorizonSeconds,
      protect: new Map(),
      inputs: [],
      filesSkipped: 0,
    },
  });
}

/** As it comes out of a file. */
const throughJson = (value: object) => membersOf(JSON.parse(JSON.stringify(value))) ?? {};

const allFaces = (faces: Faces): ReadonlyMap<string, Face> =>
  new Map([...faces.values()].flatMap((user) => user.faces.map((face) => [face.id, face] as const)));

interface Undone {
  readonly before: Faces;
  readonly after: Faces;
  readonly back: Plan;
  readonly end: Faces;
  readonly done: readonly WritingChange[];
}

/** Undoes changes that were carried out, by a record of them. */
function undo(
  { live, reading }: Pick<World, 'live' | 'reading'>,
  done: readonly WritingChange[],
  recordOf: (carried: ReturnType<typeof carryOut>) => readonly PastChange[],
): Undone & { readonly again: Plan } {
  const before = facesOf(live);
  const carried = carryOut(before, done, reading);
  const past = recordOf(carried);
  const back = revert(past, carried.after);
  const { after: end } = carryOut(carried.after, writingChanges(back), reading);
  return { before, after: carried.after, back, end, done, again: revert(past, end) };
}

/** What is wrong with a reverse; empty where every face is as before, or named. */
function faults({ before, after, back, end, done }: Undone): readonly string[] {
  const [old, left, now] = [allFaces(before), allFaces(after), allFaces(end)];
  const words = back.diagnostics.map(({ summary, detail }) => `${summary} ${detail}`).join('\n');
  const named = (face: Face): boolean => words.includes(nameOf(face));
  const lost = [...old.values()].filter((face) => {
    const then = now.get(face.id);
    return (then?.status !== face.status || then.expiry !== face.expiry) && !named(face);
  });
  const created = new Set(done.filter(({ action }) => action === 'create').map(({ key }) => key));
  const extra = [...now.keys()].filter((id) => !old.has(id));
  const replaced = done.filter(({ action }) => action === 'replace').length;
  const kept = [...created].filter((key) => words.includes(key)).length;
  const touched = new Set(done.flatMap((change) => faceOf(change)?.id ?? []));
  const moved = [...left].filter(([id, face]) => {
    return old.has(id) && !touched.has(id) && JSON.stringify(now.get(id)) !== JSON.stringify(face);
  });
  const forced = writingChanges(back).filter(
    (change) => change.action === 'update' && !['ACTIVE', 'DISABLED', 'EXPIRED'].includes(change.face.status),
  );
  return [
    ...lost.map(({ id }) => `${id} is neither as before nor named`),
    ...(extra.length > replaced + kept ? [`${extra.join(', ')} are left`] : []),
    ...moved.map(([id]) => `${id} was touched`),
    ...forced.map(({ key }) => `${key} is made ACTIVE`),
  ];
}

describe('the laws of undoing', { timeout: lawTimeout }, () => {
  it('give each face its earlier values or name it, take new faces away, and then find nothing to do', () => {
    fc.assert(
      fc.property(worldOf(['amy', 'bob']), (world) => {
        const done = writingChanges(plan(world.desired, world.live));
        const undone = undo(world, done, ({ outcomes }) =>
          outcomes.flatMap((outcome) => pastOutcome(throughJson(outcomeJson(outcome))) ?? []),
        );
        expect(faults(undone), shownWorld(world)).toEqual([]);
        expect(undone.again.changes, shownWorld(world)).toEqual([]);
      }),
      { numRuns: Math.ceil(lawRuns / 4) },
    );
  });

  it('hold where nobody knows which of the changes were carried out', () => {
    const arb = worldOf(['amy', 'bob']).chain((world) =>
      fc.record({
        world: fc.constant(world),
        done: fc.subarray([...writingChanges(plan(world.desired, world.live))]),
      }),
    );
    fc.assert(
      fc.property(arb, ({ world, done }) => {
        const planned = writingChanges(plan(world.desired, world.live));
        const undone = undo(world, done, () =>
          planned.flatMap((change) => pastChange(throughJson(startedJson(change)), 'possible') ?? []),
        );
        expect(faults(undone), shownWorld(world)).toEqual([]);
        expect(undone.again.changes, shownWorld(world)).toEqual([]);
      }),
      { numRuns: Math.ceil(lawRuns / 4) },
    );
  });
});
