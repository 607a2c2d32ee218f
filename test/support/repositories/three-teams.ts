import { beginRepository, type Repository } from './repository.ts';
import { openTenant, openWorkspace, type Ran, type TenantWorkspace } from '../commands/workspace.ts';

export const logins = Array.from({ length: 30 }, (_, at) => `user${at + 1}`);
export const entry = (user: string, more = ''): string => `  - user: ${user}\n    flow: mobile\n${more}`;
export const file = (users: readonly string[], head = ''): string =>
  `version: 1\n${head}enrollments:${users.length === 0 ? ' []' : ''}\n${users.map((user) => entry(user)).join('')}`;

export interface Teams {
  readonly space: TenantWorkspace;
  readonly repository: Repository;
  /** The program in another directory, against the same tenant. */
  readonly runIn: (directory: string, args: readonly string[]) => Promise<Ran>;
}

/** Three files of ten users each, all of which have their face, committed to `main`; the branch `feature` is checked out. */
export async function openTeams(): Promise<Teams> {
  const users = [...logins, 'newcomer'].map((login) => ({
    login,
    aliases: [`alias-${login}`],
    email: `${login}@example.com`,
    faces: login === 'newcomer' ? [] : [{ flow: 'mobile', status: 'ACTIVE' } as const],
  }));
  const space = await openTenant({ seed: { users, groups: [{ name: 'Staff' }] } });
  const repository = beginRepository(space.directory);
  for (const at of [0, 1, 2]) await space.write(`teams/team${at}.yaml`, file(logins.slice(at * 10, at * 10 + 10)));
  repository.commit();
  repository.git('switch', '--quiet', '--create', 'feature');
  const { url, applicationId, sharedSecret } = space.sandbox;
  const environment = {
    FACEFORM_TENANT_URL: url,
    FACEFORM_APPLICATION_ID: applicationId,
    FACEFORM_SHARED_SECRET: sharedSecret,
    PATH: process.env['PATH'] ?? '',
  };
  const runIn: Teams['runIn'] = async (directory, args) => {
    const other = await openWorkspace({ subdirectory: directory, environment });
    return other.run(args);
  };
  return { space, repository, runIn };
}
