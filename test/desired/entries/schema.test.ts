import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { wordsFor } from '../../../src/desired/entries/schema-words.ts';
import { codes, complaints, loadEntries, loadText, stateOf } from '../../support/desired/load-files.ts';

const head = (text: string) => loadText(`version: 1\n${text}\n`);
const long = 'x'.repeat(513);
const members = Array.from({ length: 33 }, (_, index) => `m${index}: x`).join(', ');

describe('a head that the schema does not allow', () => {
  it.each([
    ['no version', 'enrollments: []', 'MISSING_MEMBER a.yaml:1:1'],
    ['another version', 'version: 2', 'WRONG_VALUE a.yaml:1:10'],
    ['a list at the top', '- user: a', 'WRONG_TYPE a.yaml:1:1'],
    ['text at the top', 'hello', 'WRONG_TYPE a.yaml:1:1'],
    ['an unknown member', 'version: 1\nenrolments: []', 'UNKNOWN_MEMBER a.yaml:2:1'],
    ['an unknown member below', 'version: 1\ntenant: { urll: x }', 'UNKNOWN_MEMBER a.yaml:2:11'],
    ['an address of another kind', 'version: 1\ntenant: { url: "ftp://x" }', 'WRONG_VALUE a.yaml:2:16'],
    ['a number too small', 'version: 1\ntenant: { concurrency: 0 }', 'WRONG_VALUE a.yaml:2:24'],
    ['a number too large', 'version: 1\ntenant: { requestsPerSecond: 1000001 }', 'WRONG_VALUE a.yaml:2:30'],
    ['a number on the border', 'version: 1\ntenant: { requestsPerSecond: 0 }', 'WRONG_VALUE a.yaml:2:30'],
    ['a budget that is text', 'version: 1\nbudgets: { delete: many }', 'WRONG_VALUE a.yaml:2:20'],
    ['a budget over all', 'version: 1\nbudgets: { email: "101%" }', 'WRONG_VALUE a.yaml:2:19'],
    ['a budget below nothing', 'version: 1\nbudgets: { disable: -1 }', 'WRONG_VALUE a.yaml:2:21'],
    ['a budget that is a list', 'version: 1\nbudgets: { disable: [1] }', 'WRONG_VALUE a.yaml:2:21'],
    ['a scope without users', 'version: 1\nscope: { onRemove: keep }', 'MISSING_MEMBER a.yaml:2:8'],
    ['an empty name', 'version: 1\nprotect: [""]', 'WRONG_VALUE a.yaml:2:11'],
    ['a lifetime in years', 'version: 1\ndefaults: { lifetime: 2y }', 'WRONG_VALUE a.yaml:2:23'],
    ['a member only entries have', 'version: 1\ndefaults: { user: a }', 'UNKNOWN_MEMBER a.yaml:2:13'],
  ])('gets one complaint: %s', async (_, text, complaint) => {
    expect(complaints(await loadText(text))).toEqual([complaint]);
  });

  it('hides neither its other errors nor its entries', async () => {
    const text = 'tenants: {}\nunmatched: kep\nenrollments:\n  - { user: a }\n  - { user: b, flow: mobil }';
    expect(complaints(await head(text))).toEqual([
      'UNKNOWN_MEMBER a.yaml:2:1',
      'WRONG_VALUE a.yaml:3:12',
      'MISSING_MEMBER a.yaml:5:5',
      'WRONG_VALUE a.yaml:6:22',
    ]);
  });

  it('does not let entries miss what broken defaults may have brought', async () => {
    const text = 'defaults: { flw: mobile }\nenrollments:\n  - { user: a }\n  - { uuid: b, user: b }';
    expect(complaints(await head(text))).toEqual(['UNKNOWN_MEMBER a.yaml:2:13', 'USER_NOT_NAMED_ONCE a.yaml:5:5']);
  });

  it('still shares its sound defaults', async () => {
    expect(codes(await head('unmatchd: keep\ndefaults: { flow: mobile }\nenrollments: [{ user: a }]'))).toEqual([
      'UNKNOWN_MEMBER',
    ]);
  });
});

describe('an entry that the schema does not allow', () => {
  it.each([
    ['text instead of members', 'alice', 'WRONG_TYPE a.yaml:3:5'],
    ['an unknown member', '{ user: a, flw: mobile }', 'UNKNOWN_MEMBER a.yaml:3:16'],
    ['a member of another place', '{ user: a, concurrency: 3 }', 'UNKNOWN_MEMBER a.yaml:3:16'],
    ['an unknown flow', '{ user: a, flow: phone }', 'WRONG_VALUE a.yaml:3:22'],
    ['a flow that is a number', '{ user: a, flow: 5 }', 'WRONG_TYPE a.yaml:3:22'],
    ['a name too long', `{ user: ${long}, flow: mobile }`, 'WRONG_VALUE a.yaml:3:13'],
    ['a reason twice', '{ user: a, replaceOn: [FAILED, FAILED] }', 'WRONG_VALUE a.yaml:3:27'],
    ['too many reasons', '{ user: a, replaceOn: [FAILED, EXPIRED, FAILED] }', 'WRONG_VALUE a.yaml:3:27'],
    ['an unknown reason', '{ user: a, replaceOn: [LOST] }', 'WRONG_VALUE a.yaml:3:28'],
    ['a slash in a label', '{ user: a, label: a/b }', 'WRONG_VALUE a.yaml:3:23'],
    ['too many annotations', `{ user: a, annotations: { ${members} } }`, 'WRONG_VALUE a.yaml:3:29'],
    ['an annotation that is no text', '{ user: a, annotations: { "a/b~c": 1 } }', 'WRONG_TYPE a.yaml:3:40'],
    ['an annotation with digits for a name', '{ user: a, annotations: { "0": 1 } }', 'WRONG_TYPE a.yaml:3:36'],
    ['an empty token', '{ user: a, token: {} }', 'WRONG_VALUE a.yaml:3:23'],
    ['a token from two sources', '{ user: a, token: { env: A, file: a } }', 'WRONG_VALUE a.yaml:3:23'],
    ['a token with a strange member', '{ user: a, token: { env: A, fil: a } }', 'UNKNOWN_MEMBER a.yaml:3:33'],
    ['a variable with a dash', '{ user: a, token: { env: A-B } }', 'WRONG_VALUE a.yaml:3:30'],
  ])('gets one complaint: %s', async (_, entry, complaint) => {
    expect(complaints(await loadEntries(entry))).toEqual([complaint]);
  });

  it('hides neither the errors of other entries nor what is wrong between them', async () => {
    const loaded = await loadEntries(
      '{ user: a, flow: mobil }',
      '{ user: b, flow: web }',
      '{ user: c, flow: mobile }',
      '{ user: C, flow: mobile }',
      '{ user: d, flow: 1, state: gone }',
    );
    expect(complaints(loaded)).toEqual([
      'WRONG_VALUE a.yaml:3:22',
      'MISSING_MEMBER a.yaml:4:5',
      'DUPLICATE_ENROLLMENT a.yaml:6:5',
      'WRONG_TYPE a.yaml:7:22',
      'WRONG_VALUE a.yaml:7:32',
    ]);
  });

  it('is named by its place in the list', async () => {
    const { diagnostics } = await loadEntries('{ user: a, flow: mobile }', '{ user: b, flow: mobil }');
    expect(diagnostics.map(({ snippet }) => snippet?.context)).toEqual(['enrollments[1]']);
  });
});

describe('a misspelt member', () => {
  it.each([
    ['{ user: a, flwo: mobile }', "'flow'"],
    ['{ user: a, Flow: mobile }', "'flow'"],
    ['{ usr: a }', "'user'"],
    ['{ uuer: a }', "'user'"],
    ['{ user: a, applicantID: x }', "'applicantId'"],
    ['{ user: a, activation: { emial: true } }', "'email'"],
  ])('is told its likely name: %s', async (entry, name) => {
    const { diagnostics } = await loadEntries(entry);
    expect(diagnostics.map(({ detail }) => detail)).toEqual([expect.stringContaining(name)]);
  });

  it('that is like none is told all names', async () => {
    const { diagnostics } = await loadEntries('{ user: a, biometrics: x }');
    expect(diagnostics[0]?.detail).toContain('user, uuid, externalId, flow');
  });
});

describe('two thousand entries', () => {
  it('load within a few seconds', async () => {
    const entries = Array.from({ length: 2000 }, (_, index) => `  - user: user-${index}\n    flow: mobile\n`);
    const begun = performance.now();
    const loaded = await head(`enrollments:\n${entries.join('')}`);
    expect(stateOf(loaded).enrollments).toHaveLength(2000);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });

  it('that are all wrong are all counted, within a few seconds', async () => {
    const entries = Array.from({ length: 2000 }, (_, index) => `  - user: user-${index}\n    flw: mobile\n`);
    const begun = performance.now();
    const { diagnostics, leftOut } = await head(`enrollments:\n${entries.join('')}`);
    expect(diagnostics.length - 1 + leftOut.error).toBe(2000);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});

describe('a form', () => {
  it('is described in words, not as a regular expression, for each property that has one', async () => {
    const forms = formsIn(JSON.parse(await readFile('schemas/enrollments.schema.json', 'utf8')));
    expect(forms.length).toBeGreaterThan(5);
    const hintOf = (name: string): string =>
      wordsFor({ instancePath: '', schemaPath: '', keyword: 'pattern', params: { pattern: '^x$' } }, [name]).detail;
    expect(forms.filter((name) => hintOf(name).includes('^x$'))).toEqual([]);
    expect(hintOf('other')).toBe('It must match ^x$.');
  });

  it('is described by its property', async () => {
    const loaded = await loadEntries('{ user: a, flow: mobile, label: a/b }');
    expect(loaded.diagnostics.map(({ detail }) => detail)).toEqual(["It must have no '/', which keys are divided by."]);
    const horizon = await head('shortenHorizon: 30 days');
    expect(horizon.diagnostics.map(({ detail }) => detail)).toEqual(["Write hours or days, such as '72h' or '30d'."]);
    const byEnvironment = '{ user: a, flow: mobile, lifetime: { prod: 1 year } }';
    const each = await head(
      `environments: { prod: { tenant: { url: https://a.example } } }\nenrollments: [${byEnvironment}]`,
    );
    expect(each.diagnostics.map(({ detail }) => detail)).toContain("Write hours or days, such as '72h' or '365d'.");
  });
});

/** Names of the properties whose text must have a form. */
function formsIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]: [string, unknown]) => {
    const isForm = typeof value === 'object' && value !== null && 'pattern' in value;
    const isName = !['items', 'additionalProperties'].includes(name) && !/^\d+$/.test(name);
    return [...(isForm && isName ? [name] : []), ...formsIn(value)];
  });
}
