import { expect } from 'vitest';
import type { SandboxOptions, SandboxSeed } from '../../../src/sandbox/index.ts';
import { expectNoStack, listOf, memberOf, writesOf } from './expectations.ts';
import { openTenant, type Ran, type TenantWorkspace } from './workspace.ts';

type User = NonNullable<SandboxSeed['users']>[number];
export type Face = NonNullable<User['faces']>[number];

const created = '2026-03-01T00:00:00Z';
const late = '2027-06-01T00:00:00Z';
/** User with every kind of name. */
export const amy = (faces: readonly Face[], more: Partial<User> = {}): User => ({
  login: 'amy',
  id: 'id-amy',
  aliases: ['amelia'],
  externalId: 'E-amy',
  groups: ['Staff'],
  ...more,
  faces: faces.map((face, at) => {
    const id = `f-${at + 1}`;
    return { id, serialNumber: `S-${at + 1}`, created, expiry: late, ...face };
  }),
});

/** A tenant where amy has these faces, and a workspace with one file. */
export function open(faces: readonly Face[], yaml: string, options: SandboxOptions = {}): Promise<TenantWorkspace> {
  const files = { 'users.yaml': `version: 1\n${yaml}` };
  return openTenant({ seed: { users: [amy(faces)], groups: [{ name: 'Managers' }] }, ...options }, { files });
}

/** Entries of a file, one a line. */
export const entries = (...lines: readonly string[]): string =>
  `enrollments:\n${lines.map((line) => `  - { ${line} }\n`).join('')}`;

/** How often each operation was asked for, without signing in. */
export function callsOf({ sandbox }: TenantWorkspace): Readonly<Record<string, number>> {
  const calls: Record<string, number> = {};
  for (const { operation = 'none' } of sandbox.tenant.requests) {
    if (operation !== 'authenticate') calls[operation] = (calls[operation] ?? 0) + 1;
  }
  return calls;
}

/** Text and JSON, each twice with the same output. */
export async function explained(
  { run, sandbox }: TenantWorkspace,
  ...args: readonly string[]
): Promise<Ran & { json: unknown }> {
  const ran = await run(['explain', ...args]);
  expect(await run(['explain', ...args])).toEqual(ran);
  const json = await run(['explain', ...args, '--format', 'json']);
  expect(await run(['explain', ...args, '--format', 'json'])).toEqual(json);
  expect(json).toMatchObject({ code: ran.code, stderr: ran.stderr });
  expect(writesOf(sandbox)).toBe(0);
  expectNoStack(ran);
  return { ...ran, json: JSON.parse(json.stdout) };
}

/** `key | face | step | desired | live | action | reason`, each. */
export const decisionsOf = (json: unknown): readonly string[] =>
  listOf(json, 'decisions').map((one) =>
    ['index', 'face_id', 'matched_by', 'desired', 'live', 'x_action', 'action_reason']
      .map((name) => memberOf(one, name))
      .map((value) => (typeof value === 'string' ? value : '-'))
      .join(' | '),
  );
