import type { SandboxOptions, SandboxSeed } from '../../../src/sandbox/index.ts';
import { openTenant, type TenantWorkspace } from './workspace.ts';

type User = NonNullable<SandboxSeed['users']>[number];

export const created = '2026-03-01T00:00:00Z';
const statuses = ['NEW', 'ACTIVATING', 'ACTIVE', 'REVIEW', 'FAILED', 'EXPIRED', 'DISABLED'] as const;
const flows = ['mobile', 'web', 'token'] as const;
const oddLogins = [
  'a: b #c',
  '"q\'',
  'no',
  '1e3',
  ' bob',
  'zoë 日本',
  'x\u001b[2J\u202e\n',
  'UPPER',
  '',
  'uuid:id-1',
  'u/mobile',
];

/** One user for each kind of face, odd logins, and users with several faces. */
const users: readonly User[] = [
  ...flows.flatMap((flow) =>
    statuses.map((status) => {
      const login = `${flow}.${status.toLowerCase()}`;
      const expiry = status === 'EXPIRED' ? '2026-05-01T00:00:00Z' : '2026-08-28T00:00:00Z';
      const applicant = flow === 'web' ? { applicantId: `a-${status}` } : {};
      return { login, groups: ['Staff'], faces: [{ flow, status, created, expiry, ...applicant }] };
    }),
  ),
  ...oddLogins.map((login, at) => ({ login, id: `id-${at}`, faces: [{ created }] })),
  { login: 'none' },
  { login: 'past', groups: ['Staff'], faces: [{ created, expiry: '2026-05-01T00:00:00Z' }] },
  {
    login: 'several',
    groups: ['Staff'],
    aliases: ['many'],
    faces: [
      { created, status: 'DISABLED' },
      { created, status: 'ACTIVATING' },
      { created, applicantId: 'one' },
      { created, applicantId: 'one', status: 'FAILED' },
      { created, flow: 'token' },
    ],
  },
];

/** Without the variable that a token would be read from. */
export function openOddTenant(options: SandboxOptions = {}): Promise<TenantWorkspace> {
  return openTenant({ seed: { users }, ...options }, { environment: { FACE_TOKEN_TEST: '' } });
}
