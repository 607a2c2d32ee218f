import { usualCreateApi, type CreateApi, type TenantSettings } from '../../model/enrollment.ts';
import type { CreateApiOptions } from '../process/options.ts';

/** The create that a run uses: the flag, else the files, else v2. */
export function createApiOf(tenant: TenantSettings, options: CreateApiOptions): CreateApi {
  return options.createApi ?? tenant.createApi ?? usualCreateApi;
}
