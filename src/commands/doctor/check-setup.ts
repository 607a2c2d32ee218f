import type { TenantId } from '../../model/tenant-id.ts';
import type { Loaded } from '../../desired/index.ts';
import type { Check } from '../../model/shown/checkup.ts';
import type { DesiredState } from '../../model/enrollment.ts';
import { count } from '../../model/values/count.ts';

import { CommandError } from '../process/command-error.ts';
import { chooseTenant } from '../tenant/choose-tenant.ts';
import { sandboxFile } from '../tenant/connect.ts';
import { environmentOf } from '../tenant/environment.ts';
import { findCredentials, type Credentials } from '../tenant/credentials.ts';
import type { Surroundings } from '../process/io.ts';
import type { DoctorOptions } from '../process/options.ts';
import { oldestNode, toolVersion } from '../process/version.ts';

/** What is needed before anything is called. */
export function checkProgram({ nodeVersion }: Surroundings): Check {
  const found = `faceform ${toolVersion()} on Node.js ${nodeVersion}`;
  const oldest = oldestNode();
  const program = { name: 'program', needed: 'for plan', found } as const;
  if (compareVersions(nodeVersion, oldest) >= 0) return { ...program, state: 'ok' };
  return { ...program, state: 'failed', advice: `Install Node.js ${oldest} or newer.` };
}

function compareVersions(left: string, right: string): number {
  const rights = right.split('.').map(Number);
  const differences = left.split('.').map((part, at) => Number(part) - (rights[at] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}

export function checkFiles({ files, entries, diagnostics, state }: Loaded): Check {
  const name = { name: 'files', needed: 'for plan' } as const;
  if (state !== undefined)
    return { ...name, state: 'ok', found: `${count(files, 'file')}, ${count(entries, 'enrollment')}` };
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return {
    ...name,
    state: 'failed',
    found: count(errors, 'error'),
    advice: "Run 'faceform validate' for each with its place and what to do.",
  };
}

export interface Configured {
  readonly checks: readonly Check[];
  /** As in plans; missing where none is named. */
  readonly tenant?: TenantId;
  /** Whether there is somebody to call, and credentials for it. */
  readonly complete: boolean;
}

/** Which tenant and credentials would be used, and who says so. Values that are secret are not shown. */
export async function checkConfiguration(
  { tenant: settings, environment: known }: Pick<DesiredState, 'tenant' | 'environment'>,
  options: DoctorOptions,
  io: Surroundings,
): Promise<Configured> {
  if (options.sandbox !== undefined && options.tenant === undefined) {
    const found = `the embedded one, its state in ${sandboxFile(options.sandbox)} (--sandbox)`;
    const checks = [ok('tenant', found), ok('credentials', 'those of the embedded tenant')];
    return { checks, tenant: { kind: 'embedded', file: sandboxFile(options.sandbox) }, complete: true };
  }
  const environment = environmentOf(known, options, io);
  const credentials = await orProblem(() => findCredentials({ options, environment }, io));
  const found: Pick<Credentials, 'url' | 'source'> = credentials instanceof CommandError ? { source: '' } : credentials;
  const tenant = await orProblem(() => Promise.resolve(chooseTenant({ settings, environment }, found, options, io)));
  const checks = [
    tenant instanceof CommandError
      ? problem('tenant', tenant)
      : ok('tenant', `${shownTenant(tenant.url)} (${tenant.source})`),
    credentials instanceof CommandError ? problem('credentials', credentials) : ok('credentials', credentials.source),
  ];
  const complete = checks.every(({ state }) => state === 'ok');
  if (tenant instanceof CommandError) return { checks, complete };
  return { checks, complete, tenant: { kind: 'origin', origin: shownTenant(tenant.url) } };
}

/** No more than the origin: somebody may have put a password into the URL. */
function shownTenant(url: string): string {
  const origin = URL.canParse(url) ? new URL(url).origin : 'null';
  return origin === 'null' ? 'not a URL' : origin;
}

async function orProblem<T>(find: () => Promise<T>): Promise<T | CommandError> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
}

function ok(name: string, found: string): Check {
  return { name, needed: 'for plan', state: 'ok', found };
}

function problem(name: string, { message, detail }: CommandError): Check {
  return { name, needed: 'for plan', state: 'failed', found: message, advice: detail };
}
