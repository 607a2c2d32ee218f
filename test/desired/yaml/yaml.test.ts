import { describe, expect, it } from 'vitest';
import { codes, complaints, loadText, presentOf } from '../../support/desired/load-files.ts';

const bomb = `version: 1
x0: &x0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]
${[1, 2, 3, 4, 5, 6].map((n) => `x${n}: &x${n} [${Array.from({ length: 9 }, () => `*x${n - 1}`).join(', ')}]\n`).join('')}`;

describe('a file that is not YAML', () => {
  it.each([
    ['a bracket is missing', 'version: [1'],
    ['a quote is missing', 'version: "1'],
    ['a tab indents', 'tenant:\n\turl: a'],
    ['a value stands in a value', 'version: b: c'],
    ['an escape means nothing', 'version: "\\q"'],
    ['a custom tag', 'version: !!js/function "x"'],
    ['a tag of YAML 1.1', 'defaults: !!set { flow }'],
    ['an alias without a name', 'version: *'],
    ['an alias that names nothing', 'version: *nothing'],
    ['an anchor that comes later', 'version: *late\ntenant: &late {}'],
    ['a list as a member name', '? [version]\n: 1'],
    ['an alias as a member name', '&v version: 1\n*v : 2'],
  ])('is refused: %s', async (_, text) => {
    expect(new Set(codes(await loadText(text)))).toEqual(new Set(['YAML_SYNTAX']));
  });

  it('tells each unknown alias by its place', async () => {
    expect(complaints(await loadText('version: *a\nunmatched: *b\n'))).toEqual([
      'YAML_SYNTAX a.yaml:1:10',
      'YAML_SYNTAX a.yaml:2:12',
    ]);
  });
});

describe('a file without content', () => {
  it.each([
    ['nothing', ''],
    ['white space', ' \n\n'],
    ['a comment', '# to do\n'],
    ['a document marker', '---\n'],
    ['null', 'null\n'],
  ])('is never an empty list: %s', async (_, text) => {
    expect(complaints(await loadText(text))).toEqual(['EMPTY_FILE a.yaml:1:1']);
  });
});

describe('several documents in one file', () => {
  it('are refused at the second', async () => {
    expect(complaints(await loadText('version: 1\n---\nversion: 1\n'))).toEqual(['SEVERAL_DOCUMENTS a.yaml:2:1']);
  });

  it('are refused where the first is empty', async () => {
    expect(codes(await loadText('---\n---\nversion: 1\n'))).toEqual(['SEVERAL_DOCUMENTS']);
  });

  it('are refused where the second is broken, by what breaks it', async () => {
    expect(complaints(await loadText('version: 1\n---\na: [\n'))).toEqual(['YAML_SYNTAX a.yaml:4:1']);
  });
});

describe('a member that stands twice', () => {
  it('is told at the second place, beside all that is wrong elsewhere', async () => {
    const text = 'version: 1\nversion: 1\nenrollments:\n  - user: a\n    user: b\n    flow: mobil\n';
    expect(complaints(await loadText(text))).toEqual([
      'DUPLICATE_KEY a.yaml:2:1',
      'DUPLICATE_KEY a.yaml:5:5',
      'WRONG_VALUE a.yaml:6:11',
    ]);
  });

  it('is placed where the value is that counts', async () => {
    const text = 'version: 1\nunmatched: keep\nunmatched: kep\n';
    expect(complaints(await loadText(text))).toEqual(['DUPLICATE_KEY a.yaml:3:1', 'WRONG_VALUE a.yaml:3:12']);
  });
});

describe('anchors and aliases', () => {
  it('stand for what they name', async () => {
    const text = `version: 1
enrollments:
  - { user: a, flow: mobile, activation: &both { email: true, qrCode: true } }
  - { user: b, flow: mobile, activation: *both }
`;
    expect(presentOf(await loadText(text)).map(({ face }) => face)).toMatchObject([
      { activation: { email: true, qrCode: true } },
      { activation: { email: true, qrCode: true } },
    ]);
  });

  it('are blamed where the anchor is', async () => {
    const text = 'version: 1\nenrollments:\n  - { user: a, flow: mobile, activation: &x { email: 1 } }\n';
    expect(complaints(await loadText(`${text}  - { user: b, flow: mobile, activation: *x }\n`))).toEqual([
      'WRONG_TYPE a.yaml:3:54',
      'WRONG_TYPE a.yaml:3:54',
    ]);
  });

  it('are refused as a merge key, which YAML 1.2 does not have', async () => {
    const text = 'version: 1\nenrollments:\n  - &a { user: a, flow: mobile }\n  - { <<: *a, user: b }\n';
    expect(complaints(await loadText(text))).toEqual(['UNKNOWN_MEMBER a.yaml:4:7']);
  });

  it('are refused where there are more than a hundred', async () => {
    const list = Array.from({ length: 101 }, () => '*u').join(', ');
    expect(complaints(await loadText(`version: 1\nx: &u ceo\nprotect: [${list}]\n`))).toEqual([
      'TOO_MANY_ALIASES a.yaml:3:411',
    ]);
  });

  it('do not multiply what they stand for', async () => {
    const begun = performance.now();
    expect(new Set(codes(await loadText(`${bomb}protect: *x6\n`)))).toEqual(new Set(['UNKNOWN_MEMBER', 'WRONG_TYPE']));
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('may name what they stand in', async () => {
    const text = 'version: 1\nenrollments: &e [*e]\n';
    expect(complaints(await loadText(text))).toEqual(['WRONG_TYPE a.yaml:2:18']);
  });
});

describe('deep nesting', () => {
  it.each([
    ['lists', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['unclosed lists', '['.repeat(20_000)],
    ['members', '{a: '.repeat(20_000)],
    ['items', `\n  ${'- '.repeat(20_000)}`],
    ['member names', `\n  ${'? '.repeat(20_000)}`],
  ])('of %s is refused, and ends nothing', async (_, nested) => {
    expect(codes(await loadText(`enrollments: ${nested}`))).toEqual(['TOO_DEEP']);
  });
});

describe('names that JavaScript knows', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('are unknown members: %s', async (name) => {
    const text = `version: 1\n${name}: { user: a }\nenrollments:\n  - { user: a, flow: mobile, ${name}: { x: 1 } }\n`;
    expect(complaints(await loadText(text))).toEqual(['UNKNOWN_MEMBER a.yaml:2:1', 'UNKNOWN_MEMBER a.yaml:4:30']);
  });

  it('are free as annotations', async () => {
    const text =
      'version: 1\nenrollments:\n  - { user: a, flow: mobile, annotations: { __proto__: x, constructor: y } }\n';
    const [entry] = presentOf(await loadText(text));
    expect(Object.entries(entry?.annotations ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });
});

describe('what YAML 1.1 read otherwise', () => {
  it.each([
    ['a number as a login', 'enrollments: [{ user: 1007, flow: mobile }]', 'WRONG_TYPE a.yaml:2:23'],
    ['yes', 'defaults: { enabled: yes }', 'WRONG_TYPE a.yaml:2:22'],
    ['no', 'defaults: { enabled: no }', 'WRONG_TYPE a.yaml:2:22'],
    ['an underscore', 'tenant: { concurrency: 1_0 }', 'WRONG_TYPE a.yaml:2:24'],
    ['sexagesimals', 'tenant: { concurrency: 1:30 }', 'WRONG_TYPE a.yaml:2:24'],
    ['not a number', 'tenant: { requestsPerSecond: .nan }', 'WRONG_TYPE a.yaml:2:30'],
    ['infinity', 'tenant: { requestsPerSecond: .inf }', 'WRONG_TYPE a.yaml:2:30'],
    ['null', 'enrollments:', 'WRONG_TYPE a.yaml:2:13'],
  ])('is refused where it is no value: %s', async (_, text, complaint) => {
    expect(complaints(await loadText(`version: 1\n${text}`))).toEqual([complaint]);
  });

  it('stays text under a directive for YAML 1.1', async () => {
    expect(codes(await loadText('%YAML 1.1\n---\nversion: 1\ndefaults: { enabled: yes }\n'))).toEqual(['WRONG_TYPE']);
  });
});

describe('a name that is an alias', () => {
  it('is refused: it could take the place of the entries before it', async () => {
    const entries = 'version: 1\nenrollments:\n  - { user: &name enrollments, flow: mobile }\n';
    expect(complaints(await loadText(`${entries}*name : []\n`))).toEqual(['YAML_SYNTAX a.yaml:4:1']);
  });
});
