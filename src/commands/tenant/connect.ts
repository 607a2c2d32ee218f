import type { TenantId } from '../../model/tenant-id.ts';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Environment } from '../../model/values/environment.ts';
import type { DesiredState, TenantSettings } from '../../model/enrollment.ts';
import type { Shard } from '../../model/shard.ts';
import { Secret } from '../../model/values/secret.ts';
import { certificateCheck } from './certificate-check.ts';
import { CommandError } from '../process/command-error.ts';
import { chooseTenant, demandOneTenant, originOf } from './choose-tenant.ts';
import { environmentOf } from './environment.ts';
import { findCredentials } from './credentials.ts';
import type { CreateApiOptions, TenantOptions } from '../process/options.ts';
import type { Surroundings } from '../process/io.ts';
import type { World } from '../process/watch.ts';
import { proxyFrom, usualPace, type ConnectRequest } from '../../provider/index.ts';
import type { SandboxSeed } from '../../sandbox/index.ts';
import { defaultSandboxFile } from './sandbox-file.ts';
import { seedFor } from './sandbox-seed.ts';

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
  /** Missing where neither files nor a plan have one; the options may name one all the same. */
  readonly environment?: Environment | undefined;
  /** Who says which tenant that is, such as `the saved plan`; the files where it is missing. */
  readonly source?: string | undefined;
  /** Users and groups that an embedded tenant is given where it lacks them; without a seed it must have a state already. */
  readonly seed?: () => SandboxSeed;
  /** `read`: the state of an embedded tenant is not written, for whoever only looks. */
  readonly stateAccess?: 'keep' | 'read' | undefined;
  /** The part of the users, if not all, that this run is about. */
  readonly shard?: Shard | undefined;
}

/** What files say of the tenant; what the flags say of it wins. */
export function targetOf(
  desired: DesiredState,
  { createApi, shard }: CreateApiOptions & { readonly shard?: Shard | undefined } = {},
): Target {
  const settings = { ...desired.tenant, ...(createApi === undefined ? {} : { createApi }) };
  return { settings, environment: desired.environment, seed: () => seedFor(desired), shard };
}

/** Whom a connection with these options will reach; nothing is opened for it. */
export async function tenantIdOf(target: Target, options: TenantOptions, io: Surroundings): Promise<TenantId> {
  if (options.sandbox !== undefined) return { kind: 'embedded', file: sandboxFile(options.sandbox) };
  // Known before the credentials, so that nobody looks for those of the wrong tenant.
  if (options.tenant !== undefined) return idOf(options.tenant);
  const named = { ...target, environment: environmentOf(target.environment, options, io) };
  demandOneTenant(named, io);
  const credentials = await findCredentials({ options, environment: named.environment }, io);
  return idOf(chooseTenant(named, credentials, options, io).url);
}

/** Decides the tenant: `--sandbox`, else `--tenant`, else the one that environment, credentials and file agree on. */
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
  const named = { ...target, environment: environmentOf(target.environment, options, io) };
  if (options.tenant === undefined) demandOneTenant(named, io);
  const credentials = await findCredentials({ options, environment: named.environment }, io);
  const { applicationId, sharedSecret } = credentials;
  const { url } = chooseTenant(named, credentials, options, io);
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
  const { seed, stateAccess } = target;
  const path = resolve(io.workingDirectory, file);
  if (seed === undefined && !existsSync(path)) {
    throw new CommandError(`there is no sandbox in ${file}`, "Begin one with 'faceform apply --sandbox' and a file.");
  }
  const [{ startSandbox }, { tellSandboxProblem }] = await Promise.all([
    import('../../sandbox/index.ts'),
    import('./sandbox-problem.ts'),
  ]);
  const start = startSandbox({ state: path, stateAccess, ensure: seed?.(), clock: () => io.clock.now() });
  const sandbox = await start.catch(tellSandboxProblem);
  if (stateAccess !== 'read') io.watch.filledIn?.(file, sandbox.filledIn);
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
