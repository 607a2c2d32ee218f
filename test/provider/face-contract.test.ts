import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { decodeCreated, decodeFaces, decodeUserFaceSettings } from '../../src/provider/faces/decode-face.ts';
import { decodeUsersPage } from '../../src/provider/decode.ts';
import { operations } from '../../src/provider/operations.ts';

interface Contract {
  readonly operations: Readonly<
    Record<string, { readonly method: string; readonly path: string; readonly permission: string }>
  >;
}

async function readContract(): Promise<Contract> {
  const text = await readFile(new URL('../../schemas/face-api.json', import.meta.url), 'utf8');
  const contract: Contract = JSON.parse(text);
  return contract;
}

describe('the face operations', () => {
  it('are the seven of the published contract: method, path and permission', async () => {
    const contract = await readContract();
    const known = Object.entries(operations)
      .filter(([, { path }]) => /\/face(?:s|\/|$)/.test(path))
      .map(([name, { method, path, permission }]: [string, { method: string; path: string; permission?: string }]) => [
        name,
        { method, path, permission },
      ]);
    const published = Object.entries(contract.operations).map(([name, { method, path, permission }]) => [
      name,
      { method, path: path.replace(/\{\w+\}/, '{id}'), permission },
    ]);
    expect(known.toSorted()).toEqual(published.toSorted());
    expect(published).toHaveLength(7);
  });
});

describe('an answer that does not fit', () => {
  const face = { id: 'f1', status: 'ACTIVE' };

  it.each<[string, () => unknown]>([
    ['it is not an array', () => decodeFaces({})],
    ['[1] is not an object', () => decodeFaces([face, 'x'])],
    ['[0].status is missing', () => decodeFaces([{ id: 'f1' }])],
    ['[0].mobile is neither true nor false', () => decodeFaces([{ ...face, mobile: 'yes' }])],
    [
      '[2].expiry is not a date-time with a time zone',
      () => decodeFaces([face, face, { ...face, expiry: '2030-01-01T00:00:00' }]),
    ],
    ['activationUrl is not a text', () => decodeCreated({ ...face, activationUrl: 7 })],
    ['lifetime is missing', () => decodeUserFaceSettings({ lifetime: null })],
    ['lifetime is not a whole number', () => decodeUserFaceSettings({ lifetime: 1.5 })],
    ['results is not an array', () => decodeUsersPage({ results: {} })],
    ['results[1].userId is missing', () => decodeUsersPage({ results: [{ id: '1', userId: 'a' }, { id: '2' }] })],
    ['results[0].groups[0].id is not a text', () => decodeUsersPage({ results: [{ groups: [{ id: 4 }] }] })],
  ])('is named by the path of what does not: %s', (message, decode) => {
    expect(decode).toThrow(message);
  });
});
