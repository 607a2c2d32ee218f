import { describe, expect, it } from 'vitest';
import type { Enrollment } from '../../../src/model/enrollment.ts';
import type { Face } from '../../../src/model/face.ts';
import type { LiveUser } from '../../../src/model/live.ts';
import {
  absent,
  day,
  desire,
  found,
  liveOf,
  mobile,
  mobileFace,
  plan,
  planOne,
  present,
  token,
  tokenFace,
  web,
  webFace,
} from '../../support/engine/world.ts';

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
  it('entries of one flow that ask for different things, and have no pins', () => {
    const said = (...entries: readonly Enrollment[]): readonly string[] => {
      const { diagnostics } = plan(desire(entries), liveOf({ amy: found('amy', []) }));
      return diagnostics.flatMap(({ code, severity, detail }) =>
        code === 'AMBIGUOUS_ENTRIES' ? `${severity}: ${detail}` : [],
      );
    };
    const [a, b] = [present('amy', mobile(), { label: 'a' }), present('amy', mobile(), { label: 'b' })];
    expect(said(a, b, present('amy', token()))).toEqual([]);
    const dated = { ...b, face: mobile({ rule: 'lifetime', seconds: day }) };
    expect(said(a, dated)).toEqual([expect.stringMatching(/^warning: They differ in expiry\./)]);
    expect(said(a, { ...b, enabled: false, replaceOn: new Set(['FAILED']) })).toEqual([
      expect.stringContaining('in enabled, replaceOn.'),
    ]);
    expect(said(a, b, { ...dated, key: 'amy/mobile/c' })).toHaveLength(1);
    expect(said({ ...a, serialNumber: '1-1' }, dated)).toEqual([]);
    expect(said(present('amy', web('x')), present('amy', web('y'), { label: 'y', enabled: false }))).toEqual([]);
    const order = (set: readonly ('FAILED' | 'EXPIRED')[]) => ({ replaceOn: new Set(set) });
    expect(said({ ...a, ...order(['FAILED', 'EXPIRED']) }, { ...b, ...order(['EXPIRED', 'FAILED']) })).toEqual([]);
  });
  it('an absent web entry whose face a token entry took', () => {
    const said = (entries: readonly Enrollment[], faces: readonly Face[]): readonly string[] =>
      codes(plan(desire(entries), liveOf({ amy: found('amy', faces) })));
    const noWeb = absent('amy', { flow: 'web' });
    const kept = plan(desire([noWeb, present('amy', token())]), liveOf({ amy: found('amy', [webFace('a')]) }));
    expect(kept.diagnostics).toMatchObject([{ severity: 'warning', code: 'ABSENT_FACE_KEPT', range: noWeb.range }]);
    expect(kept.changes.map(({ action, key }) => `${action} ${key}`)).toEqual(['no-op amy/token', 'no-op amy/web']);
    expect(said([noWeb, present('amy', token())], [tokenFace('a')])).toEqual([]);
    expect(said([noWeb, present('amy', token(), { serialNumber: '1-a' })], [webFace('a')])).toEqual([]);
    expect(said([noWeb, present('amy', mobile())], [webFace('a')])).toEqual([]);
    expect(said([absent('amy', { flow: 'mobile' }), present('amy', token())], [webFace('a')])).toEqual([]);
    expect(
      said([absent('amy', { flow: 'web', serialNumber: '1-b' }), present('amy', token())], [webFace('a')]),
    ).toEqual([]);
    expect(said([noWeb, present('amy', token())], [])).toEqual([]);
  });
  it('a key of --replace that no entry has', () => {
    const made = plan(desire([present('amy', token())]), liveOf({ amy: found('amy', []) }), {
      renew: new Set(['bob/token', 'amy/token']),
    });
    expect(codes(made)).toEqual(['error UNKNOWN_NAME']);
  });
  it('in the order of the files', () => {
    const at = (filename: string, line: number) => {
      const point = { line, column: 1, byte: 0 };
      return { range: { filename, start: point, end: point } };
    };
    const entries = [
      present('x', mobile(), at('b.yaml', 1)),
      present('y', mobile(), at('a.yaml', 9)),
      present('z', mobile(), at('a.yaml', 2)),
    ];
    const gone: LiveUser = { presence: 'absent' };
    const made = plan(desire(entries), liveOf({ x: gone, y: gone, z: gone }), { renew: new Set(['1', '2']) });
    expect(made.diagnostics.map(({ range }) => range && `${range.filename} ${range.start.line}`)).toEqual([
      undefined,
      undefined,
      'a.yaml 2',
      'a.yaml 9',
      'b.yaml 1',
    ]);
  });
});
