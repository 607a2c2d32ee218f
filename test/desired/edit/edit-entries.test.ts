import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Findings } from '../../../src/desired/index.ts';
import { editEntries, type Edited, type Edits } from '../../../src/desired/edit/edit-entries.ts';
import { merged, type Members, type Value } from '../../../src/desired/edit/value.ts';
import { SourceFile } from '../../../src/desired/source/source-file.ts';
import { parse } from '../../../src/desired/yaml/parse.ts';

const sourceOf = (text: string): SourceFile => new SourceFile('a.yaml', Buffer.from(text), text);
const none: Edits = { changed: new Map(), added: [] };

async function valueOf(text: string): Promise<unknown> {
  return (await parse(sourceOf(text), new Findings()))?.value;
}

async function edit(text: string, edits: Partial<Edits>): Promise<Edited> {
  const parsed = await parse(sourceOf(text), new Findings());
  if (parsed === undefined) throw new Error(`not YAML: ${text}`);
  return editEntries(parsed, { ...none, ...edits });
}

async function textOf(text: string, edits: Partial<Edits>): Promise<string> {
  const edited = await edit(text, edits);
  if (edited.state === 'refused') throw new Error(`refused at ${edited.at.join('.')}`);
  return edited.text;
}

const change = (members: Members, index = 0): Partial<Edits> => ({ changed: new Map([[index, members]]) });

describe('an entry that is changed in the text of its file', () => {
  it.each([
    {
      layout: 'a block, with comments and quotes',
      before: 'enrollments:\n  # one\n  - user: \'a\' # her\n    label:   "x"  # y\n\n# end\n',
      members: { user: 'b', label: 'null', enabled: false },
      after: 'enrollments:\n  # one\n  - user: \'b\' # her\n    label:   "null"  # y\n    enabled: false\n\n# end\n',
    },
    {
      layout: 'one line',
      before: 'enrollments: [{ user: a }, { user: b, }]\n',
      members: { label: 'x y', annotations: { t: '1' } },
      after: 'enrollments: [{ user: a, label: "x y", annotations: { t: "1" } }, { user: b, }]\n',
    },
    {
      layout: 'JSON',
      before: '{\n  "enrollments": [\n    {\n      "user": "a"\n    }\n  ]\n}\n',
      members: { flow: 'web' },
      after: '{\n  "enrollments": [\n    {\n      "user": "a",\n      "flow": "web"\n    }\n  ]\n}\n',
    },
    {
      layout: 'an inner mapping at the end of the file, without a line break',
      before: 'enrollments:\n- user: a\n  annotations:\n    t: x',
      members: { annotations: { u: 'y' }, enabled: false },
      after: 'enrollments:\n- user: a\n  annotations:\n    t: x\n    u: "y"\n  enabled: false',
    },
    {
      layout: 'carriage returns',
      before: 'enrollments:\r\n  - user: a\r\n  - user: b\r\n',
      members: { flow: 'web', label: undefined },
      after: 'enrollments:\r\n  - user: a\r\n    flow: web\r\n  - user: b\r\n',
    },
    {
      layout: 'a list that gets other items, and an empty mapping',
      before: 'enrollments:\n  - user: a\n    replaceOn:\n      - FAILED\n    annotations: {}\n',
      members: { replaceOn: ['EXPIRED'], annotations: { t: 'x' } },
      after: 'enrollments:\n  - user: a\n    replaceOn:\n      [EXPIRED]\n    annotations: { t: x }\n',
    },
    {
      layout: 'an alias, which is replaced',
      before: 'enrollments:\n  - annotations: &n { t: x }\n  - annotations: *n\n',
      index: 1,
      members: { annotations: { t: 'z' } },
      after: 'enrollments:\n  - annotations: &n { t: x }\n  - annotations: { t: z }\n',
    },
    {
      layout: 'a quote in single quotes, and text that only double quotes can hold',
      before: "enrollments:\n  - user: 'a'\n    label: 'b'\n",
      members: { user: "o'neill", label: 'x\u200by' },
      after: "enrollments:\n  - user: 'o''neill'\n    label: \"x\\u200by\"\n",
    },
    {
      layout: 'an inner mapping whose last name is a number',
      before: 'enrollments:\n  - user: a\n    annotations:\n      t: x\n      "1": y\n',
      members: { enabled: false },
      after: 'enrollments:\n  - user: a\n    annotations:\n      t: x\n      "1": y\n    enabled: false\n',
    },
    {
      layout: 'an entry that is no mapping, which stays as it is',
      before: 'enrollments:\n  - a\n',
      members: { enabled: false },
      after: 'enrollments:\n  - a\n',
    },
  ])('keeps everything else: $layout', async ({ before, members, after, index }) => {
    const text = await textOf(before, change(members, index));
    expect(text).toBe(after);
    expect(await textOf(text, change(members, index))).toBe(after);
  });

  it('has a member renamed as it is written, in quotes or bare', async () => {
    const renaming = { from: 'lifetime', to: 'expiry', value: 'x' };
    const renamed = new Map([0, 1].map((index) => [index, renaming]));
    const text = 'enrollments:\n  - lifetime: 1d\n  - "lifetime": 1d\n';
    expect(await textOf(text, { renamed })).toBe('enrollments:\n  - expiry: x\n  - "expiry": x\n');
  });

  it('is refused where others use its anchor', async () => {
    const text = 'enrollments:\n  - annotations: &n { t: x }\n  - annotations: *n\n';
    expect(await edit(text, change({ annotations: { t: 'z' } }))).toEqual({
      state: 'refused',
      at: ['enrollments', 0],
    });
  });

  it('is refused where the file would no longer be read', async () => {
    const text = 'enrollments:\n  - ? user\n    : a\n';
    expect(await edit(text, change({ label: 'x' }))).toMatchObject({ state: 'refused' });
  });
});

describe('an entry that is added to the text of its file', () => {
  const added = [{ user: 'new', annotations: { t: '#' } }];
  it.each([
    [
      'enrollments:\n  - user: a # x\n# end\n',
      'enrollments:\n  - user: a # x\n  - user: new\n    annotations: { t: "#" }\n# end\n',
    ],
    ['enrollments:\n- { user: a }\n', 'enrollments:\n- { user: a }\n- { user: new, annotations: { t: "#" } }\n'],
    ['enrollments: []\n# end\n', 'enrollments:\n  - { user: new, annotations: { t: "#" } }\n# end\n'],
    ['version: 1\n', 'version: 1\nenrollments:\n  - { user: new, annotations: { t: "#" } }\n'],
    ['{"enrollments":[]}', '{"enrollments":[{ "user": "new", "annotations": { "t": "#" } }]}'],
    [
      '{"enrollments":[{"user":"a"}]}',
      '{"enrollments":[{"user":"a"}, { "user": "new", "annotations": { "t": "#" } }]}',
    ],
    [
      'enrollments: [\n  { user: a }\n]\n',
      'enrollments: [\n  { user: a },\n  { user: new, annotations: { t: "#" } }\n]\n',
    ],
    [
      'enrollments:\n  -\n    user: a\n',
      'enrollments:\n  -\n    user: a\n  - user: new\n    annotations: { t: "#" }\n',
    ],
    ['enrollments:\n- # x\n  user: a\n', 'enrollments:\n- # x\n  user: a\n- user: new\n  annotations: { t: "#" }\n'],
    [
      'enrollments:\n  # y\n\n  - # x\n    # - z\n\n    user: a\n',
      'enrollments:\n  # y\n\n  - # x\n    # - z\n\n    user: a\n  - user: new\n    annotations: { t: "#" }\n',
    ],
    [
      'enrollments:\n    -   &a\n        user: a\n',
      'enrollments:\n    -   &a\n        user: a\n    - user: new\n      annotations: { t: "#" }\n',
    ],
  ])('is written as the last one is: %j', async (before, after) => {
    expect(await textOf(before, { added })).toBe(after);
  });

  it('is refused where the list has an anchor', async () => {
    const text = 'enrollments: &l\n  - user: a\nprotect: *l\n';
    expect(await edit(text, { added })).toEqual({ state: 'refused', at: ['enrollments'] });
  });
});

const layouts = ['block', 'below a comment', 'below a dash', 'flow'] as const;
type Layout = (typeof layouts)[number];

describe('any file and any change', () => {
  const word = fc.oneof(
    fc.constantFrom('null', '1e3', 'no', 'a: b', '# c', '"', "'", 'üß', '~', '-', '', 'x,y', '{', '2001-01-01', '0x1'),
    fc.string({ unit: 'binary', maxLength: 6 }).filter((text) => !/[\ud800-\udfff]/.test(text)),
  );
  const inner = fc.dictionary(fc.constantFrom('t', 'u', 'v'), word, { noNullPrototype: true });
  const members: fc.Arbitrary<Members> = fc.record(
    { user: word, label: word, enabled: fc.boolean(), annotations: inner, replaceOn: fc.array(word, { maxLength: 2 }) },
    { requiredKeys: ['user'], noNullPrototype: true },
  );
  const block = (value: Value, indent: string): string => {
    if (typeof value !== 'object' || Array.isArray(value) || Object.keys(value).length === 0)
      return ` ${JSON.stringify(value)} # c`;
    return Object.entries(value)
      .map(([name, inside]) => `\n${indent}${name}:${block(inside ?? '', `${indent}  `)}`)
      .join('');
  };
  const written = (entry: Members, layout: Layout): string => {
    switch (layout) {
      case 'block':
        return block(entry, '    ').replace(/\n {4}/, '\n  - ');
      case 'below a comment':
        return `\n  - # c${block(entry, '    ')}`;
      case 'below a dash':
        return `\n  -\n    # c${block(entry, '    ')}`;
      case 'flow':
        return `\n  # c\n  - ${JSON.stringify(entry)} # d`;
    }
  };
  const file = fc.array(fc.tuple(members, fc.constantFrom(...layouts)), { minLength: 1, maxLength: 4 }).map((list) => ({
    text: `version: 1 # v\nenrollments:${list.map(([entry, layout]) => written(entry, layout)).join('')}\n# end\n`,
    entries: list.map(([entry]) => ({ ...entry })),
  }));

  it('gives a text that stands for what is wanted, and keeps every line that is not changed', async () => {
    const edits = fc.record({ index: fc.nat(3), members, added: fc.array(members, { maxLength: 2 }) });
    await fc.assert(
      fc.asyncProperty(file, edits, async ({ text, entries }, { index, members: wanted, added }) => {
        expect(await valueOf(text)).toEqual({ version: 1, enrollments: entries });
        const at = index % entries.length;
        const now = await textOf(text, { changed: new Map([[at, wanted]]), added });
        const expected = entries.map((entry, each) => (each === at ? merged(entry, wanted) : entry));
        expect(await valueOf(now)).toEqual({ version: 1, enrollments: [...expected, ...added] });
        expect(await textOf(now, { changed: new Map([[at, wanted]]) })).toBe(now);
        const others = (await textOf(text, { added })).split('\n');
        for (const line of text.split('\n')) expect(others).toContain(line);
      }),
    );
  });
});
