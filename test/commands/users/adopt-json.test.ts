import { describe, expect, it } from 'vitest';
import { file, later, open } from '../../support/commands/drifted.ts';
import { told } from '../../support/commands/import-run.ts';
import type { TenantWorkspace } from '../../support/commands/workspace.ts';

describe('adopt --format json', () => {
  const documentOf = async (tenant: TenantWorkspace, args: readonly string[]): Promise<unknown> =>
    JSON.parse((await tenant.run(['adopt', ...args, '--format', 'json'])).stdout);

  it('says what was adopted, and at which line of the file it is now', async () => {
    const tenant = await open(file);
    const document = await documentOf(tenant, ['--all-drift', 'u.yaml']);
    const user = (login: string) => ({ login, uuid: expect.any(String) });
    const text = (await tenant.read('u.yaml')).split('\n');
    const at = (part: string) => ({
      file: 'u.yaml',
      line: text.findIndex((line) => line.includes(part)) + 1,
      column: 5,
    });
    const expiry = '2026-08-28T00:00:00Z';
    expect(document).toEqual({
      format_version: '1.0',
      tool: 'faceform',
      tool_version: expect.any(String),
      x_tenant: tenant.sandbox.url,
      summary: { changed: 4, added: 2, left: 0 },
      adopted: [
        {
          index: 'amy/mobile',
          x_user: user('amy'),
          x_source: at('user: Amy'),
          entry: 'changed',
          before: { lifetime: '300d', expiry: null },
          after: { lifetime: null, expiry: later },
        },
        ...[
          ['bob/mobile', 'bob', '"bob"', { enabled: true }, { enabled: false }] as const,
          ['cyd/web', 'cyd', 'user: cyd', { applicantId: 'old' }, { applicantId: 'new' }] as const,
        ].map(([index, login, part, before, after]) => ({
          ...{ index, x_user: user(login), x_source: at(part), entry: 'changed', before, after },
        })),
        {
          index: 'dan/token/6',
          x_user: user('dan'),
          x_source: at('label: "6"'),
          entry: 'added',
          before: null,
          after: {
            ...{ user: 'dan', flow: 'token', label: '6', serialNumber: '6', customerUserId: 'unknown' },
            ...{ token: { env: 'FACE_TOKEN_6' }, enabled: false, expiry },
          },
        },
        {
          index: 'dan/web/S-5',
          x_user: user('dan'),
          x_source: at('label: S-5'),
          entry: 'added',
          before: null,
          after: { user: 'dan', flow: 'web', label: 'S-5', serialNumber: 'S-5', applicantId: 'dan-2', expiry },
        },
        {
          index: 'eve/mobile',
          x_user: user('eve'),
          x_source: at('user: eve'),
          entry: 'changed',
          before: { enabled: false },
          after: { enabled: true },
        },
      ],
      left: [],
      diagnostics: [],
    });
    expect(await documentOf(tenant, ['--all-drift', 'u.yaml'])).toMatchObject({ adopted: [], left: [] });
  });

  it('names the users that are left alone with what a plan would still do, and exits as in text', async () => {
    const tenant = await open(
      'version: 1\nenrollments:\n  - { user: amy, state: absent }\n  - { user: bob, flow: mobile }\n',
    );
    const ran = await tenant.run(['adopt', '--user', 'amy', '--user', 'bob', 'u.yaml', '--format', 'json']);
    expect(ran.code).toBe(1);
    expect(told(ran.stderr)).toEqual(['CANNOT_BE_ADOPTED 3']);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      summary: { changed: 1, added: 0, left: 1 },
      adopted: [{ index: 'bob/mobile' }],
      left: [
        {
          index: 'amy/S-1',
          x_user: { login: 'amy' },
          x_source: { file: 'u.yaml', line: 3, column: 5 },
          x_action: 'delete',
          action_reason: 'delete_because_absent',
        },
      ],
      diagnostics: [{ severity: 'error', code: 'CANNOT_BE_ADOPTED' }],
    });
  });

  it('claims nothing about what was adopted where a file cannot be edited', async () => {
    const tenant = await open(
      'version: 1\nenrollments:\n  - { user: bob, flow: mobile, enabled: &e true }\n  - { user: eve, flow: mobile, enabled: *e }\n',
    );
    const ran = await tenant.run(['adopt', '--user', 'bob', 'u.yaml', '--format', 'json']);
    expect(ran.code).toBe(1);
    const told: unknown = JSON.parse(ran.stdout);
    expect(told).toMatchObject({ diagnostics: [{ code: 'CANNOT_BE_EDITED' }] });
    expect(told).not.toHaveProperty('adopted');
  });
});
