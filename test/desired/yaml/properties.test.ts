import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { loadBytes, stateOf } from '../../support/desired/load-files.ts';

type Value = string | number | boolean | null | readonly Value[] | { readonly [member: string]: Value };

const valid: Value = {
  version: 1,
  tenant: { url: 'https://acme.example', concurrency: 8, requestsPerSecond: 10 },
  scope: { users: 'group', group: 'Angestellte – 日本', onRemove: 'disable' },
  unmatched: 'keep',
  budgets: { delete: 5, disable: '10%', email: 100 },
  protect: ['ceo@example.com', '😀'],
  defaults: {
    flow: 'mobile',
    enabled: true,
    replaceOn: ['FAILED'],
    activation: { email: true },
    annotations: { a: 'ä' },
  },
  enrollments: [
    { user: 'alice', lifetime: '3d', label: 'é', annotations: { ticket: 'HR-1', '0': 'x' } },
    { user: 'bob', flow: 'web', applicantId: 'a', workflowRunId: 'w', expiry: '2030-01-01T00:00:00Z' },
    {
      uuid: 'carol',
      flow: 'token',
      customerUserId: 'c',
      token: { env: 'FACE_TOKEN_A' },
      enabled: false,
      serialNumber: '1',
    },
    { externalId: 'dan', flow: 'token', customerUserId: 'd', token: { file: 't' }, state: 'present' },
    { user: 'erin', flow: 'mobile', activation: { email: true, qrCode: true }, replaceOn: ['FAILED', 'EXPIRED'] },
    { user: 'frank', state: 'absent', flow: 'web', serialNumber: '2' },
  ],
};

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
const isMembers = (value: Value): value is { readonly [member: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every copy of the value with one of its parts, at any depth, in favour of another. */
function mutants(value: Value, by: Value): readonly Value[] {
  if (isList(value)) {
    return value.flatMap((item, index) => [by, ...mutants(item, by)].map((other) => value.with(index, other)));
  }
  if (!isMembers(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    [by, ...mutants(inner, by)].map((other) => ({ ...value, [name]: other })),
  );
}

const written = fc.constantFrom(
  (value: Value) => stringify(value),
  (value: Value) => `\ufeff# Grüße\n${stringify(value, { collectionStyle: 'flow' })}`,
  (value: Value) => JSON.stringify(value),
  (value: Value) => JSON.stringify(value, null, 2).replaceAll('\n', '\r\n'),
);

/** The same value with the members of every mapping in another order. */
function reordered(value: Value, order: (names: readonly string[]) => readonly string[]): Value {
  if (isList(value)) return value.map((item) => reordered(item, order));
  if (!isMembers(value)) return value;
  return Object.fromEntries(order(Object.keys(value)).map((name) => [name, reordered(value[name] ?? null, order)]));
}

async function enrollmentsOf(text: string) {
  const { enrollments } = stateOf(await loadBytes(text));
  return enrollments.map(({ range: _, ...rest }) => rest).toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

describe('a valid file with one value that is never allowed', () => {
  const wrong = -77.5;
  const all = mutants(valid, wrong);

  it('gets one complaint, whose range is that value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...all), written, async (mutant, write) => {
        const text = write(mutant);
        const byte = Buffer.byteLength(text.slice(0, text.indexOf('-77.5')));
        const { diagnostics } = await loadBytes(text);
        expect(diagnostics.map(({ range }) => [range?.start.byte, range?.end.byte])).toEqual([[byte, byte + 5]]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the order of entries and members', () => {
  it('changes nothing but places', async () => {
    const expected = await enrollmentsOf(stringify(valid));
    const entries = isMembers(valid) && isList(valid['enrollments'] ?? null) ? valid['enrollments'] : [];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...(Array.isArray(entries) ? entries : [])], { minLength: 6, maxLength: 6 }),
        fc.func(fc.nat()),
        written,
        async (shuffled, rank, write) => {
          const order = (names: readonly string[]) => names.toSorted((a, b) => rank(a) - rank(b));
          expect(await enrollmentsOf(write(reordered({ ...valid, enrollments: shuffled }, order)))).toEqual(expected);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('whatever the bytes', () => {
  const pieces = [
    '[',
    ']',
    '{',
    '}',
    ':',
    ' ',
    '\n',
    '\n  ',
    '- ',
    '&a ',
    '*a',
    '!',
    '!!set',
    '|',
    '>',
    '#',
    '%',
    '? ',
  ];
  const words = [
    'token',
    'user',
    '"',
    "'",
    'version: 1\n',
    'enrollments:\n',
    '~',
    '\t',
    'é',
    '\0',
    '<<',
    ',',
    '---\n',
    '\r',
  ];
  const yamlLike = fc.array(fc.constantFrom(...pieces, ...words), { maxLength: 40 }).map((parts) => parts.join(''));

  it.each([
    ['bytes', fc.uint8Array({ maxLength: 200 })],
    ['text', fc.string({ unit: 'binary', maxLength: 200 })],
    ['what looks like YAML', yamlLike],
    ['JSON', fc.json()],
    ['JSON where the entries stand', fc.json().map((json) => `{"version": 1, "enrollments": [${json}]}`)],
  ])('there is a state, or an error, and never an exception: %s', async (_, arbitrary) => {
    await fc.assert(
      fc.asyncProperty(arbitrary, async (content) => {
        const { state, diagnostics } = await loadBytes(content);
        expect(state === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
      }),
      { numRuns: 300 },
    );
  });
});
