import { describe, expect, it } from 'vitest';
import type { DesiredState, Enrollment } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import { simulate } from '../../support/engine/simulate.ts';
import {
  absent,
  desire,
  found,
  liveOf,
  mobile,
  mobileFace,
  plan,
  present,
  tokenFace,
} from '../../support/engine/world.ts';

const changesOf = (made: ReturnType<typeof plan>): readonly string[] =>
  made.changes.flatMap(({ action, key }) => (action === 'no-op' ? [] : [`${action} ${key}`]));

/** Writing changes of user `amy`, run by run, until there are none. */
function runs(entries: readonly Enrollment[], faces: readonly Face[], more: Partial<DesiredState> = {}): unknown {
  let live = liveOf({ amy: found('amy', faces) });
  const all: (readonly string[])[] = [];
  for (let run = 0; run < 5; run++) {
    const made = plan(desire(entries, more), live);
    all.push(changesOf(made));
    live = simulate(live, made);
  }
  return all.slice(0, all.findLastIndex((changes) => changes.length > 0) + 1);
}

describe('an absent token entry', () => {
  const pending = tokenFace('1', { status: 'ACTIVATING' });
  const off = present('amy', mobile(), { enabled: false });
  const noToken = absent('amy', { flow: 'token' });
  it('deletes nothing that a disabled mobile entry has disabled', () => {
    expect(runs([off, noToken], [pending, mobileFace('2', { status: 'DISABLED' })])).toEqual([['disable amy/mobile']]);
  });
  it('deletes nothing that was disabled because no entry claims it', () => {
    expect(runs([noToken], [pending], { unmatched: 'disable' })).toEqual([['disable amy/1-1']]);
  });
  it('deletes token faces that are not disabled', () => {
    const faces = [tokenFace('1'), tokenFace('2', { status: 'FAILED' }), tokenFace('3', { status: 'EXPIRED' })];
    expect(runs([noToken], faces)).toEqual([['delete amy/1-1', 'delete amy/1-2', 'delete amy/1-3']]);
  });
});
