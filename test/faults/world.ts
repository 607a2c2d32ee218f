import type { Sandbox, SandboxOptions } from '../../src/sandbox/index.ts';
import { shown } from '../support/commands/scenario.ts';
import { openTenant, type TenantWorkspace } from '../support/commands/workspace.ts';

type User = NonNullable<NonNullable<SandboxOptions['seed']>['users']>[number];
type Face = NonNullable<User['faces']>[number];

export function face(login: string, more: Face): Face {
  const { flow = 'mobile' } = more;
  return { id: `${flow}-of-${login}`, serialNumber: `S-${login}-${flow}`, created: '2026-03-01T00:00:00Z', ...more };
}

export function user(login: string, faces: readonly Face[], more: Partial<User> = {}): User {
  return { login, id: `id-${login}`, email: `${login}.mail@c.d`, groups: ['Staff'], faces, ...more };
}

const mobile = (login: string, more: Face = {}): Face => face(login, { flow: 'mobile', ...more });
const web = (login: string, more: Face = {}): Face => face(login, { flow: 'web', applicantId: 'old', ...more });

/** Few users who lead the reading through every kind of call there is. */
export const readingUsers: readonly User[] = [
  user('amy', [], { aliases: ['amy.alias'] }),
  user('ben', [web('ben')]),
  user('cyd', [mobile('cyd'), web('cyd')], { externalId: 'E-cyd' }),
  user('hal', [mobile('hal')]),
  user('ida', [mobile('ida')], { groups: ['Guests'] }),
];

export const readingEntries = `enrollments:
  - { user: amy.alias, flow: mobile }
  - { user: ben, flow: web, applicantId: new }
  - { externalId: E-cyd, flow: mobile, expiry: 2030-06-30T00:00:00Z }
`;

/** One user for each kind of change. */
export const writingUsers: readonly User[] = [
  user('amy', []),
  user('ben', [web('ben')]),
  user('cyd', [mobile('cyd')]),
  user('dan', [mobile('dan')]),
  user('eli', [mobile('eli', { status: 'FAILED' })]),
  user('fay', []),
  user('gus', [web('gus')]),
];

export const writingEntries = `enrollments:
  - { user: amy, flow: mobile }
  - { user: ben, flow: web, applicantId: new }
  - { user: cyd, flow: mobile, expiry: 2030-06-30T00:00:00Z }
  - { user: dan, flow: mobile, enabled: false }
  - { user: eli, flow: mobile, replaceOn: [FAILED] }
  - { user: fay, flow: token, customerUserId: c-1, token: { env: FACE_TOKEN_TEST }, lifetime: 365d }
  - { user: gus, state: absent }
`;

export interface WorldOptions extends SandboxOptions {
  readonly users: readonly User[];
  /** Of the file, without its version. */
  readonly file: string;
}

export function openWorld({ users, file, ...options }: WorldOptions): Promise<TenantWorkspace> {
  return openTenant({ seed: { users }, ...options }, { files: { 'faces.yaml': `version: 1\n${file}` } });
}

/** The faces of each user, ids left out, so that two tenants can be compared. */
export function stateOf({ tenant }: Sandbox): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    tenant.users().map(({ login }) => [login, tenant.faces(login).map(shown).toSorted()] as const),
  );
}

/** To whom activation e-mails went, in alphabetical order, each as often as it was sent. */
export function mailedTo({ tenant }: Sandbox): readonly string[] {
  return tenant.emails.map(({ login }) => login).toSorted();
}
