import { tenantText, type TenantId } from '../../model/tenant-id.ts';

/** As heads of text name a tenant: without the scheme, which is always the same. It may hold text from outside. */
export function tenantHead(id: TenantId): string {
  return tenantText(id).replace(/^https:\/\//, '');
}
