import { describe, expect, it } from 'vitest';
import type { Face } from '../../../src/model/face.ts';
import type { SandboxSeed } from '../../../src/sandbox/index.ts';
import { openScenario, type Json } from '../../support/commands/saved-plan-scenario.ts';
import { openTenant, testNow } from '../../support/commands/workspace.ts';

type SeedFace = NonNullable<NonNullable<NonNullable<SandboxSeed['users']>[number]>['faces']>[number];
const day = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * What can become of a face between plan and apply, besides its going: each leaves all else as it was. `mobile` cannot
 * move alone, and `platform` makes no plan stale.
 */
const moves: Readonly<Record<Exclude<keyof Face, 'mobile' | 'platform'>, (face: SeedFace) => SeedFace>> = {
  status: (face) => ({ ...face, status: face.status === 'REVIEW' ? 'ACTIVE' : 'REVIEW' }),
  expiry: (face) => ({ ...face, expiry: iso(testNow + 50 * day) }),
  applicantId: (face) => ({ ...face, flow: 'web', applicantId: 'another' }),
  serialNumber: (face) => ({ ...face, serialNumber: '11111-22222' }),
  created: (face) => ({ ...face, created: iso(testNow - 99 * day) }),
  id: (face) => ({ ...face, id: '00000000-0000-4000-8000-00000000abcd' }),
};
/** The users of the scenario, by what the plan does to their only face. */
const users = { update: 'longer', disable: 'off', replace: 'web', 'replace of a failed one': 'failed', delete: 'gone' };

async function afterMove(move: (scenario: Awaited<ReturnType<typeof openScenario>>) => void) {
  const scenario = await openScenario();
  expect((await scenario.run(['plan', 'faces.yaml', '--out', 'plan.json'])).code).toBe(0);
  move(scenario);
  const ran = await scenario.run(['apply', '--plan', 'plan.json', '--format', 'json']);
  const report: Json & { outcomes: { outcome: string; x_user: { login: string } }[] } = JSON.parse(ran.stdout);
  const stale = report.outcomes.filter(({ outcome }) => outcome === 'stale').map(({ x_user }) => x_user.login);
  return { code: ran.code, stale, summary: report.summary, scenario };
}

describe.each(Object.entries(users))('a saved %s', (_, login) => {
  it.each(Object.entries(moves))('is not sent when the face has another %s by then', async (_, move) => {
    const { code, stale, summary } = await afterMove(({ sandbox: { tenant } }) => {
      const seeded = tenant.toSeed().users?.find((user) => user.login === login)?.faces?.[0];
      if (seeded?.id === undefined) throw new Error(`${login} has no face`);
      tenant.removeFace(seeded.id);
      tenant.addFace(login, move(seeded));
    });
    expect({ code, stale }).toEqual({ code: 4, stale: [login] });
    expect(summary).toMatchObject({ planned: 6, applied: 5, stale: 1 });
  });

  it('is not sent when the face is not alone by then', async () => {
    const { code, stale } = await afterMove(({ sandbox: { tenant } }) => {
      tenant.addFace(login, { flow: 'token' });
    });
    expect({ code, stale }).toEqual({ code: 4, stale: [login] });
  });

  it('is not sent when the user is gone by then', async () => {
    const { code, stale } = await afterMove(({ sandbox: { tenant } }) => {
      tenant.removeUser(login);
    });
    expect({ code, stale }).toEqual({ code: 4, stale: [login] });
  });
});

describe('a face that is gone by then', () => {
  const removed = (login: string) =>
    afterMove(({ sandbox: { tenant } }) => {
      tenant.removeFace(tenant.faces(login)[0]?.id ?? 'none');
    });

  it.each(['longer', 'off', 'web'])('makes its update, disable or replace stale: %s', async (login) => {
    const { code, stale } = await removed(login);
    expect({ code, stale }).toEqual({ code: 4, stale: [login] });
  });

  it('makes its delete already done', async () => {
    const { code, stale, summary } = await removed('gone');
    expect({ code, stale }).toEqual({ code: 0, stale: [] });
    expect(summary).toMatchObject({ planned: 6, applied: 5, already: 1 });
  });

  it('was deleted by a replace that was cut in half, if that deletes first, so that the new one is created', async () => {
    const { code, summary, scenario } = await removed('failed');
    expect(code).toBe(0);
    expect(summary).toMatchObject({ planned: 6, applied: 6 });
    expect(scenario.sandbox.tenant.faces('failed')).toHaveLength(1);
  });
});

describe('a saved create', () => {
  it('is already done when the user has got such a face by then, and no e-mail goes to the user', async () => {
    const { code, stale, summary, scenario } = await afterMove(({ sandbox: { tenant } }) => {
      tenant.addFace('new', { flow: 'mobile' });
    });
    expect({ code, stale }).toEqual({ code: 0, stale: [] });
    expect(summary).toMatchObject({ planned: 6, applied: 5, already: 1 });
    expect(scenario.sandbox.tenant.emails.map(({ to }) => to)).not.toContain('new@example.com');
  });

  it.each([
    ['another face', { flow: 'web', applicantId: 'new' }],
    ['a face that is of no use', { flow: 'mobile', status: 'DISABLED' }],
  ] as const)('is not sent when the user has got %s by then', async (_, face) => {
    const { code, stale } = await afterMove(({ sandbox: { tenant } }) => {
      tenant.addFace('new', face);
    });
    expect({ code, stale }).toEqual({ code: 4, stale: ['new'] });
  });
});

it('a login of the user between plan and apply makes nothing stale', async () => {
  const { code } = await afterMove(({ sandbox: { tenant } }) => {
    const seeded = tenant.toSeed().users?.find(({ login }) => login === 'gone')?.faces?.[0];
    tenant.removeFace(seeded?.id ?? 'none');
    tenant.addFace('gone', { ...seeded, lastUsed: iso(testNow) });
  });
  expect(code).toBe(0);
});

describe('an apply from files', () => {
  const logins = ['ann', 'bob', 'cyd', 'dan'];
  const seed = { users: logins.map((login) => ({ login, email: `${login}@mail.example` })) };
  const entries = logins.map((login) => `  - { user: ${login}, flow: mobile }\n`).join('');

  /** While the first face is created, somebody else creates one for each of the others. */
  async function raced(requestsPerSecond: string) {
    const tenant = await openTenant({ seed }, { files: { 'faces.yaml': `version: 1\nenrollments:\n${entries}` } });
    const { sandbox } = tenant;
    const stop = sandbox.tenant.onRequest(({ operation, path }) => {
      if (operation !== 'createFace') return;
      stop();
      const others = sandbox.tenant.users().filter(({ id }) => !path.includes(id));
      for (const { login } of others) sandbox.tenant.addFace(login, { flow: 'mobile' });
    });
    const pace = ['--concurrency', '1', '--requests-per-second', requestsPerSecond];
    const { code } = await tenant.run(['apply', 'faces.yaml', '--auto-approve', ...pace]);
    return { code, faces: logins.map((login) => sandbox.tenant.faces(login).length) };
  }

  it.each(['0.02', '50'])('reads each user again: who got a face meanwhile gets no second one (%s/s)', async (rate) => {
    expect(await raced(rate)).toEqual({ code: 0, faces: [1, 1, 1, 1] });
  });
});
