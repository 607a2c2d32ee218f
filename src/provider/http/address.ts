import { LocalError } from '../../model/failure.ts';

/**
 * Reads the tenant's URL.
 *
 * @returns its origin, such as `https://acme.us.trustedauth.com`.
 * @throws LocalError where it is no URL, holds more than an origin, or is `http` off loopback.
 */
export function parseOrigin(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !isHttp(url)) {
    throw new LocalError('the tenant URL is not an https URL; write it as https://<name>.<region>.trustedauth.com');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '' || url.pathname !== '/') {
    throw new LocalError(`the tenant URL may hold nothing but the host; write it as ${url.origin}`);
  }
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw new LocalError(`http would send the credentials in the clear to ${url.host}; write https://${url.host}`);
  }
  return url;
}

/** @throws LocalError, which does not repeat the text: it may hold a password. */
export function checkProxy(text: string): void {
  if (URL.canParse(text) && isHttp(new URL(text)) && proxyPassword(text) !== undefined) return;
  throw new LocalError('HTTPS_PROXY is not a URL; write it as http://HOST:PORT');
}

/** Empty where there is none; undefined where its percent signs are no encoding. */
export function proxyPassword(proxy: string): string | undefined {
  try {
    return decodeURIComponent(new URL(proxy).password);
  } catch {
    return undefined;
  }
}

/** Domain of every tenant, by the vendor's documents: `https://<name>.<region>.trustedauth.com`. */
const vendorDomain = '.trustedauth.com';

/** Whether the host is the vendor's or this machine. What is no http or https URL passes: `parseOrigin` refuses it. */
export function isVendorOrLoopback(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !isHttp(url)) return true;
  return url.hostname.endsWith(vendorDomain) || isLoopback(url);
}

function isHttp({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:';
}

/** 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(url: URL): boolean {
  return url.hostname === 'localhost' || url.hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(url.hostname);
}

/** The same for text that may not be a URL. */
export function isLoopbackUrl(text: string): boolean {
  return URL.canParse(text) && isLoopback(new URL(text));
}
