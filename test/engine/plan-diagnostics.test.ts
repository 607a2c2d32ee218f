import { describe, expect, it } from 'vitest';
import type { LiveUser } from '../../src/model/live.ts';
import { desire, found, liveOf, mobile, mobileFace, plan, planOne, present, token } from './world.ts';

const codes = (made: ReturnType<typeof plan>): readonly string[] =>
  made.diagnostics.map((diagnostic) => `${diagnostic.severity} ${diagnostic.code}`);

describe('what a plan points out', () => {
  it('more entries than the tenant allows faces', () => {
    const entries = [1, 2, 3].map((n) => present('amy', mobile(), { label: `${n}` }));
    const made = plan(desire(entries), liveOf({ amy: found('amy', []) }, { maxFacesPerUser: 2 }));
    expect(codes(made)).toEqual(['error TOO_MANY_FACES']);
  });
  it('settings that could not be read, and what it takes for granted', () => {
    const settingsFailure = { code: 'server-error', message: '503' } as const;
    const made = plan(desire([]), liveOf({}, { settingsFailure }));
    expect(codes(made)).toEqual(['warning SETTINGS_NOT_READ']);
    expect(made.complete).toBe(true);
  });
  it('a serial number that is gone, and a status it does not know', () => {
    const made = planOne(present('amy', mobile(), { serialNumber: 'x' }), [mobileFace('a', { status: 'NEWER' })]);
    expect(codes(made)).toEqual(['warning PINNED_FACE_GONE', 'warning UNKNOWN_STATUS']);
  });
  it('a key of --replace that no entry has', () => {
    const made = plan(desire([present('amy', token())]), liveOf({ amy: found('amy', []) }), {
      renew: new Set(['bob/token', 'amy/token']),
    });
    expect(codes(made)).toEqual(['error UNKNOWN_NAME']);
  });
  it('in the order of the files', () => {
    const at = (filename: string, byte: number) => {
      const point = { line: 1, column: 1, byte };
      return { range: { filename, start: point, end: point } };
    };
    const entries = [
      present('x', mobile(), at('b.yaml', 1)),
      present('y', mobile(), at('a.yaml', 9)),
      present('z', mobile(), at('a.yaml', 2)),
    ];
    const gone: LiveUser = { presence: 'absent' };
    const made = plan(desire(entries), liveOf({ x: gone, y: gone, z: gone }), { renew: new Set(['1', '2']) });
    expect(made.diagnostics.map(({ range }) => range && `${range.filename} ${range.start.byte}`)).toEqual([
      undefined,
      undefined,
      'a.yaml 2',
      'a.yaml 9',
      'b.yaml 1',
    ]);
  });
});
