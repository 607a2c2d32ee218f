import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../src/model/instant.ts';
import {
  absentOf,
  codes,
  complaints,
  loadEntries,
  loadText,
  presentOf,
  stateOf,
} from '../../support/desired/load-files.ts';

const withDefaults = (defaults: string, ...entries: readonly string[]) =>
  loadText(`version: 1\ndefaults: ${defaults}\nenrollments:\n${entries.map((entry) => `  - ${entry}\n`).join('')}`);

describe('who an entry is about', () => {
  it.each([
    ['nobody', '{ flow: mobile }'],
    ['a login and a UUID', '{ user: a, uuid: b, flow: mobile }'],
    ['three names', '{ user: a, uuid: b, externalId: c, flow: mobile }'],
    ['an absent nobody', '{ state: absent }'],
  ])('is refused unless one name is given: %s', async (_, entry) => {
    expect(complaints(await loadEntries(entry))).toEqual(['USER_NOT_NAMED_ONCE a.yaml:3:5']);
  });
});

describe('what an entry needs', () => {
  it.each([
    ['a flow', '{ user: a }', ['MISSING_MEMBER']],
    ['an applicant for web', '{ user: a, flow: web }', ['MISSING_MEMBER']],
    ['an id and a token for token', '{ user: a, flow: token }', ['MISSING_MEMBER', 'MISSING_MEMBER']],
    ['a token beside the id', '{ user: a, flow: token, customerUserId: c }', ['MISSING_MEMBER']],
    ['an id beside the token', '{ user: a, flow: token, token: { env: FACE_TOKEN_A } }', ['MISSING_MEMBER']],
  ])('is asked for: %s', async (_, entry, expected) => {
    expect(codes(await loadEntries(entry))).toEqual(expected);
  });
});

describe('members of another flow', () => {
  it.each([
    ['{ user: a, flow: mobile, applicantId: x }', 'MEMBER_OF_OTHER_FLOW a.yaml:3:30'],
    ['{ user: a, flow: mobile, workflowRunId: x }', 'MEMBER_OF_OTHER_FLOW a.yaml:3:30'],
    ['{ user: a, flow: mobile, customerUserId: x }', 'MEMBER_OF_OTHER_FLOW a.yaml:3:30'],
    ['{ user: a, flow: mobile, token: { env: FACE_TOKEN_A } }', 'MEMBER_OF_OTHER_FLOW a.yaml:3:30'],
    ['{ user: a, flow: web, applicantId: x, activation: {} }', 'MEMBER_OF_OTHER_FLOW a.yaml:3:43'],
  ])('are refused where they stand: %s', async (entry, complaint) => {
    expect(complaints(await loadEntries(entry))).toEqual([complaint]);
  });

  it('are let be where the defaults bring them', async () => {
    const loaded = await withDefaults('{ activation: { email: false } }', '{ user: a, flow: web, applicantId: x }');
    expect(codes(loaded)).toEqual([]);
  });
});

describe('an absent entry', () => {
  it.each([
    'enabled: true',
    'applicantId: x',
    'workflowRunId: x',
    'customerUserId: x',
    'token: { env: FACE_TOKEN_A }',
    'lifetime: 3d',
    'expiry: 2030-01-01T00:00:00Z',
    'replaceOn: []',
    'activation: {}',
    'label: x',
  ])('is refused with what only a present one can have: %s', async (member) => {
    expect(complaints(await loadEntries(`{ user: a, state: absent, ${member} }`))).toEqual([
      'ABSENT_WITH_MEMBERS a.yaml:3:31',
    ]);
  });

  it('takes no flow from the defaults, so that all faces go', async () => {
    const [entry] = absentOf(await withDefaults('{ flow: web, annotations: { a: b } }', '{ user: a, state: absent }'));
    expect(entry).toMatchObject({ key: 'a', annotations: { a: 'b' } });
    expect(entry?.flow).toBeUndefined();
  });

  it('keeps its own annotations where the defaults have errors', async () => {
    expect(codes(await withDefaults('{ flw: web }', '{ user: a, state: absent }'))).toEqual(['UNKNOWN_MEMBER']);
  });
});

describe('the end of a face', () => {
  it.each([
    ['a date without a time', '2027-06-30', 'WRONG_VALUE'],
    ['a time without a zone', '2027-06-30T00:00:00', 'WRONG_VALUE'],
    ['a day that is none', '2027-02-30T00:00:00Z', 'WRONG_VALUE'],
    ['the past', '2026-05-31T23:59:59Z', 'EXPIRY_IN_PAST'],
    ['now', '2026-06-01T00:00:00Z', 'EXPIRY_IN_PAST'],
  ])('is refused: %s', async (_, expiry, code) => {
    expect(complaints(await loadEntries(`{ user: a, flow: mobile, expiry: "${expiry}" }`))).toEqual([
      `${code} a.yaml:3:30`,
    ]);
  });

  it('is refused where it is given in both ways', async () => {
    const loaded = await loadEntries('{ user: a, flow: mobile, lifetime: 3d, expiry: 2030-01-01T00:00:00Z }');
    expect(complaints(loaded)).toEqual(['EXPIRY_AND_LIFETIME a.yaml:3:44']);
  });

  it('is complained of once where the defaults have it', async () => {
    const loaded = await withDefaults(
      '{ flow: mobile, lifetime: 3d, expiry: 2020-01-01T00:00:00Z }',
      '{ user: a }',
      '{ user: b }',
    );
    expect(complaints(loaded)).toEqual(['EXPIRY_AND_LIFETIME a.yaml:2:41', 'EXPIRY_IN_PAST a.yaml:2:41']);
  });

  it.each([
    ['{ lifetime: 72h }', '', { rule: 'lifetime', seconds: 72 * 3600 }],
    ['{ lifetime: 72h }', ', lifetime: 2d', { rule: 'lifetime', seconds: 2 * 86_400 }],
    [
      '{ lifetime: 72h }',
      ', expiry: 2030-01-01T00:00:00Z',
      { rule: 'at', instant: parseInstant('2030-01-01T00:00:00Z') },
    ],
    ['{ expiry: 2030-01-01T00:00:00Z }', '', { rule: 'at', instant: parseInstant('2030-01-01T00:00:00Z') }],
    ['{ expiry: 2030-01-01T00:00:00Z }', ', lifetime: 2d', { rule: 'lifetime', seconds: 2 * 86_400 }],
  ])('is the own one rather than that of the defaults: %s%s', async (defaults, own, expected) => {
    const loaded = await withDefaults(defaults, `{ user: a, flow: mobile${own} }`);
    expect(presentOf(loaded)[0]?.face.expiry).toEqual(expected);
  });
});

describe('defaults', () => {
  it('give what an entry does not have', async () => {
    const loaded = await withDefaults('{ flow: mobile, enabled: false, replaceOn: [FAILED] }', '{ user: a }');
    expect(presentOf(loaded)[0]).toMatchObject({ key: 'a/mobile', enabled: false, replaceOn: new Set(['FAILED']) });
  });

  it('give way to what an entry has', async () => {
    const loaded = await withDefaults(
      '{ flow: web, enabled: false, replaceOn: [FAILED] }',
      '{ user: a, flow: mobile, enabled: true, replaceOn: [] }',
    );
    expect(presentOf(loaded)[0]).toMatchObject({ key: 'a/mobile', enabled: true, replaceOn: new Set() });
  });

  it('are merged with activation and annotations member by member', async () => {
    const loaded = await withDefaults(
      '{ flow: mobile, activation: { email: false, qrCode: false }, annotations: { a: "1", b: "1" } }',
      '{ user: a, activation: { qrCode: true }, annotations: { b: "2" } }',
    );
    expect(presentOf(loaded)[0]).toMatchObject({
      face: { activation: { email: false, qrCode: true } },
      annotations: { a: '1', b: '2' },
    });
  });

  it('hold for their own file only', async () => {
    const loaded = await withDefaults('{ enabled: false }', '{ user: a, flow: mobile }');
    expect(stateOf(loaded).enrollments).toHaveLength(1);
  });
});

describe('a mobile face nobody is told of', () => {
  it('is warned of, and stops nothing', async () => {
    const loaded = await loadEntries('{ user: a, flow: mobile, activation: { email: false } }');
    expect(complaints(loaded)).toEqual(['NOBODY_TOLD a.yaml:3:30']);
    expect(loaded.diagnostics[0]?.severity).toBe('warning');
    expect(stateOf(loaded).enrollments).toHaveLength(1);
  });

  it('is warned of at the entry where the defaults say so', async () => {
    const loaded = await withDefaults('{ flow: mobile, activation: { email: false } }', '{ user: a }');
    expect(complaints(loaded)).toEqual(['NOBODY_TOLD a.yaml:4:5']);
  });
});
