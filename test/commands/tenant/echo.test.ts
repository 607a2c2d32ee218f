import { describe, expect, it, onTestFinished } from 'vitest';
import {
  authenticateCall,
  scriptedTenant,
  token,
  type Reply,
  type Script,
} from '../../support/provider/scripted-tenant.ts';
import { doctor } from '../../support/commands/doctor-run.ts';
import { openWorkspace, tokenCanary, type Workspace } from '../../support/commands/workspace.ts';

/** Good for a header, a host name and an error code. */
const authToken = 'CANARY-0123456789-oF-tHe-ApI';
const sharedSecret = 'CANARY.of.the.application.s3cr3t';
const activationUrl = 'https://activation.acme.example/#/CANARY/0b9d4f6a-8c21-4e57-a3d9-71f5e2c8b604';
const secrets = [authToken, sharedSecret, activationUrl].flatMap((secret) => [secret, secret.toLowerCase()]);

const user = { id: 'u1', userId: 'alice', userAliases: [], groups: [] };
const facesCall = 'GET /api/web/v1/users/u1/faces';
const createCall = 'POST /api/web/v2/users/u1/face';
const face = { id: 'f1', status: 'ACTIVE', created: '2026-01-01T00:00:00Z', mobile: true };

/** A tenant with one user, and a workspace that looks for secrets in all that is printed and written. */
async function against(script: Script, flow = 'flow: mobile'): Promise<Workspace> {
  const tenant = await scriptedTenant({
    [authenticateCall]: [token(authToken)],
    'POST /api/web/v3/users/userid': [{ json: user }],
    'POST /api/web/v4/userspaged': [{ json: { results: [user] } }],
    'GET /api/web/v1/settings/general': [{ json: { maxFacesPerUser: 5 } }],
    [facesCall]: [{ json: [] }],
    ...script,
  });
  onTestFinished(() => tenant.close());
  return openWorkspace({
    files: { 'faces.yaml': `version: 1\nenrollments: [{ user: alice, ${flow} }]\n` },
    environment: {
      FACEFORM_TENANT_URL: tenant.url,
      FACEFORM_APPLICATION_ID: 'app',
      FACEFORM_SHARED_SECRET: sharedSecret,
      FACE_TOKEN_TEST: tokenCanary,
    },
    secrets: () => secrets,
  });
}

const forms: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  'in small letters': (secret) => secret.toLowerCase(),
  'in Base64': (secret) => Buffer.from(secret).toString('base64'),
  'in Base64url within a text': (secret) => Buffer.from(`{"a":"${secret}"}`).toString('base64url'),
  'in a URL': (secret) => encodeURIComponent(secret),
};

const refusals: Readonly<Record<string, (secret: string) => Reply>> = {
  message: (secret) => ({ status: 403, json: { errorCode: 'no', errorMessage: `you sent Bearer ${secret}` } }),
  'other message': (secret) => ({ status: 400, json: { code: 'no', message: `{"auth":"${secret}"}` } }),
  'error code': (secret) => ({ status: 403, json: { errorCode: secret, errorMessage: 'no' } }),
  'page of a gateway': (secret) => ({ status: 502, text: `<html>${secret}</html>` }),
  'target of a redirect': (secret) => ({ status: 302, headers: { location: `https://${secret}.example/x` } }),
  'target of a redirect, escaped': (secret) => ({
    status: 302,
    headers: { location: `https://%43${secret.slice(1)}.example/x` },
  }),
  'wait that it asks for': (secret) => ({ status: 429, json: {}, headers: { 'retry-after': secret } }),
};

const printing: readonly (readonly string[])[] = [
  ['plan', 'faces.yaml', '--out', 'plan.json', '--debug'],
  ['plan', 'faces.yaml', '--format', 'json'],
  ['plan', 'faces.yaml', '--format', 'markdown'],
  ['plan', 'faces.yaml', '--format', 'html'],
  ['status', 'faces.yaml'],
  ['status', 'faces.yaml', '--format', 'json'],
  ['export', '--every-user'],
  ['resend', '--user', 'alice', '--auto-approve', '--allow-incomplete'],
  ['doctor', 'faces.yaml'],
];

describe.each(Object.entries(refusals))('a tenant that echoes the token as %s', (_, reply) => {
  it.each(Object.entries(forms))('%s shows it nowhere', async (_, form) => {
    for (const secret of [authToken, sharedSecret]) {
      const { run } = await against({ [facesCall]: [reply(form(secret))] });
      for (const command of printing) await run(command);
    }
  });
});

describe('a refusal that repeats no secret', () => {
  it('is shown with its code', async () => {
    const { run } = await against({
      [facesCall]: [{ status: 403, json: { errorCode: 'no', errorMessage: 'closed' } }],
    });
    const { stdout, stderr } = await run(['plan', 'faces.yaml']);
    expect(stdout + stderr).toContain('403 no: closed');
  });

  it('is told to be hidden where it does', async () => {
    const { run } = await against({
      [facesCall]: [{ status: 403, json: { errorCode: 'no', errorMessage: authToken } }],
    });
    const { stdout, stderr } = await run(['plan', 'faces.yaml']);
    expect(stdout + stderr).toContain('its reason is not shown, as it repeats a secret');
  });
});

describe('an answer that holds the token where the value should be', () => {
  const values: Readonly<Record<string, Script>> = {
    'serial number of a face': { [facesCall]: [{ json: [{ ...face, serialNumber: authToken }] }] },
    'status of a face': { [facesCall]: [{ json: [{ ...face, status: authToken }] }] },
    'id of a face': { [facesCall]: [{ json: [{ ...face, id: authToken.toLowerCase() }] }] },
    'platform of a face': { [facesCall]: [{ json: [{ ...face, platform: sharedSecret }] }] },
    'status of a face, in escapes': {
      [facesCall]: [{ text: `[{"id":"f1","status":"\\u0043${authToken.slice(1)}"}]` }],
    },
    login: {
      'POST /api/web/v3/users/userid': [{ json: { ...user, userId: `x-${authToken}` } }],
      'POST /api/web/v4/userspaged': [{ json: { results: [{ ...user, userId: authToken }] } }],
    },
  };
  it.each(Object.entries(values))('as %s is refused', async (_, script) => {
    const { run } = await against(script);
    for (const command of printing) {
      const { code } = await run(command);
      expect([1, 6]).toContain(code);
    }
    expect((await run(['plan', 'faces.yaml'])).stdout).toContain('it repeats a secret');
  });

  it('in a property that nobody reads is a good one', async () => {
    const { run } = await against({ [facesCall]: [{ json: [{ ...face, comment: authToken }] }] });
    expect(await run(['plan', 'faces.yaml'])).toMatchObject({ code: 0 });
  });
});

describe('a tenant that tells of a rate limit', () => {
  it('shows no secret in the headers, not even one that comes with them', async () => {
    const headers = { 'x-ratelimit-for': `Bearer ${authToken}`, [`x-ratelimit-${sharedSecret}`]: '1', ratelimit: '7' };
    const first = token(authToken);
    const workspace = await against({
      [authenticateCall]: [typeof first === 'string' ? first : { ...first, headers }],
      [facesCall]: [{ json: [], headers }],
    });
    const told = await doctor(workspace);
    expect(told.check('limits').found).toContain('ratelimit: 7');
  });
});

describe('an apply whose answers echo secrets', () => {
  const told = ['--format', 'ndjson', '--journal', 'journal.jsonl', '--debug', '--auto-approve', '--no-verify'];
  const tokenFlow = 'flow: token, customerUserId: c, token: { env: FACE_TOKEN_TEST }';

  it.each(Object.entries(refusals))('shows no biometric token: %s', async (_, reply) => {
    const { run } = await against(
      { [createCall]: ({ body }) => reply(/"encryptedBiometricToken":"([^"]*)"/.exec(body)?.[1] ?? '') },
      tokenFlow,
    );
    expect((await run(['apply', 'faces.yaml', ...told])).code).toBe(3);
    expect((await run(['apply', 'faces.yaml', '--auto-approve'])).code).toBe(3);
  });

  it('shows no biometric token that comes back later', async () => {
    const { run } = await against(
      {
        [createCall]: [{ json: face }],
        [facesCall]: [{ json: [] }, { json: [] }, { status: 403, json: { errorMessage: `no ${tokenCanary}` } }],
      },
      tokenFlow,
    );
    const { code, stdout } = await run(['apply', 'faces.yaml', '--auto-approve']);
    expect(code).toBe(3);
    expect(stdout).toContain('repeats a secret');
  });

  it('shows no activation that comes back as something else, then or later', async () => {
    const made = { ...face, status: 'NEW', activationUrl };
    const scripts: readonly Script[] = [
      { [createCall]: [{ json: { ...made, id: activationUrl } }] },
      {
        [createCall]: [{ json: made }],
        [facesCall]: [{ json: [] }, { json: [] }, { status: 403, json: { errorMessage: `no: ${activationUrl}` } }],
      },
    ];
    for (const script of scripts) {
      const { run } = await against(script);
      await run(['apply', 'faces.yaml', '--auto-approve', '--journal', 'journal.jsonl', '--json-into', 'events.jsonl']);
    }
  });
});

describe('a gateway that echoes the password of the proxy', () => {
  it('shows it nowhere', async () => {
    const { openClient } = await import('../../../src/provider/connect.ts');
    const { requestTo } = await import('../../support/provider/session.ts');
    const proxy = { https: 'http://name:CANARY%20pass@127.0.0.1:1' };
    const client = openClient(requestTo('https://acme.invalid', { proxy }), new Set());
    onTestFinished(() => client.close());
    expect(client.secrets.areIn(`Basic ${Buffer.from('name:CANARY pass').toString('base64')}`)).toBe(true);
  });
});
