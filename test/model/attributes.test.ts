import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { attributes } from '../../src/model/attributes.ts';
import type { Face } from '../../src/model/face.ts';
import { decodeFace } from '../../src/provider/faces/decode-face.ts';
import { faceOf } from '../../src/provider/faces/faces.ts';

interface Property {
  readonly type?: 'string' | 'boolean';
  readonly format?: 'date-time';
  readonly 'x-secret'?: true;
}

type Properties = Readonly<Record<string, Property>>;

/** Where the file and the plan have another word, or one word for several properties. */
const ourNames: Readonly<Record<string, string>> = {
  deliverActivationEmail: 'activation',
  returnQRCode: 'activation',
  encryptedBiometricToken: 'token',
};

async function readContract(): Promise<(name: string) => Properties> {
  const text = await readFile(new URL('../../schemas/face-api.json', import.meta.url), 'utf8');
  const { $defs }: { readonly $defs: Readonly<Record<string, { readonly properties: Properties }>> } = JSON.parse(text);
  return (name) => {
    const found = $defs[name];
    if (found === undefined) throw new Error(`the contract has no ${name}`);
    return found.properties;
  };
}

async function documented() {
  const propertiesOf = await readContract();
  const { encryptedBiometricToken: _, ...flat } = propertiesOf('FaceCreateParms');
  const created = { ...flat, ...propertiesOf('FaceEncryptedToken') };
  const { id: __, ...updated } = propertiesOf('FaceUpdateParms');
  const { lastUsed: ___, ...listed } = propertiesOf('FaceAuthenticator');
  const shown = { ...listed, ...propertiesOf('FaceCreateResponse') };
  const all = { ...created, ...updated, ...shown };
  const kindOf = (name: string): string => {
    if (name in updated) return 'updatable';
    if (name in created) return name in shown ? 'immutable' : 'write-only';
    return 'computed';
  };
  const rows = Object.entries(all).map(
    ([name, property]) =>
      [
        ourNames[name] ?? name,
        { kind: kindOf(name), visibility: property['x-secret'] === true ? 'sensitive' : 'public' },
      ] as const,
  );
  return Object.fromEntries(rows);
}

describe('the attribute table', () => {
  it('has each attribute as the vendor documents it: what a create sends, an update sends, and the tenant answers', async () => {
    const table = Object.entries(attributes).map(([name, { kind, visibility }]) => [name, { kind, visibility }]);
    // The contract knows a flow only by which properties a create sends, and no update sends any of them.
    expect(Object.fromEntries(table)).toEqual({
      ...(await documented()),
      flow: { kind: 'immutable', visibility: 'public' },
    });
  });
});

describe('a face that the tenant answers', () => {
  it('keeps every property that the vendor documents; all but lastUsed are the model', async () => {
    const propertiesOf = await readContract();
    const value = ({ type, format }: Property): unknown =>
      type === 'boolean' ? true : format === 'date-time' ? '2026-03-02T10:00:00.000Z' : 'text';
    const sent = Object.fromEntries(
      Object.entries(propertiesOf('FaceAuthenticator')).map(([name, property]) => [name, value(property)]),
    );
    const answered = decodeFace(sent);
    expect(JSON.parse(JSON.stringify(answered))).toEqual(sent);

    const { lastUsed: _, ...known } = sent;
    const names: { readonly [K in keyof Face]-?: true } = {
      id: true,
      serialNumber: true,
      status: true,
      applicantId: true,
      created: true,
      expiry: true,
      mobile: true,
      platform: true,
    };
    expect(Object.keys(faceOf(answered)).toSorted()).toEqual(Object.keys(known).toSorted());
    expect(Object.keys(names).toSorted()).toEqual(Object.keys(known).toSorted());
  });
});
