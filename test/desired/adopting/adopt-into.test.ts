import { expect, it } from 'vitest';
import { adoptInto, type Adopted } from '../../../src/desired/adopting/adopt-into.ts';
import { SourceFile } from '../../../src/desired/source/source-file.ts';
import type { AdoptedFace, Patch } from '../../../src/model/shown/adoption.ts';
import { now } from '../../support/engine/world.ts';

const face: AdoptedFace = {
  user: { by: 'uuid', value: 'id-1', key: 'uuid:id-1' },
  flow: 'mobile',
  label: 'S',
  serialNumber: 'S',
  enabled: true,
};

function into(text: string, patch: Patch, added: readonly AdoptedFace[], environment?: string): Promise<Adopted> {
  const start = Math.max(0, text.indexOf('{ user'));
  return adoptInto({
    source: new SourceFile('u.yaml', Buffer.from(text), text),
    patches: new Map([[start, patch]]),
    added,
    environment,
  });
}

const codes = ({ written, diagnostics }: Adopted): readonly unknown[] => [
  written?.text,
  ...diagnostics.map(({ code, range }) => `${code} ${range?.start.line}`),
];

it('leaves alone what other environments share, and tells the place', async () => {
  const entry = (rest: string): string => `enrollments:\n  - { user: amy, flow: mobile${rest} }\n`;
  const off = { enabled: false };
  const refused = [undefined, 'CANNOT_BE_EDITED 2'];
  expect(codes(await into(entry(''), off, [], 'a'))).toEqual(refused);
  expect(codes(await into(entry(', in: [a, b]'), off, [], 'a'))).toEqual(refused);
  expect(codes(await into(entry(', in: [a], enabled: { a: true }'), off, [], 'a'))).toEqual(refused);
  expect(codes(await into(entry(', in: [a], lifetime: { a: 30d }'), { expiry: now }, [], 'a'))).toEqual(refused);
  const defaults = `defaults: { enabled: { a: true } }\n${entry(', in: [a]')}`;
  expect(codes(await into(defaults, off, [], 'a'))).toEqual([undefined, 'CANNOT_BE_EDITED 1']);
  expect((await into(entry(', in: [a]'), off, [], 'a')).written?.text).toBe(entry(', in: [a], enabled: false'));
});

it('sets an expiry in place of a lifetime in the quotes of JSON, or beside a default one', async () => {
  const json = '{"enrollments": [\n{ "user": "amy", "lifetime": "30d" }]}';
  const quoted = await adoptInto({
    source: new SourceFile('u.json', Buffer.from(json), json),
    patches: new Map([[json.indexOf('{ "user'), { expiry: now }]]),
    added: [],
    environment: undefined,
  });
  expect(quoted.written?.text).toBe(json.replace('"lifetime": "30d"', '"expiry": "2026-01-01T00:00:00Z"'));
  const text = 'defaults: { lifetime: 9d }\nenrollments:\n  - { user: amy, flow: mobile }\n';
  expect((await into(text, { expiry: now }, [])).written?.text).toBe(
    text.replace('mobile }', 'mobile, expiry: "2026-01-01T00:00:00Z" }'),
  );
});

it('writes into a new entry what the defaults would say otherwise', async () => {
  const text =
    'defaults: { flow: mobile, enabled: false, replaceOn: [FAILED], expiry: "2030-01-01T00:00:00Z" }\nenrollments: []\n';
  const { written } = await into(text, {}, [{ ...face, expiry: now }], 'a');
  expect(written?.text).toContain(
    '- { uuid: id-1, label: S, serialNumber: S, enabled: true, expiry: "2026-01-01T00:00:00Z", replaceOn: [], in: [a] }',
  );
});

it('says what is wrong with a file that cannot be parsed', async () => {
  expect(codes(await into('[', {}, []))).toEqual([undefined, 'YAML_SYNTAX 1']);
  expect(codes(await into('version: 1\n', {}, []))[0]).toBe('version: 1\n');
});
