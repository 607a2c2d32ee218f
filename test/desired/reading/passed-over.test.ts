import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMap, isScalar, parseAllDocuments } from 'yaml';
import { yamlRoot } from '../../../src/desired/source/yaml-root.ts';
import { codes, complaints, loadFiles, stateOf } from '../../support/desired/load-files.ts';

const amy = { 'a.yaml': 'version: 1\nenrollments: [{ user: amy, flow: mobile }]\n' };
const others = {
  'k8s.yaml': 'apiVersion: v1\nkind: ConfigMap\n---\n# second\napiVersion: v1\ndata:\n  version: 1\n',
  'chart.yml': '{{- if .Values.x }}\nkind: X\n',
  'list.yaml': '- hosts: all\n  tasks: []\n',
  'values.json': '{ "image": { "tag": "1" } }',
  'cf.yaml': '"Resources":\r\n  A: !Ref B\r\n',
};
const { 'chart.yml': _, ...foreign } = others;

describe('a file in a directory without any property of the format at its top', () => {
  it('is passed over, and one warning counts and names all of them', async () => {
    const loaded = await loadFiles({ ...amy, ...foreign });
    expect(stateOf(loaded)).toMatchObject({ inputs: [{ file: 'a.yaml' }], filesSkipped: 4 });
    expect(loaded.diagnostics).toEqual([
      expect.objectContaining({
        severity: 'warning',
        code: 'NOT_ENROLLMENTS',
        summary: '4 files without enrollments passed over',
        detail: expect.stringContaining('cf.yaml, k8s.yaml, list.yaml, values.json.'),
      }),
    ]);
    expect(loaded.skipped).toContainEqual({ file: 'k8s.yaml', what: 'no enrollments' });
  });

  it('is named only as one of the first five', async () => {
    const many = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((n) => [`x${n}.yaml`, 'kind: X\n']));
    const [note] = (await loadFiles({ ...amy, ...many })).diagnostics;
    expect(note?.detail).toContain('x5.yaml and 2 more.');
  });

  it.each([
    ['group', '{ users: group, group: Staff, onRemove: delete }'],
    ['tenant', '{ users: tenant, onRemove: delete }'],
  ])('is an error under a scope of the %s, at its place', async (__, scope) => {
    const scoped = { 'a.yaml': `version: 1\nscope: ${scope}\nenrollments: []\n` };
    const found = complaints(await loadFiles({ ...scoped, 'b.yaml': 'kind: X\n', 'c.yaml': 'kind: Y\n' }));
    expect(found.join('\n')).toMatch(/b\.yaml.*\n.*c\.yaml/);
    expect(codes(await loadFiles({ ...scoped, 'b.yaml': 'kind: X\n' }))).toEqual(['NOT_ENROLLMENTS']);
  });

  it('is an error where it is named itself', async () => {
    const loaded = await loadFiles({ ...amy, 'b.yaml': 'kind: X\n' }, { paths: ['.', 'b.yaml'] });
    expect(loaded).not.toHaveProperty('state');
  });
});

describe('a file in a directory that may have been meant as one of enrollments', () => {
  it.each([
    ['a misspelt property', 'enrolments: []\n'],
    ['a property in capitals', 'Version: 1\n'],
    ['an indented root', '  version: 1\n  enrollments: []\n'],
    ['an indented root in a second document', 'kind: X\n---\n  version: 1\n'],
    ['a document behind its marker', 'kind: X\n--- { version: 1 }\n'],
    ['an escape', 'kind: X\n"\\x76ersion": 1\n'],
    ['a question mark', '? version\n: 1\n'],
    ['a merge', '<<: { version: 1 }\n'],
    ['a carriage return', 'kind: X\rversion: 1\n'],
    ['a flow mapping', '{ kind: X }\n'],
    ['a tag', '!x\nkind: X\n'],
    ['an anchor', '&a version: 1\n'],
    ['entries alone', '- { user: bob, flow: mobile }\n'],
    ['entries over several lines', '-\n  "user": bob\n'],
    ['nothing but a comment', '# version: 1\n'],
    ['a template', others['chart.yml']],
    ['JSON with two roots', '{}\n'],
  ])('is read: %s', async (__, text) => {
    const loaded = await loadFiles({ ...amy, 'b.yaml': text });
    expect(loaded.skipped).toEqual([]);
    expect(codes(loaded)).not.toContain('NOT_ENROLLMENTS');
  });
});

describe('the names at the top of YAML', () => {
  const words = [
    'version',
    'enrollments',
    'kind',
    ': ',
    ':',
    ' 1',
    '\n',
    '\n',
    '\r\n',
    '\r',
    '  ',
    '- ',
    '---',
    '...',
    '?',
  ];
  const odd = [
    '"',
    "'",
    '#',
    ' #',
    '{',
    '}',
    '[',
    ']',
    ',',
    '|',
    '>',
    '<<',
    '&a ',
    '*a',
    '!t ',
    '%',
    '\t',
    '\\',
    '\u2028',
    '\uFEFF',
  ];

  it('are all names that a parser finds there, or not told', () => {
    const texts = fc
      .array(fc.constantFrom(...words, ...words, ...odd), { maxLength: 24 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const names = yamlRoot(text);
        if (names === undefined) return;
        for (const document of parseAllDocuments(text, { logLevel: 'silent' })) {
          if (!isMap(document.contents) || document.errors.length > 0) continue;
          for (const { key } of document.contents.items) if (isScalar(key)) expect(names, text).toContain(key.source);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
