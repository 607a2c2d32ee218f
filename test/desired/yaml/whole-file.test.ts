import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../src/model/instant.ts';
import { loadFiles, presentOf, absentOf, stateOf } from '../../support/desired/load-files.ts';

const whole = `# yaml-language-server: $schema=../schemas/enrollments.schema.json
version: 1
tenant:
  url: https://acme.us.trustedauth.com
  concurrency: 8
  requestsPerSecond: 10
scope:
  users: group
  group: Employees
  onRemove: disable
unmatched: keep
budgets: { delete: 5, disable: "10%", shorten: 7, email: 100, update: "50%" }
shortenHorizon: 60d
protect: [CEO@example.com, "uuid:5D0C", "externalId:E-1"]
defaults: { flow: mobile, activation: { email: true } }
enrollments:
  - user: Alice@example.com
  - user: bob
    flow: web
    applicantId: 6f1c2b7e
    workflowRunId: 0b9d
    lifetime: 365d
    replaceOn: [FAILED, EXPIRED]
  - uuid: 5d0c7c1e
    flow: token
    customerUserId: c-1007
    token: { env: FACE_TOKEN_CAROL }
    enabled: false
    expiry: 2027-06-30T00:00:00Z
    serialNumber: 19196-24946
  - externalId: E-7
    flow: token
    customerUserId: c-1008
    token: { file: tokens/carol.b64 }
    label: spare
  - user: dave
    state: absent
    annotations: { ticket: HR-4711 }
  - user: erin
    state: absent
    flow: web
  - user: frank
    state: absent
    serialNumber: 1-2
`;
const load = () =>
  loadFiles(
    { 'enroll/a.yaml': whole, 'enroll/tokens/carol.b64': 'QUJD\n' },
    {
      secrets: 'check',
      environment: { FACE_TOKEN_CAROL: 'QUJD' },
    },
  );

describe('a file with everything in it', () => {
  it('says nothing, and counts its entries', async () => {
    const { diagnostics, files, entries } = await load();
    expect({ diagnostics, files, entries }).toEqual({ diagnostics: [], files: 1, entries: 7 });
  });

  it('gives each entry the key it is known by', async () => {
    expect(stateOf(await load()).enrollments.map(({ key }) => key)).toEqual([
      'alice@example.com/mobile',
      'bob/web',
      'uuid:5d0c7c1e/token',
      'externalId:E-7/token/spare',
      'dave',
      'erin/web',
      'frank/1-2',
    ]);
  });

  it('gives each present entry the face it asks for', async () => {
    expect(presentOf(await load()).map(({ face }) => face)).toEqual([
      { flow: 'mobile', expiry: { rule: 'tenant' }, activation: { email: true, qrCode: false } },
      {
        flow: 'web',
        expiry: { rule: 'lifetime', seconds: 365 * 86_400 },
        applicantId: '6f1c2b7e',
        workflowRunId: '0b9d',
      },
      {
        flow: 'token',
        expiry: { rule: 'at', instant: parseInstant('2027-06-30T00:00:00Z') },
        customerUserId: 'c-1007',
        token: { from: 'env', name: 'FACE_TOKEN_CAROL' },
      },
      {
        flow: 'token',
        expiry: { rule: 'tenant' },
        customerUserId: 'c-1008',
        token: { from: 'file', path: 'enroll/tokens/carol.b64', namedBy: 'enroll/a.yaml' },
      },
    ]);
  });

  it('keeps who is meant, and what is asked beside the face', async () => {
    const [alice, bob, carol, spare] = presentOf(await load());
    expect(alice).toMatchObject({
      user: { by: 'login', value: 'Alice@example.com', key: 'alice@example.com' },
      enabled: true,
      replaceOn: new Set(),
      annotations: {},
    });
    expect(bob?.replaceOn).toEqual(new Set(['FAILED', 'EXPIRED']));
    expect(carol).toMatchObject({ user: { by: 'uuid' }, enabled: false, serialNumber: '19196-24946' });
    expect(spare).toMatchObject({ user: { by: 'externalId', value: 'E-7' }, label: 'spare' });
  });

  it('lets an absent entry mean all faces, those of a flow, or one', async () => {
    const [dave, erin, frank] = absentOf(await load());
    expect(dave).toMatchObject({ annotations: { ticket: 'HR-4711' } });
    expect(dave?.flow).toBeUndefined();
    expect(erin).toMatchObject({ flow: 'web' });
    expect(frank).toMatchObject({ serialNumber: '1-2' });
  });

  it('keeps what holds for all entries', async () => {
    const { tenant, scope, unmatched, budgets, shortenHorizonSeconds, protect, inputs } = stateOf(await load());
    expect(tenant).toEqual({ url: 'https://acme.us.trustedauth.com', concurrency: 8, requestsPerSecond: 10 });
    expect(scope).toMatchObject({ users: 'group', group: 'Employees', onRemove: 'disable' });
    expect(scope).toMatchObject({ range: { filename: 'enroll/a.yaml', start: { line: 8, column: 3 } } });
    expect(unmatched).toBe('keep');
    expect(budgets).toEqual({
      delete: { unit: 'count', value: 5 },
      disable: { unit: 'share', value: 0.1 },
      shorten: { unit: 'count', value: 7 },
      email: { unit: 'count', value: 100 },
      update: { unit: 'share', value: 0.5 },
    });
    expect(shortenHorizonSeconds).toBe(60 * 86_400);
    expect(new Set(protect.keys())).toEqual(new Set(['ceo@example.com', 'uuid:5D0C', 'externalId:E-1']));
    expect(inputs).toEqual([{ file: 'enroll/a.yaml', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  });
});

describe('a file with its version alone', () => {
  it('asks for nothing, with the defaults for all the rest', async () => {
    const { inputs, ...state } = stateOf(await loadFiles({ 'a.json': '{ "version": 1 }' }));
    expect(inputs).toHaveLength(1);
    expect(state).toEqual({
      filesSkipped: 0,
      tenant: {},
      scope: { users: 'listed' },
      unmatched: 'keep',
      missingUsers: 'error',
      budgets: {
        delete: { unit: 'count', value: 5 },
        disable: { unit: 'count', value: 20 },
        shorten: { unit: 'count', value: 20 },
        email: { unit: 'count', value: 100 },
        update: undefined,
      },
      shortenHorizonSeconds: 30 * 86_400,
      protect: new Map(),
      enrollments: [],
    });
  });
});
