import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FaceApi } from '../../src/face-api.ts';
import { readingChoices, seedUsers, startSandbox, type Readings } from '../../src/sandbox/index.ts';
import { callerTo } from '../sandbox/caller.ts';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly request: string | null;
  readonly response: string | null;
  readonly statuses: readonly number[];
}

interface Contract {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly $defs: Readonly<Record<string, object>>;
}

interface Called {
  readonly method: string;
  readonly path: string;
}

async function readContract(): Promise<Contract> {
  const contract: Contract = JSON.parse(
    await readFile(new URL('../../schemas/face-api.json', import.meta.url), 'utf8'),
  );
  return contract;
}

/** What is wrong with a body by the published contract; explicit nulls stand for missing properties. */
function checker({ $defs }: Contract): (schema: string | null, body: unknown) => string {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const closed = Object.entries($defs).map(([name, schema]) => [name, { ...schema, additionalProperties: false }]);
  ajv.addSchema({ $id: 'contract', $defs: Object.fromEntries(closed) });
  return (name, body) => {
    if (name === null) return body === undefined ? '' : 'there is a body';
    const ref = { $ref: `contract#/$defs/${name.replace('[]', '')}` };
    const check = ajv.compile(name.endsWith('[]') ? { type: 'array', items: ref } : ref);
    return check(withoutNulls(body)) ? '' : ajv.errorsText(check.errors);
  };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== null)
      .map(([name, each]) => [name, withoutNulls(each)]),
  );
}

const readings: readonly Partial<Readings>[] = Object.entries(readingChoices).flatMap(([name, choices]) =>
  choices.map((choice): Partial<Readings> => ({ [name]: choice })),
);

describe('every request and every answer of the seven operations', () => {
  it.each(readings.map((reading) => [JSON.stringify(reading), reading] as const))(
    'fits the published contract under the reading %s',
    async (_, reading) => {
      const contract = await readContract();
      const problemOf = checker(contract);
      const sandbox = await startSandbox({ seed: seedUsers(1), readings: reading });
      const api = new FaceApi({ ...accessOf(sandbox), requestsPerSecond: 1000 });
      onTestFinished(async () => {
        await api.close();
        await sandbox.close();
      });
      const sent: (readonly [Called, unknown])[] = [];
      sandbox.tenant.onRequest((call, body) => sent.push([call, body]));
      const user = sandbox.tenant.users()[0]?.id ?? '';
      await useAll(api, user);
      const raw = await callerTo(sandbox);
      const used = new Set<string>();
      for (const [call, body] of sent) {
        const found = operationOf(call, contract);
        if (found === undefined) continue;
        used.add(found[0]);
        expect([found[0], problemOf(found[1].request, body)]).toEqual([found[0], '']);
      }
      expect([...used].toSorted()).toEqual(Object.keys(contract.operations).toSorted());
      for (const [name, operation] of Object.entries(contract.operations)) {
        const path = operation.path.replace(/\{\w+\}/, name.includes('delete') ? 'x' : user);
        const reply = await raw.call(operation.method, path, bodies[operation.request ?? '']);
        expect(operation.statuses).toContain(reply.status);
        if (name.startsWith('create')) expect(reply.status).toBe(200);
        const expected = reply.status === 200 ? operation.response : 'ErrorInfo';
        expect([name, problemOf(expected, reply.body === '' ? undefined : reply.body)]).toEqual([name, '']);
      }
    },
  );
});

/** Bodies that the tenant accepts, or refuses, as the face of the second does not exist. */
const bodies: Readonly<Record<string, object>> = {
  FaceCreateParms: { applicantId: 'a-2' },
  FaceUpdateParms: { id: 'none', status: 'ACTIVE' },
};

function accessOf({ url, applicationId, sharedSecret }: { url: string; applicationId: string; sharedSecret: string }) {
  return { tenant: url, applicationId, sharedSecret };
}

async function useAll(api: FaceApi, user: string): Promise<void> {
  const mobile = await api.createFaceAuthenticator(user, { deliverActivationEmail: true, returnQRCode: true });
  await api.sendFaceActivationEmail(mobile.id);
  const web = await api.createFace(user, { applicantId: 'a', workflowRunId: 'w' });
  const token = { customerUserId: 'c', encryptedBiometricToken: 'YQ==' };
  await api.createFaceAuthenticator(user, { encryptedBiometricToken: token });
  await api.updateFace(user, { id: web.id, status: 'DISABLED', expiry: new Date('2035-01-01T00:00:00Z') });
  expect(await api.getUserFaceSettings(user)).toEqual({ lifetime: 180 });
  expect(await api.getFaces(user)).toHaveLength(3);
  await api.deleteFace(mobile.id);
}

function operationOf(call: Called, { operations }: Contract): readonly [string, Operation] | undefined {
  return Object.entries(operations).find(([, { method, path }]) => {
    const pattern = new RegExp(`^${path.replace(/\{\w+\}/, '[^/]+')}$`);
    return method === call.method && pattern.test(call.path);
  });
}
