import { randomBytes, randomUUID } from 'node:crypto';
import { fillIn, type FilledIn } from './fill-in.ts';
import { FaultScript } from './http/fault.ts';
import { listen } from './http/http-server.ts';
import { RateGate } from './http/rate-gate.ts';
import { defaultReadings, type Readings } from './state/readings.ts';
import { RequestLog } from './http/request-log.ts';
import type { RetryAfter } from './http/retry-after.ts';
import { allPermissions, type OperationName } from './http/routes.ts';
import type { SandboxSeed } from './state/seed.ts';
import { Service } from './http/service.ts';
import { loadState, stateError, StateKeeper } from './state/state-file.ts';
import { Store } from './state/store.ts';
import { controlOf, seedUser, storeToSeed, type TenantControl } from './tenant-control.ts';
import type { Tenant } from './state/tenant.ts';
import { Tokens, type Credentials } from './state/tokens.ts';

export interface SandboxOptions {
  /** Default 0: a free one. */
  readonly port?: number | undefined;
  /** A file to load the tenant from, if it exists, and to keep it in. */
  readonly state?: string | undefined;
  /** The tenant to begin with where there is no state file yet. */
  readonly seed?: SandboxSeed | undefined;
  /** Users and groups to add wherever the tenant lacks them, whatever it begins with. */
  readonly ensure?: SandboxSeed | undefined;
  /** `read`: the state file is loaded if it exists, and never written. Default `keep`. */
  readonly stateAccess?: 'keep' | 'read' | undefined;
  /** How the questions that the vendor leaves open are answered; the rest by `defaultReadings`. */
  readonly readings?: Partial<Readings> | undefined;
  /** Milliseconds since 1970 UTC; default `Date.now`. */
  readonly clock?: (() => number) | undefined;
  /** Of the API application's role; default every one that some call needs. */
  readonly permissions?: readonly string[] | undefined;
  /** Names of groups: limits the role to their users. */
  readonly visibleGroups?: readonly string[] | undefined;
  /** Default 900, as in the vendor's samples. */
  readonly tokenLifetimeSeconds?: number | undefined;
  /** Default: the state's or the seed's, else 5. */
  readonly maxFacesPerUser?: number | undefined;
  /** 1 to 100: the server's own cap on a page; default 100. */
  readonly pageSizeMax?: number | undefined;
  /** Beyond it the tenant answers 429; default no limit. Real time, not the tenant's. */
  readonly requestsPerSecond?: number | undefined;
  /** What a 429 or 503 says; default seconds. */
  readonly retryAfter?: RetryAfter | undefined;
  /** Waited before each answer, after the call has been carried out; default 0. */
  readonly latencyMs?: number | undefined;
  /** Operations whose paths the tenant lacks, as an older one may lack the second create. */
  readonly lacks?: readonly OperationName[] | undefined;
  /** Default: the state's or the seed's, else random. */
  readonly credentials?: Credentials | undefined;
}

/** A running tenant. */
export interface Sandbox extends Credentials {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** For tests and demonstrations: what no API client could do. */
  readonly tenant: TenantControl;
  /** What `ensure` has added to the tenant of a state file; empty where there was none yet. */
  readonly filledIn: FilledIn;
  /**
   * Ends open connections and writes what is not yet saved.
   *
   * @throws SandboxStateError where that fails; the server is down all the same.
   */
  close(): Promise<void>;
}

/**
 * Starts a tenant on 127.0.0.1.
 *
 * @throws SandboxStateError where the state file is no good; SeedProblem where the seed is not; the system's error
 * where the port cannot be had.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { state, clock = Date.now, retryAfter = 'seconds', latencyMs = 0 } = options;
  const loaded = state === undefined ? undefined : await loadState(state);
  const seed = loaded ?? options.seed ?? {};
  const clockwork = movableClock(clock, seed.clockOffset ?? 0);
  const tenant = { ...rulesOf(options, seed), now: clockwork.now, store: new Store(seed.facesCreated ?? 0) };
  const { asLoaded, filledIn } = furnish(tenant, options, loaded);
  const toSeed = (): SandboxSeed => ({
    ...tenant.credentials,
    clockOffset: clockwork.offset(),
    maxFacesPerUser: tenant.maxFacesPerUser,
    ...storeToSeed(tenant),
  });
  const save = saverFor(options, toSeed);
  const { changed, begin, saveChanges } = keep(tenant.store, save, asLoaded);
  await begin();
  const gate = new RateGate(options.requestsPerSecond);
  const parts = { tenant, faults: new FaultScript(), log: new RequestLog() };
  const service = new Service({ ...parts, gate, retryAfter, wallClock: clock });
  const server = await listen(options.port ?? 0, {
    respond: (incoming) => service.respond(incoming),
    saved: afterChanges(tenant.store, save),
    latencyMs,
    now: tenant.now,
  });
  const { advance } = clockwork;
  const peakConcurrency = () => server.peakConcurrency();
  return {
    url: `http://127.0.0.1:${server.port}`,
    ...tenant.credentials,
    filledIn,
    tenant: controlOf({ ...parts, toSeed, advance, peakConcurrency, changed }),
    close: async () => {
      await server.close();
      await saveChanges();
    },
  };
}

/** All of the tenant that stays as it is while it runs. */
function rulesOf(options: SandboxOptions, seed: SandboxSeed): Omit<Tenant, 'store' | 'now'> {
  const { tokenLifetimeSeconds = 900, pageSizeMax = 100, permissions = allPermissions, visibleGroups } = options;
  return {
    readings: { ...defaultReadings, ...options.readings },
    credentials: credentialsOf(options, seed),
    tokens: new Tokens(),
    tokenLifetimeMs: tokenLifetimeSeconds * 1000,
    maxFacesPerUser: options.maxFacesPerUser ?? seed.maxFacesPerUser ?? 5,
    pageSizeMax,
    lacks: new Set(options.lacks),
    permissions: new Set(permissions),
    visibleGroups: visibleGroups && new Set(visibleGroups),
  };
}

function credentialsOf({ credentials }: SandboxOptions, seed: SandboxSeed): Credentials {
  return {
    applicationId: credentials?.applicationId ?? seed.applicationId ?? randomUUID(),
    sharedSecret: credentials?.sharedSecret ?? seed.sharedSecret ?? randomBytes(24).toString('base64url'),
  };
}

function movableClock(clock: () => number, start: number) {
  let offset = start;
  return {
    now: () => clock() + offset,
    offset: () => offset,
    advance: (ms: number) => {
      offset += ms;
    },
  };
}

/** Puts in what the state has, or the seed, and what is missing of what must be there. */
function furnish(
  tenant: Pick<Tenant, 'store' | 'now'>,
  { state, seed = {}, ensure }: SandboxOptions,
  loaded: SandboxSeed | undefined,
): { readonly asLoaded: number | undefined; readonly filledIn: FilledIn } {
  populate(tenant, loaded ?? seed, loaded && state);
  const { version } = tenant.store;
  const filledIn = fillIn(tenant.store, ensure);
  // Nobody is surprised that a new tenant has what was asked for.
  return loaded ? { asLoaded: version, filledIn } : { asLoaded: undefined, filledIn: { users: [], members: [] } };
}

/** @param stateFile where the seed comes from, to be named if it is no good. */
function populate(
  tenant: Pick<Tenant, 'store' | 'now'>,
  { groups = [], users = [] }: SandboxSeed,
  stateFile: string | undefined,
): void {
  try {
    for (const group of groups) tenant.store.addGroup(group);
    for (const user of users) seedUser(tenant, user);
  } catch (error) {
    throw stateFile === undefined ? error : stateError(stateFile, error);
  }
}

/** Saves the tenant to the file; without a file to write there is nothing to do. */
function saverFor({ state, stateAccess }: SandboxOptions, toSeed: () => SandboxSeed): () => Promise<void> {
  if (state === undefined || stateAccess === 'read') return () => Promise.resolve();
  const keeper = new StateKeeper(state, toSeed);
  return () => keeper.save();
}

/**
 * A file that nothing has changed is left as it is: those who only read do not write it either.
 *
 * @param asLoaded version of the store that the file holds; undefined where there is no file yet.
 */
function keep(store: Store, save: () => Promise<void>, asLoaded: number | undefined) {
  const atStart = store.version;
  let isTouched = false;
  return {
    begin: async () => {
      if (asLoaded !== atStart) await save();
    },
    changed: () => {
      isTouched = true;
      // A save that fails here shows when the sandbox is closed, which saves once more.
      void save().catch(() => undefined);
    },
    saveChanges: async () => {
      if (isTouched || store.version !== atStart) await save();
    },
  };
}

/** Waits until what the calls so far have changed is saved; where they changed nothing there is nothing to wait for. */
function afterChanges(store: Store, save: () => Promise<void>): () => Promise<void> {
  let saved = store.version;
  return async () => {
    const { version } = store;
    if (saved === version) return;
    await save();
    saved = Math.max(saved, version);
  };
}
