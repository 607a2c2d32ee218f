import { describe, expect, it } from 'vitest';
import type { Enrollment } from '../../../src/model/enrollment.ts';
import type { LiveUser } from '../../../src/model/live.ts';
import {
  absent,
  desire,
  found,
  inScopeOf,
  liveOf,
  mobile,
  mobileFace,
  plan,
  present,
  web,
  webFace,
  protecting,
} from '../../support/engine/world.ts';

const unread: LiveUser = { presence: 'unknown', reason: { code: 'server-error', message: '500' } };
const byExternalId = { by: 'externalId', value: 'X1', key: 'externalId:X1' } as const;
const actions = (made: ReturnType<typeof plan>): readonly string[] =>
  made.changes.filter(({ action }) => action !== 'no-op').map(({ action, key }) => `${action} ${key}`);
const codes = (made: ReturnType<typeof plan>): readonly string[] => made.diagnostics.map(({ code }) => code);

describe('while a name of the files is not resolved', () => {
  const faces = [webFace('w'), mobileFace('m')];
  const second = present('alice', mobile(), { user: byExternalId });

  it.each(['delete', 'disable'] as const)('no face of others counts as unmatched: %s', (unmatched) => {
    const desired = desire([present('alice', web()), second], { unmatched });
    const whole = plan(desired, liveOf({ alice: found('alice', faces), 'externalId:X1': found('alice', faces) }));
    expect(actions(whole)).toEqual([]);
    const partly = plan(desired, liveOf({ alice: found('alice', faces), 'externalId:X1': unread }));
    expect(actions(partly)).toEqual([]);
    expect(partly.complete).toBe(false);
  });

  it('no web face is replaced, since it may be that of the other entry', () => {
    const other = present('alice', web('applicant-2'), { user: byExternalId, label: 'b' });
    const desired = desire([present('alice', web('applicant-3')), other]);
    const face = webFace('w', 'applicant-2');
    const made = plan(desired, liveOf({ alice: found('alice', [face]), 'externalId:X1': unread }));
    expect(actions(made)).toEqual([]);
    expect(codes(made)).toEqual(['REPLACE_WITHHELD']);
    const alone = desire([present('alice', web('applicant-3'))]);
    expect(actions(plan(alone, liveOf({ alice: found('alice', [face]) })))).toEqual(['replace alice/web']);
  });

  it('no user of the scope counts as one whom no entry names', () => {
    const desired = desire([second], { scope: inScopeOf('tenant', 'delete') });
    const made = plan(desired, liveOf({ 'externalId:X1': unread }, { discovered: [found('bob', faces)] }));
    expect(made).toMatchObject({ users: 1, changes: [], kept: [] });
  });

  it('an entry that is not enabled disables its own face alone', () => {
    const two = [mobileFace('a'), mobileFace('b')];
    const desired = desire([present('alice', mobile(), { enabled: false }), second]);
    const made = plan(desired, liveOf({ alice: found('alice', two), 'externalId:X1': unread }));
    expect(actions(made)).toEqual(['disable alice/mobile']);
  });
});

describe('where entries were left out', () => {
  const faces = [webFace('w', 'applicant-2'), mobileFace('m')];
  const entries = [present('alice', web('applicant-3'))];

  it('no face counts as unmatched or as the entry’s own, since another name may ask for it', () => {
    const desired = desire(entries, { unmatched: 'delete' });
    const live = liveOf({ alice: found('alice', faces) });
    expect(actions(plan(desired, live))).toEqual(['delete alice/1-m', 'replace alice/web']);
    const some = plan(desired, live, { entries: 'some' });
    expect(actions(some)).toEqual([]);
    expect(codes(some)).toEqual(['REPLACE_WITHHELD']);
  });
});

describe('a name under protect', () => {
  const desired = desire([absent('alice')], { protect: protecting('externalId:X1') });
  const alice = found('alice', [mobileFace('m')]);

  it('that could not be resolved may be anybody, and the plan is not complete', () => {
    const made = plan(desired, liveOf({ alice, 'externalId:X1': unread }));
    expect(made.protected).toEqual([{ key: 'alice/1-m', action: 'delete' }]);
    expect(made).toMatchObject({ complete: false, unknown: [{ key: 'externalId:X1' }] });
  });

  it('whose faces could not be read protects its user', () => {
    const user = { uuid: 'uuid-alice', login: 'alice' };
    const made = plan(desired, liveOf({ alice, 'externalId:X1': { ...unread, user } }));
    expect(made.protected).toEqual([{ key: 'alice/1-m', action: 'delete' }]);
  });

  it.each([
    ['error', 'error'],
    ['wait', 'warning'],
    ['ignore', 'warning'],
  ] as const)('that is nobody’s, with missingUsers: %s, gets this diagnostic: %s', (missingUsers, severity) => {
    const made = plan(desired, liveOf({ alice, 'externalId:X1': { presence: 'absent' } }), { missingUsers });
    expect(made.diagnostics).toMatchObject([{ severity, code: 'USER_NOT_FOUND' }]);
  });
});

describe('two names of one user', () => {
  const alice = found('alice', [webFace('w')]);
  const gone = (more: Parameters<typeof absent>[1] = {}): Enrollment => ({
    ...absent('alice', more),
    user: byExternalId,
  });

  it.each([
    ['all his faces', gone(), ['ABSENT_AND_PRESENT']],
    ['those of its flow', gone({ flow: 'web' }), ['ABSENT_AND_PRESENT']],
    ['those of another flow', gone({ flow: 'mobile' }), []],
    ['one face', gone({ serialNumber: '9' }), []],
  ])('cannot ask for a face, and for %s to go', (_, entry, expected) => {
    const desired = desire([present('alice', web()), entry]);
    expect(codes(plan(desired, liveOf({ alice, 'externalId:X1': alice })))).toEqual(expected);
  });

  it('are one user who could not be read, in the scope’s listing as well', () => {
    const user = { uuid: 'uuid-alice', login: 'alice' };
    const desired = desire([present('alice', web(), { user: byExternalId })], { scope: inScopeOf('tenant', 'delete') });
    const made = plan(desired, liveOf({ 'externalId:X1': { ...unread, user } }, { discovered: [{ ...unread, user }] }));
    expect(made).toMatchObject({ users: 1, unknown: [{ key: 'externalId:X1' }] });
  });
});

it('the order of entries does not matter, for users who could not be read either', () => {
  const at = (line: number) => ({ range: { ...present('a', web()).range, start: { line, column: 1, byte: line } } });
  const entries = [present('amy', web(), at(3)), present('amy', mobile(), at(9))];
  const live = liveOf({ amy: unread });
  expect(plan(desire(entries), live)).toEqual(plan(desire(entries.toReversed()), live));
});
