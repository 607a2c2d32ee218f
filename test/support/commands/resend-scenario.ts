import { expect } from 'vitest';
import type { SandboxOptions, SandboxSeed } from '../../../src/sandbox/index.ts';
import { writesOf } from './expectations.ts';
import { openTenant, testNow, type Ran, type TenantWorkspace } from './workspace.ts';

type User = NonNullable<SandboxSeed['users']>[number];
type Face = NonNullable<User['faces']>[number];

const hour = 3_600_000;
const ago = (hours: number): string => new Date(testNow - hours * hour).toISOString();
export const waiting = (hours: number, more: Face = {}): Face => ({
  flow: 'mobile',
  status: 'ACTIVATING',
  created: ago(hours),
  ...more,
});
export const user = (login: string, ...faces: readonly Face[]): User => ({
  login,
  email: `${login}@example.com`,
  faces,
});

/** By name: who has waited for how many hours, and who does not wait at all. */
const users: readonly User[] = [
  { ...user('ann', waiting(100)), id: 'id-ann', aliases: ['ann.alias'], externalId: 'E-ann' },
  user('ben', waiting(72)),
  user('cyd', waiting(71, { status: 'NEW' })),
  user('dan', { flow: 'mobile', created: ago(500) }),
  user('eli'),
  user('fay', waiting(80), waiting(90, { status: 'NEW' })),
];

export function open(options: SandboxOptions = {}, file = ''): Promise<TenantWorkspace> {
  return openTenant({ seed: { users }, ...options }, { files: { 'faces.yaml': `version: 1\n${file}` } });
}

export function mailed({ sandbox }: TenantWorkspace): readonly string[] {
  return sandbox.tenant.emails.map(({ login }) => login).toSorted();
}

export const named = (...names: readonly string[]): readonly string[] => names.flatMap((name) => ['--user', name]);
export const approved = (...rest: readonly string[]): readonly string[] => [
  'resend',
  '--auto-approve',
  '--quiet',
  ...rest,
];

export function expectNothingSent(ran: Ran, workspace: TenantWorkspace, code: number): void {
  expect(ran.code).toBe(code);
  expect(ran.stderr).toContain('nothing was sent');
  expect(mailed(workspace)).toEqual([]);
  expect(writesOf(workspace.sandbox)).toBe(0);
}
