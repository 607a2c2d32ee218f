import type { TenantId } from '../../model/tenant-id.ts';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DesiredState, TenantSettings } from '../../model/enrollment.ts';
import type { Shard } from '../../model/shard.ts';
import { Secret } from '../../model/values/secret.ts';
import { certificateCheck } from './certificate-check.ts';
import { CommandError } from '../process/command-error.ts';
import { readVariable } from '../process/read-variable.ts';
import { findCredentials, type Credentials } from './credentials.ts';
import type { CreateApiOptions, TenantOptions } from '../process/options.ts';
import type { Surroundings } from '../process/io.ts';
import type { World } from '../process/watch.ts';
import { isVendorOrLoopback, proxyFrom, usualPace, type ConnectRequest } from '../../provider/index.ts';
import type { SandboxSeed } from '../../sandbox/index.ts';
import { seedFor } from './sandbox-seed.ts';

const defaultSandboxFile = '.faceform/sandbox.json';
/** The embedded tenant has no other callers. */
const sandboxPace = { concurrency: 32, requestsPerSecond: 2000 } as const;

/** Whom to talk to, and how to stop. */
export interface Connection {
  readonly request: ConnectRequest;
  readonly id: TenantId;
  readonly close: () => Promise<void>;
}

/** What files, or a saved plan, say of the tenant. */
export interface Target {
  readonly settings: TenantSettings;
  /** What an embedded tenant begins with that has no state yet; without a seed it must have one. */
  readonly seed?: () => SandboxSeed;
  /** `forget`: an embedded tenant that has no state yet gets none, for whoever only looks. */
  readonly newState?: 'save' | 'forget' | undefined;
  /** The part of the users, if not all, that this run is about. */
  readonly shard?: Shard | undefined;
}

/** What files say of the tenant; what the flags say of it wins. */
export function targetOf(
  desired: DesiredState,
  { createApi, shard }: CreateApiOptions & { readonly shard?: Shard | undefined } = {},
): Target {
  const settings = { ...desired.tenant, ...(createApi === undefined ? {} : { createApi }) };
  return { settings, seed: () => seedFor(desired), shard };
}

/** Whom a connection with these options will reach; nothing is opened for it. */
export async function tenantIdOf({ settings }: Target, options: TenantOptions, io: Surroundings): Promise<TenantId> {
  if (options.sandbox !== undefined) return { kind: 'embedded', file: sandboxFile(options.sandbox) };
  return idOf(chooseTenant(settings, await findCredentials(options, io), options, io).url);
}

/** Decides the tenant: `--sandbox`, else flag, environment, file and credentials, in this order. */
export async function openConnection(target: Target, options: TenantOptions, io: World): Promise<Connection> {
  if (options.sandbox !== undefined && options.tenant !== undefined) {
    throw new CommandError('--sandbox and --tenant are both given', 'Name the one that is to be called.');
  }
  if (options.sandbox !== undefined && options.insecureSkipTlsVerify === true) {
    throw new CommandError(
      '--sandbox and --insecure-skip-tls-verify are both given',
      'Remove --insecure-skip-tls-verify: the embedded tenant is called without TLS.',
    );
  }
  if (options.sandbox !== undefined) return openSandbox(target, options, options.sandbox, io);
  const credentials = await findCredentials(options, io);
  const { applicationId, sharedSecret } = credentials;
  const { url } = chooseTenant(target.settings, credentials, options, io);
  const pace = paceOf(options, target, usualPace);
  const request = {
    ...common(options, io),
    ...pace,
    createApi: target.settings.createApi,
    url,
    applicationId,
    sharedSecret,
    ...proxyFrom(io.environment),
    ...certificateCheck(url, options, io),
  };
  return { request, id: idOf(url), close: () => Promise.resolve() };
}

export interface ChosenTenant {
  readonly url: string;
  /** Who says so, such as `--tenant`. */
  readonly source: string;
}

/**
 * Decides which tenant gets the credentials.
 *
 * @throws CommandError where no tenant is named, two contradict each other, or only a file names a foreign host.
 */
export function chooseTenant(
  settings: TenantSettings,
  credentials: Pick<Credentials, 'url' | 'source'>,
  { tenant }: Pick<TenantOptions, 'tenant'>,
  io: Surroundings,
): ChosenTenant {
  if (tenant !== undefined) return { url: tenant, source: '--tenant' };
  const byFile = namedBy("the file's tenant.url", settings.url);
  const byOthers = [
    ...namedBy('FACEFORM_TENANT_URL', readVariable('FACEFORM_TENANT_URL', io)),
    ...namedBy(credentials.source, credentials.url),
  ];
  const [chosen, ...others] = [...byOthers, ...byFile];
  if (chosen === undefined) {
    throw new CommandError(
      'no tenant is given',
      "Pass --tenant https://NAME.REGION.trustedauth.com, set FACEFORM_TENANT_URL, or write 'tenant: {url: …}' in the file.",
    );
  }
  for (const other of others) demandSame(chosen, other);
  if (byOthers.length === 0) refuseForeign(chosen.url);
  return chosen;
}

function namedBy(source: string, url: string | undefined): readonly ChosenTenant[] {
  return url === undefined ? [] : [{ url, source }];
}

function demandSame(one: ChosenTenant, other: ChosenTenant): void {
  const [left, right] = [originOf(one.url), originOf(other.url)];
  if (left === right) return;
  throw new CommandError(
    `two tenants are named: '${left}' and '${right}'`,
    'Make the files or the saved plan, FACEFORM_TENANT_URL and the credentials agree, or pass --tenant to override them.',
  );
}

/** Whoever may edit a file, or a saved plan, must not decide where the credentials go. */
function refuseForeign(url: string): void {
  if (isVendorOrLoopback(url)) return;
  throw new CommandError(
    `credentials withheld from '${originOf(url)}'`,
    'Only a file or the saved plan names this tenant, and its host is not below trustedauth.com. ' +
      'If you trust it, name it with --tenant or FACEFORM_TENANT_URL.',
  );
}

export function sandboxFile(choice: string | true): string {
  return choice === true ? defaultSandboxFile : choice;
}

async function openSandbox(
  target: Target,
  options: TenantOptions,
  choice: string | true,
  io: World,
): Promise<Connection> {
  const file = sandboxFile(choice);
  const { seed, newState } = target;
  const path = resolve(io.workingDirectory, file);
  const isThere = existsSync(path);
  if (seed === undefined && !isThere) {
    throw new CommandError(`there is no sandbox in ${file}`, "Begin one with 'faceform apply --sandbox' and a file.");
  }
  const [{ startSandbox }, { tellSandboxProblem }] = await Promise.all([
    import('../../sandbox/index.ts'),
    import('./sandbox-problem.ts'),
  ]);
  const state = isThere || newState !== 'forget' ? path : undefined;
  const start = startSandbox({ state, seed: seed?.(), clock: () => io.clock.now() });
  const sandbox = await start.catch(tellSandboxProblem);
  const { url, applicationId } = sandbox;
  const sharedSecret = new Secret(sandbox.sharedSecret);
  const pace = paceOf(options, { ...target, settings: {} }, sandboxPace);
  const request = {
    ...common(options, io),
    ...pace,
    createApi: target.settings.createApi,
    url,
    applicationId,
    sharedSecret,
  };
  return { request, id: { kind: 'embedded', file }, close: () => sandbox.close().catch(tellSandboxProblem) };
}

function common(
  options: TenantOptions,
  { clock, random, callLimits, fetch, watch }: World,
): Pick<ConnectRequest, 'clock' | 'random' | 'onTrace' | 'limits' | 'maxWaitMs' | 'fetch'> {
  return {
    clock,
    random,
    fetch,
    maxWaitMs: options.maxWait === undefined ? undefined : options.maxWait * 1000,
    limits: callLimits,
    onTrace: watch.called,
  };
}

/** The rate is that of the tenant: shards, which run at the same time, have a part of it each. */
function paceOf(
  options: TenantOptions,
  { settings, shard }: Target,
  fallback: typeof usualPace | typeof sandboxPace,
): Pick<ConnectRequest, 'concurrency' | 'requestsPerSecond'> {
  const rate = options.requestsPerSecond ?? settings.requestsPerSecond ?? fallback.requestsPerSecond;
  return {
    concurrency: options.concurrency ?? settings.concurrency ?? fallback.concurrency,
    requestsPerSecond: rate / (shard?.count ?? 1),
  };
}

function idOf(url: string): TenantId {
  return { kind: 'origin', origin: originOf(url) };
}

/** As it stands where it is no URL; the provider says what is wrong with it. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
