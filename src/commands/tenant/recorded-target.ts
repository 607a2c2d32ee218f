import type { TenantSettings } from '../../model/enrollment.ts';
import type { Environment } from '../../model/values/environment.ts';
import type { Shard } from '../../model/shard.ts';
import { tenantText, type TenantId } from '../../model/tenant-id.ts';
import { CommandError } from '../process/command-error.ts';
import { exitCode } from '../process/exit-code.ts';
import type { Surroundings } from '../process/io.ts';
import type { TenantOptions } from '../process/options.ts';
import { tenantIdOf, type Target } from './connect.ts';

/** The tenant that a saved plan or the record of a run names, and how to talk to it. */
export interface RecordedTenant {
  readonly tenant: TenantId;
  readonly settings: TenantSettings;
  readonly environment?: Environment | undefined;
  readonly shard?: Shard | undefined;
  /** What names it, such as `the plan`. */
  readonly record: string;
}

/** @throws CommandError where the tenant that would be called is not the one of the record. */
export async function recordedTarget(
  { tenant, settings, environment, shard, record }: RecordedTenant,
  options: TenantOptions,
  world: Surroundings,
): Promise<Target> {
  const url = tenant.kind === 'origin' ? { url: tenant.origin } : {};
  const target = { settings: { ...url, ...settings }, environment, source: record, seed: () => ({}), shard };
  const name = await nameOf(tenant, target, options, world);
  if (name === tenantText(tenant)) return target;
  const other = name === undefined ? '' : `, not for ${name}`;
  const advice =
    tenant.kind === 'embedded' ? `Pass --sandbox ${tenant.file}.` : `Name that tenant, or none: ${record} says which.`;
  throw new CommandError(`${record} is for the tenant ${tenantText(tenant)}${other}`, advice, exitCode.error, {
    reason: 'TENANT_CONFLICT',
  });
}

/** Undefined where nobody names the embedded tenant, which a record cannot reach by itself. */
async function nameOf(
  tenant: TenantId,
  target: Target,
  options: TenantOptions,
  world: Surroundings,
): Promise<string | undefined> {
  if (tenant.kind === 'embedded' && options.sandbox === undefined && options.tenant === undefined) return undefined;
  return tenantText(await tenantIdOf(target, options, world));
}
