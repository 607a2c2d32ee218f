import { expect } from 'vitest';
import type { SandboxOptions } from '../../../src/sandbox/index.ts';
import { expectHarmless, expectNoStack, listOf, memberOf } from './expectations.ts';
import { openTenant, type Ran, type RunWith, type TenantWorkspace } from './workspace.ts';

const users = ['alice', 'bob'].map((login) => ({ login, email: `${login}@example.com` }));
const files = {
  'faces.yaml': 'version: 1\nenrollments:\n  - { user: alice, flow: mobile }\n',
  'group.yaml': 'version: 1\nscope: { users: group, group: Staff, onRemove: keep }\nenrollments: []\n',
  'broken.yaml': 'version: 1\nenrollments:\n  - { flow: mobile }\n  - { user: bob, flow: fax }\n',
};

export function open(options: SandboxOptions = {}): Promise<TenantWorkspace> {
  return openTenant({ seed: { users }, ...options }, { files });
}

interface Checked {
  readonly state: string;
  readonly found: string;
  readonly advice: string;
}

interface Doctored {
  readonly ran: Ran;
  readonly ready: unknown;
  readonly states: Readonly<Record<string, string>>;
  readonly check: (name: string) => Checked;
}

export async function doctor(
  { run }: Pick<TenantWorkspace, 'run'>,
  args: readonly string[] = [],
  options: RunWith = {},
): Promise<Doctored> {
  const ran = await run(['doctor', '--format', 'json', ...args], options);
  const report: unknown = JSON.parse(ran.stdout);
  const text = (check: unknown, name: string): string => {
    const value = memberOf(check, name);
    return typeof value === 'string' ? value : '';
  };
  const checks = new Map(listOf(report, 'checks').map((check) => [text(check, 'name'), check]));
  const ready = memberOf(report, 'ready');
  expect(ready === true ? [0] : [1, 6]).toContain(ran.code);
  expectNoStack(ran);
  expectHarmless(ran);
  return {
    ran,
    ready,
    states: Object.fromEntries([...checks].map(([name, check]) => [name, text(check, 'state')])),
    check: (name) => {
      const check = checks.get(name);
      return { state: text(check, 'state'), found: text(check, 'found'), advice: text(check, 'advice') };
    },
  };
}

export const fine = {
  program: 'ok',
  tenant: 'ok',
  credentials: 'ok',
  connection: 'ok',
  clock: 'ok',
  'sign-in': 'ok',
  'list users': 'ok',
  'look up a user': 'ok',
  'faces of a user': 'ok',
  'face settings': 'ok',
  groups: 'ok',
  settings: 'ok',
  limits: 'ok',
  'create a face': 'not tried',
  'update a face': 'not tried',
  'delete a face': 'not tried',
  'resend an e-mail': 'not tried',
};
export const unchecked = Object.keys(fine).slice(6);
