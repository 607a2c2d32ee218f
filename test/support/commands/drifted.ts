import { created } from './odd-tenant.ts';
import { openTenant, type TenantWorkspace } from './workspace.ts';

/** Expiry that somebody gave a face by hand. */
export const later = '2027-03-01T00:00:00Z';
const users = [
  { login: 'amy', id: 'id-amy', faces: [{ id: '1', serialNumber: 'S-1', created, expiry: later }] },
  { login: 'bob', faces: [{ id: '2', serialNumber: 'S-2', created, status: 'DISABLED' as const }] },
  { login: 'cyd', faces: [{ id: '3', serialNumber: 'S-3', created, applicantId: 'new' }] },
  {
    login: 'dan',
    faces: [
      { id: '4', serialNumber: 'S-4', created },
      { id: '5', serialNumber: 'S-5', created, applicantId: 'dan-2' },
      { id: '6', serialNumber: '6', created, flow: 'token' as const, status: 'DISABLED' as const },
    ],
  },
  { login: 'eve', faces: [{ id: '7', serialNumber: 'S-7', created }] },
  { login: 'none' },
];

/** A tenant in which faces were changed by hand, with a file. */
export const open = async (text: string): Promise<TenantWorkspace> => {
  const tenant = await openTenant({ seed: { users } }, { environment: { FACE_TOKEN_6: '' } });
  await tenant.write('u.yaml', text);
  return tenant;
};

/** Entries that drifted, in many layouts. */
export const file = `# ours
version: 1
unmatched: delete
defaults: { flow: mobile, lifetime: 120d } # d
enrollments:
  # the boss
  - user: Amy   # her
    lifetime: 300d   # long

  - { "user": "bob", "enabled": true } # b
  - user: cyd
    flow: web
    applicantId: 'old' # replaced
    lifetime: 180d
  - user: dan
    lifetime: 180d
  - { user: eve, enabled: false, lifetime: 180d }
`;
