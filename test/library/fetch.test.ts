import { describe, expect, it } from 'vitest';
import { FaceApi, type Fetch } from '../../src/face-api.ts';
import { apply, plan } from '../../src/library.ts';
import { CallError } from '../../src/provider/index.ts';
import { openClient } from '../../src/provider/connect.ts';
import { readOperations } from '../../src/provider/operations.ts';
import { getFaces } from '../../src/provider/faces/face-calls.ts';
import { rejection, requestTo } from '../support/provider/session.ts';
import { openLibrary } from './open.ts';

const paths = ['users.yaml'];
const tenant = 'http://127.0.0.1:9';

/** Signs in, and answers all else as the test says. */
function answering(answer: Fetch): Fetch {
  return async (url, request) =>
    url.endsWith('/authenticate')
      ? new Response(JSON.stringify({ authToken: 'token', expirationTime: 900 }))
      : answer(url, request);
}

async function faultOf(answer: Fetch, limits = {}): Promise<unknown> {
  const request = requestTo(tenant, { fetch: answering(answer), limits, tries: 1 });
  const client = openClient(request, readOperations);
  const error = await rejection(getFaces(client, '11111111-2222-4333-8444-555555555555'));
  await client.close();
  return error;
}

describe('a function in place of HTTP', () => {
  it('sees each call of a plan and an apply, with the credentials, and none goes another way', async () => {
    const { around, sandbox } = await openLibrary();
    const seen: string[] = [];
    const counted: Fetch = async (url, { method, headers, body, redirect, signal }) => {
      seen.push(`${method} ${new URL(url).pathname} ${redirect}`);
      return globalThis.fetch(url, { method, headers, body, redirect, signal });
    };
    const made = await plan(paths, { ...around, fetch: counted });
    const report = await apply(made, { ...around, fetch: counted });
    expect(report.summary).toMatchObject({ planned: 3, applied: 3 });
    expect(seen).toHaveLength(sandbox.tenant.requests.length);
    expect(seen.every((line) => line.endsWith(' manual'))).toBe(true);
    expect((await plan(paths, { ...around, fetch: counted })).resource_changes).toEqual([]);
  });

  it('serves the seven operations too', async () => {
    const fetch = answering(() => Promise.resolve(new Response('[]')));
    await using api = new FaceApi({ tenant, applicationId: 'app', sharedSecret: 'secret', fetch });
    expect(await api.getFaces('11111111-2222-4333-8444-555555555555')).toEqual([]);
  });

  it('may answer with a redirect, which is not followed', async () => {
    const answer = new Response('', { status: 302, headers: { location: 'https://elsewhere.example' } });
    expect(await faultOf(() => Promise.resolve(answer))).toMatchObject({
      refusal: { message: expect.stringContaining('elsewhere.example, which is not followed') },
    });
  });

  it.each([
    ['never answers', () => new Promise<never>(() => undefined), 'timeout'],
    ['hides the reason as the platform does', refusedByPlatform, 'unreachable'],
    ['throws what is no error', () => Promise.reject('no error'), 'unreachable'], // eslint-disable-line @typescript-eslint/prefer-promise-reject-errors
    ['throws without saying why', () => Promise.reject(new Error('boom')), 'unreachable'],
    ['answers with more than is expected', () => Promise.resolve(new Response('x'.repeat(200))), 'wrong-shape'],
  ] as const)('that %s is told as HTTP would be', async (_, answer, code) => {
    const error = await faultOf(answer, { answerMs: 50, answerBytes: 100 });
    expect(error).toBeInstanceOf(CallError);
    expect(error).toMatchObject({ fault: { code } });
  });

  it('is broken off when the session is closed, though it heeds no signal', async () => {
    const request = requestTo(tenant, { fetch: answering(() => new Promise<never>(() => undefined)) });
    const client = openClient(request, readOperations);
    const reading = rejection(getFaces(client, '11111111-2222-4333-8444-555555555555'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await client.close();
    expect(await reading).toBeInstanceOf(CallError);
  });
});

function refusedByPlatform(): Promise<never> {
  const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' });
  return Promise.reject(new TypeError('fetch failed', { cause }));
}
