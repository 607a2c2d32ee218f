import type { SandboxRequest } from '../../../src/sandbox/http/request-log.ts';
import type { SandboxSeed } from '../../../src/sandbox/index.ts';
import { openTenant, testNow, type TenantWorkspace } from './workspace.ts';

export const day = 86_400_000;
const iso = (ms: number): string => new Date(ms).toISOString();
const created = iso(testNow - 100 * day);
const email = (login: string): string => `${login}@example.com`;

/** One user for each action, and `idle` for whom there is nothing to do. */
export const seed: SandboxSeed = {
  users: [
    { login: 'new', email: email('new') },
    { login: 'longer', email: email('longer'), faces: [{ flow: 'mobile', created }] },
    { login: 'off', email: email('off'), faces: [{ flow: 'mobile', created }] },
    { login: 'web', email: email('web'), faces: [{ flow: 'web', applicantId: 'old', created }] },
    { login: 'failed', email: email('failed'), faces: [{ flow: 'mobile', status: 'FAILED', created }] },
    { login: 'gone', email: email('gone'), faces: [{ flow: 'web', applicantId: 'x', created }] },
    { login: 'idle', email: email('idle'), faces: [{ flow: 'mobile', created }] },
  ],
};

/** @param more lines for the head of the file. */
export const yaml = (more: string): string => `version: 1
${more}enrollments:
  - user: new
    flow: mobile
  - user: longer
    flow: mobile
    expiry: ${iso(testNow + 300 * day)}
  - user: off
    flow: mobile
    enabled: false
  - user: web
    flow: web
    applicantId: 7f1c2b7e-0000-4000-8000-000000000007
  - user: failed
    flow: mobile
    replaceOn: [FAILED]
  - user: gone
    state: absent
  - user: idle
    flow: mobile
`;

/** What tests look at in our JSON. */
export interface Json {
  readonly x_digest: string;
  readonly timestamp: string;
  readonly x_pace: object;
  readonly summary: object;
}

export interface Scenario extends TenantWorkspace {
  readonly json: (name: string) => Promise<Json>;
  /** Calls so far that write. */
  readonly writes: () => readonly SandboxRequest[];
}

export async function openScenario({ budgets = 'budgets: { delete: 10 }\n' } = {}): Promise<Scenario> {
  const workspace = await openTenant({ seed }, { files: { 'faces.yaml': yaml(budgets) } });
  const { sandbox, read } = workspace;
  const writing = new Set<string | undefined>(['createFace', 'updateFace', 'deleteFace', 'createFaceV1']);
  return {
    ...workspace,
    json: async (name) => {
      const parsed: Json = JSON.parse(await read(name));
      return parsed;
    },
    writes: () => sandbox.tenant.requests.filter(({ operation }) => writing.has(operation)),
  };
}
