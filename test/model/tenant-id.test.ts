import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTenantId, tenantText, type TenantId } from '../../src/model/tenant-id.ts';

const file = fc.string().map((name): TenantId => ({ kind: 'embedded', file: name }));
const origin = fc.webAuthority().map((host): TenantId => ({ kind: 'origin', origin: `https://${host}` }));

describe('whom a plan is for', () => {
  it('is read back from JSON as it was written', () => {
    fc.assert(
      fc.property(fc.oneof(file, origin), (id) => {
        expect(parseTenantId(tenantText(id))).toEqual(id);
      }),
    );
  });
});
