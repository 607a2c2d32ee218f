import { setTimeout as sleep } from 'node:timers/promises';
import { readRegularSync } from '../files/read-regular.ts';
import { Secret } from '../model/values/secret.ts';
import { LocalError } from '../model/failure.ts';
import {
  acceptsAnyCertificate,
  openClient,
  parseCredentials,
  proxyFrom,
  usualPace,
  type Client,
  type Clock,
  type Fetch,
  type OperationName,
} from '../provider/index.ts';

/** The tenant and how to talk to it. */
export type FaceApiOptions = TenantAccess & {
  /** Requests in flight at most. Default 8. */
  readonly concurrency?: number | undefined;
  /** Requests started a second. Default 20. */
  readonly requestsPerSecond?: number | undefined;
  /** Exchanges requests for answers in place of HTTP, in tests. The credentials go through it. */
  readonly fetch?: Fetch | undefined;
  /** Closes the `FaceApi` when it is aborted. */
  readonly signal?: AbortSignal | undefined;
};

type TenantAccess =
  | {
      /** `https://NAME.REGION.trustedauth.com`; `http` only for loopback. */
      readonly tenant: string;
      readonly applicationId: string;
      readonly sharedSecret: Secret | string;
      readonly credentials?: undefined;
    }
  | {
      /** Default: the host name in the credentials file. */
      readonly tenant?: string | undefined;
      /** Path of the credentials JSON downloaded from the IDaaS portal. */
      readonly credentials: string;
      readonly applicationId?: undefined;
      readonly sharedSecret?: undefined;
    };

/** @throws TypeError where the tenant URL or the credentials cannot be used. */
export function openFaceClient(options: FaceApiOptions, allowed: ReadonlySet<OperationName>): Client {
  const { concurrency = usualPace.concurrency, requestsPerSecond = usualPace.requestsPerSecond, fetch } = options;
  if (!Number.isInteger(concurrency) || concurrency < 1) throw new TypeError('concurrency must be a positive integer');
  if (!(requestsPerSecond > 0)) throw new TypeError('requestsPerSecond must be a positive number');
  demandKnown(options);
  if (acceptsAnyCertificate(process.env)) {
    throw new TypeError('NODE_TLS_REJECT_UNAUTHORIZED=0 is not accepted with credentials: unset it');
  }
  const request = {
    fetch,
    concurrency,
    requestsPerSecond,
    clock,
    random: () => Math.random(),
    ...proxyFrom(process.env),
  };
  try {
    return openClient({ ...accessOf(options), ...request }, allowed);
  } catch (error) {
    if (error instanceof LocalError) throw new TypeError(error.message, { cause: error });
    throw error;
  }
}

const names: { readonly [K in keyof FaceApiOptions]-?: true } = {
  tenant: true,
  applicationId: true,
  sharedSecret: true,
  credentials: true,
  concurrency: true,
  requestsPerSecond: true,
  fetch: true,
  signal: true,
};

/** Arguments may come from plain JavaScript, where a misspelt name would be as if nothing was given. */
function demandKnown(options: FaceApiOptions): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(names, name));
  if (unknown !== undefined) throw new TypeError(`there is no option ${unknown}`);
  const { fetch, signal }: { readonly fetch?: unknown; readonly signal?: unknown } = options;
  if (fetch !== undefined && typeof fetch !== 'function') throw new TypeError('fetch must be a function');
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw new TypeError('signal must be an AbortSignal');
}

const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, signal && { signal }),
};

/** Bytes; the portal's file has a few hundred. */
const mostBytes = 1024 * 1024;

interface Access {
  readonly url: string;
  readonly applicationId: string;
  readonly sharedSecret: Secret;
}

function accessOf(options: TenantAccess): Access {
  const found = options.credentials === undefined ? undefined : readCredentials(options.credentials);
  const { applicationId, sharedSecret } = found ?? options;
  const url = options.tenant ?? found?.url;
  if (url === undefined) throw new TypeError(`the credentials file ${String(options.credentials)} names no tenant`);
  if (!isText(url)) throw new TypeError('tenant must be a URL');
  if (!isText(applicationId)) throw new TypeError('applicationId must be a non-empty string');
  if (sharedSecret instanceof Secret) return { url, applicationId, sharedSecret };
  if (!isText(sharedSecret)) throw new TypeError('sharedSecret must be a non-empty string or a Secret');
  return { url, applicationId, sharedSecret: new Secret(sharedSecret) };
}

/** Arguments may come from plain JavaScript. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function readCredentials(file: string): Omit<Access, 'url'> & { readonly url: string | undefined } {
  const parsed = parseCredentials(textOf(file));
  switch (parsed.parsed) {
    case 'whole':
      return parsed;
    case 'not-json':
      throw new TypeError(`the credentials file ${file} is not JSON`);
    case 'incomplete':
      throw new TypeError(`the credentials file ${file} lacks applicationId or sharedSecret`);
  }
}

function textOf(file: string): string {
  let bytes: ReturnType<typeof readRegularSync>;
  try {
    bytes = readRegularSync(file, mostBytes);
  } catch {
    throw new TypeError(`the credentials file ${file} cannot be read`);
  }
  if (typeof bytes === 'string') throw new TypeError(`the credentials file ${file} is ${bytes}`);
  return Buffer.from(bytes).toString('utf8');
}
