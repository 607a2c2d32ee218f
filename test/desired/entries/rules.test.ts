import { describe, expect, it } from 'vitest';
import { codes, complaints, loadEntries, loadFiles, stateOf } from '../../support/desired/load-files.ts';

const labelled = (count: number) =>
  Array.from({ length: count }, (_, index) => `{ user: a, flow: mobile, label: l${index} }`);

describe('two entries with one key', () => {
  it.each([
    ['the same login', '{ user: a, flow: mobile }', '{ user: a, flow: mobile }'],
    ['a login in another case', '{ user: a, flow: mobile }', '{ user: A, flow: mobile }'],
    ['the same label', '{ user: a, flow: mobile, label: l }', '{ user: a, flow: mobile, label: l }'],
    ['absent twice', '{ user: a, state: absent }', '{ user: a, state: absent }'],
    ['present and absent', '{ user: a, flow: mobile }', '{ user: a, state: absent, flow: mobile }'],
  ])('are refused: %s', async (_, first, second) => {
    expect(complaints(await loadEntries(first, second))).toEqual(['DUPLICATE_ENROLLMENT a.yaml:4:5']);
  });

  it('name the place of the first, in another file too', async () => {
    const text = 'version: 1\nenrollments: [{ user: a, flow: mobile }]\n';
    const loaded = await loadFiles({ 'a.yaml': text, 'b.yaml': text });
    expect(complaints(loaded)).toEqual(['DUPLICATE_ENROLLMENT b.yaml:2:15']);
    expect(loaded.diagnostics[0]?.detail).toContain('a.yaml:2:15');
  });

  it('are told apart by a label, a flow, or what names the user', async () => {
    const loaded = await loadEntries(
      '{ user: a, flow: mobile }',
      '{ user: a, flow: mobile, label: l }',
      '{ user: a, flow: web, applicantId: x }',
      '{ uuid: a, flow: mobile }',
      '{ externalId: a, flow: mobile }',
    );
    expect(stateOf(loaded).enrollments).toHaveLength(5);
  });
});

describe('two entries with one applicant', () => {
  it('are refused at the second', async () => {
    const loaded = await loadEntries(
      '{ user: a, flow: web, applicantId: x }',
      '{ user: b, flow: web, applicantId: x }',
    );
    expect(complaints(loaded)).toEqual(['SAME_APPLICANT a.yaml:4:40']);
  });

  it('are accepted where a serial number says which face is meant', async () => {
    const loaded = await loadEntries(
      '{ user: a, flow: web, applicantId: x, serialNumber: "1", label: old }',
      '{ user: a, flow: web, applicantId: x, serialNumber: "2" }',
      '{ user: b, flow: web, applicantId: x, serialNumber: "3" }',
    );
    expect(complaints(loaded)).toEqual([]);
  });
});

describe('two entries with one serial number', () => {
  it('are refused for one user', async () => {
    const loaded = await loadEntries(
      '{ user: a, flow: mobile, serialNumber: "1" }',
      '{ user: a, state: absent, serialNumber: "1" }',
    );
    expect(complaints(loaded)).toEqual(['SAME_SERIAL_NUMBER a.yaml:4:45']);
  });

  it('may be about two users', async () => {
    const loaded = await loadEntries(
      '{ user: a, flow: mobile, serialNumber: "1" }',
      '{ user: b, flow: mobile, serialNumber: "1" }',
    );
    expect(codes(loaded)).toEqual([]);
  });

  it('are different keys where both are absent', async () => {
    const loaded = await loadEntries(
      '{ user: a, state: absent, serialNumber: "1" }',
      '{ user: a, state: absent, serialNumber: "2", flow: web }',
    );
    expect(stateOf(loaded).enrollments.map(({ key }) => key)).toEqual(['a/1', 'a/2']);
  });
});

describe('faces that are to go and to stay', () => {
  it('are refused where all of the user go', async () => {
    const loaded = await loadEntries('{ user: a, flow: mobile }', '{ user: A, state: absent }');
    expect(complaints(loaded)).toEqual(['ABSENT_AND_PRESENT a.yaml:3:5']);
    expect(loaded.diagnostics[0]?.detail).toContain('a.yaml:4:5');
  });

  it('are refused where all of the flow go, whatever the label', async () => {
    const loaded = await loadEntries(
      '{ user: a, flow: web, state: absent }',
      '{ user: a, flow: web, applicantId: x, label: l }',
    );
    expect(complaints(loaded)).toEqual(['ABSENT_AND_PRESENT a.yaml:4:5']);
  });

  it('may be of two flows, or one face of several', async () => {
    const loaded = await loadEntries(
      '{ user: a, flow: web, state: absent }',
      '{ user: a, state: absent, serialNumber: "7" }',
      '{ user: a, flow: mobile }',
    );
    expect(codes(loaded)).toEqual([]);
  });
});

describe('many faces for one user', () => {
  it.each([
    [5, []],
    [6, ['warning']],
    [10, ['warning']],
    [11, ['error', 'warning']],
    [12, ['error', 'warning']],
  ])('are warned of, and refused above what a tenant can allow: %i', async (count, severities) => {
    const { diagnostics } = await loadEntries(...labelled(count));
    expect(diagnostics.map(({ severity }) => severity)).toEqual(severities);
    expect(diagnostics.every(({ code }) => code === 'TOO_MANY_FACES')).toBe(true);
  });
  it('are none where the entries are not enabled', async () => {
    const entries = labelled(12).map((entry) => entry.replace('flow', 'enabled: false, flow'));
    expect((await loadEntries(...entries)).diagnostics).toEqual([]);
  });
});
