import { describe, expect, it } from 'vitest';
import type { TenantError } from '../../../src/model/failure.ts';
import { report } from '../../../src/engine/run/apply.ts';
import { amy, keeping, type Run } from '../../support/engine/apply-run.ts';
import { refused, unanswered } from '../../support/engine/memory-tenant.ts';
import { mobile, mobileFace, present, tokenFace, web } from '../../support/engine/world.ts';

const emailsOf = async ({ run }: Run, more: Parameters<Run['run']>[0] = {}): Promise<number> =>
  report(await run(more)).emails;

describe('the count of e-mails', () => {
  it('is of creates that succeeded', async () => {
    expect(await emailsOf(amy([present('amy', mobile())], []))).toBe(1);
    const { tenant, ...rest } = amy([present('amy', mobile())], []);
    tenant.trouble.createFace = [refused()];
    expect(await emailsOf({ tenant, ...rest })).toBe(0);
  });
  it.each<readonly [string, TenantError]>([
    ['is refused', refused()],
    ['has no answer', unanswered()],
  ])('holds whatever comes after the create, where that %s', async (_, trouble) => {
    const renewed = amy([present('amy', mobile())], [mobileFace('a')], 'keep', ['amy/mobile']);
    renewed.tenant.trouble.deleteFace = [trouble];
    expect(await emailsOf(renewed)).toBe(1);
    const unread = amy([present('amy', mobile())], []);
    unread.tenant.trouble.readFaces = [trouble];
    expect(await emailsOf(unread)).toBe(1);
    const unkept = amy([present('amy', mobile())], []);
    expect(await emailsOf(unkept, { activations: keeping(() => Promise.reject(trouble)) })).toBe(1);
  });
  it('leaves out faces for which no e-mail is asked', async () => {
    const quiet = { ...mobile(), activation: { email: false, qrCode: true } } as const;
    expect(await emailsOf(amy([present('amy', quiet), present('amy', web())], []))).toBe(0);
    expect(await emailsOf(amy([present('amy', mobile(), { enabled: false })], [mobileFace('a'), tokenFace('b')]))).toBe(
      0,
    );
  });
});
