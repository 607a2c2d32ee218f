import type { UpdatableName } from '../model/attributes.ts';
import { usualCreateApi, type CreateApi } from '../model/enrollment.ts';
import { given, type Spelled } from '../model/values/given.ts';
import { dateOf } from '../model/instant.ts';
import { Secret } from '../model/values/secret.ts';
import type {
  Deletion,
  DeleteRequest,
  TenantReader,
  TenantResender,
  TenantWriter,
  UpdateRequest,
} from '../model/tenant.ts';
import { parseOrigin, proxyPassword } from './http/address.ts';
import type { CertificateCheck } from './http/certificates.ts';
import { Client } from './http/client.ts';
import type { OnWrite, TraceLine } from './http/observed-calls.ts';
import type { Clock } from './pace/clock.ts';
import { isDeletedByLostTry, isGone } from './http/errors.ts';
import type { FaceUpdateParms } from './generated/face-api.generated.ts';
import { createExactlyOnce } from './faces/exactly-once.ts';
import { deleteFace, sendFaceActivationEmail, updateFace } from './faces/face-calls.ts';
import { readFaceSettings } from './faces/face-settings.ts';
import { readFaces } from './faces/faces.ts';
import { readOperations, resendOperations, writeOperations, type OperationName } from './operations.ts';
import { readProfile } from './users/profile.ts';
import { readEverybody, readLive } from './read-live.ts';
import { readTouched } from './read-touched.ts';
import { fetchTransport, type Fetch } from './http/fetch-transport.ts';
import { openTransport, type OnHeaders, type ProxySettings } from './http/transport.ts';
import { wireLimits, type WireLimits } from './http/wire.ts';

export interface ConnectRequest {
  /** `https://…`; `http` only for loopback. */
  readonly url: string;
  readonly applicationId: string;
  readonly sharedSecret: Secret;
  /** Requests in flight at most. */
  readonly concurrency: number;
  readonly requestsPerSecond: number;
  /** The create that a writer uses; v2 where it is missing. */
  readonly createApi?: CreateApi | undefined;
  readonly clock: Clock;
  /** 0 to 1, to spread repeated calls. */
  readonly random: () => number;
  readonly onTrace?: ((line: TraceLine) => void) | undefined;
  readonly onWrite?: OnWrite | undefined;
  readonly proxy?: ProxySettings | undefined;
  /** `demand` where it is missing. */
  readonly certificates?: CertificateCheck | undefined;
  readonly onHeaders?: OnHeaders | undefined;
  /** Of one call; six where it is missing. */
  readonly tries?: number | undefined;
  /** How long the tenant may keep the session waiting; ten minutes where it is missing. */
  readonly maxWaitMs?: number | undefined;
  /** Others than the usual ones. */
  readonly limits?: Partial<WireLimits> | undefined;
  /** Exchanges requests for answers in place of HTTP; `proxy`, `certificates` and `onHeaders` are then of no effect. */
  readonly fetch?: Fetch | undefined;
}

/** Requests in flight, and requests a second, where nobody says otherwise. The vendor documents no limit. */
export const usualPace = { concurrency: 8, requestsPerSecond: 20 } as const;

/** A tenant to talk to until it is closed. Nothing is sent before the first call. */
export interface Session<T> {
  readonly tenant: T;
  /** Breaks what is still in flight or waiting. */
  close(): Promise<void>;
  /** Calls that were throttled and sent again. */
  retried(): number;
  /** Why nothing is sent any more, where the tenant keeps the session waiting for too long. */
  stopped(): string | undefined;
}

/**
 * A session that cannot write: its client has no such method, and its transport lets only reads through.
 *
 * @throws LocalError where the URL is none to send credentials to.
 */
export function connectReader(request: ConnectRequest): Session<TenantReader> {
  const client = openClient(request, readOperations);
  return session(client, readerOf(client));
}

/** @throws LocalError where the URL is none to send credentials to. */
export function connectWriter(request: ConnectRequest): Session<TenantWriter> {
  const { createApi = usualCreateApi } = request;
  const client = openClient(request, writeOperations[createApi]);
  return session(client, {
    ...readerOf(client),
    createFace: (create) => createExactlyOnce(client, create, createApi),
    updateFace: (request) => update(client, request),
    deleteFace: (gone) => deleteUnlessGone(client, gone),
  });
}

/**
 * A session that can write nothing, but send activation e-mails again.
 *
 * @throws LocalError where the URL is none to send credentials to.
 */
export function connectResender(request: ConnectRequest): Session<TenantResender> {
  const client = openClient(request, resendOperations);
  return session(client, {
    ...readerOf(client),
    resendActivation: ({ key, id }) => sendFaceActivationEmail(client, id, key),
  });
}

/** The client under a session, for what no port names. */
export function openClient(request: ConnectRequest, allowed: ReadonlySet<OperationName>): Client {
  const origin = parseOrigin(request.url);
  const { applicationId, sharedSecret, concurrency, requestsPerSecond, clock, random } = request;
  const { certificates = 'demand', proxy, onHeaders } = request;
  const limits = { ...wireLimits, ...request.limits };
  const wire = { origin, connections: concurrency, allowed, limits };
  const transport =
    request.fetch === undefined
      ? openTransport({ ...wire, certificates, proxy, onHeaders })
      : fetchTransport(request.fetch, wire);
  const onWrite = request.onWrite ?? (() => Promise.resolve(() => undefined));
  const settings = {
    applicationId,
    sharedSecret,
    concurrency,
    requestsPerSecond,
    clock,
    random,
    onWrite,
    onTrace: request.onTrace,
    tries: request.tries,
    maxWaitMs: request.maxWaitMs,
    listingPages: limits.listingPages,
  };
  const client = new Client({ ...settings, host: origin.host, transport });
  client.secrets.add(new Secret(proxyPassword(proxy?.https ?? '') ?? ''));
  return client;
}

export function session<T>(client: Client, tenant: T): Session<T> {
  return { tenant, close: () => client.close(), retried: () => client.retried(), stopped: () => client.stopped() };
}

function readerOf(client: Client): TenantReader {
  return {
    readLive: (request) => readLive(client, request),
    readTouched: (request) => readTouched(client, request),
    readEverybody: (request) => readEverybody(client, request),
    readProfile: (request) => readProfile(client, request),
    readFaces: (uuid) => readFaces(client, uuid),
    readFaceSettings: (uuids, onProgress) => readFaceSettings(client, uuids, onProgress),
  };
}

/** All properties are always sent: right whether the vendor merges them or replaces the face's. */
async function update(client: Client, { key, uuid, id, status, expiry }: UpdateRequest): Promise<void> {
  const updated: Spelled<Pick<FaceUpdateParms, UpdatableName>> = {
    status,
    expiry: expiry === undefined ? undefined : dateOf(expiry),
  };
  await updateFace(client, uuid, given<FaceUpdateParms>({ id, ...updated }), key);
}

async function deleteUnlessGone(client: Client, { key, id, purpose }: DeleteRequest): Promise<Deletion> {
  try {
    await deleteFace(client, id, { key, purpose });
    return 'deleted';
  } catch (error) {
    if (!isGone(error)) throw error;
    return isDeletedByLostTry(error) ? 'deleted' : 'gone';
  }
}
