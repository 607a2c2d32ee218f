import { errorCode } from '../../files/error-code.ts';
import type { Fault } from './errors.ts';

type NetworkRule = Pick<Fault, 'code' | 'processed' | 'passes' | 'laterRun'> & {
  readonly say: (host: string) => string;
};

const notSent = { code: 'unreachable', processed: 'no' } as const;
const lost = { processed: 'maybe', passes: 'with-time' } as const;

/** By the `code` of the error that Node or undici gives. */
const rules: ReadonlyMap<string, NetworkRule> = new Map<string, NetworkRule>([
  [
    'ECONNREFUSED',
    {
      ...notSent,
      passes: 'with-time',
      say: (host) => `${host} refuses connections; is the port right, and is it running?`,
    },
  ],
  [
    'ENOTFOUND',
    // A mistake in the name, or a network without its DNS server, such as before a VPN is up: nobody can tell from here.
    {
      ...notSent,
      passes: 'never',
      laterRun: 'may succeed',
      say: (host) => `the name ${host} is not known (DNS); check the tenant URL and the network`,
    },
  ],
  [
    'EAI_AGAIN',
    {
      ...notSent,
      passes: 'with-time',
      say: (host) => `the name ${host} could not be looked up (DNS); check the network`,
    },
  ],
  ['EHOSTUNREACH', { ...notSent, passes: 'with-time', say: (host) => `no route to ${host}; check the network` }],
  ['ENETUNREACH', { ...notSent, passes: 'with-time', say: (host) => `no route to ${host}; check the network` }],
  [
    'UND_ERR_CONNECT_TIMEOUT',
    {
      code: 'timeout',
      processed: 'no',
      passes: 'with-time',
      say: (host) => `connecting to ${host} took too long; check the network, the proxy and the firewall`,
    },
  ],
  [
    'UND_ERR_HEADERS_TIMEOUT',
    { code: 'timeout', ...lost, say: (host) => `${host} took the call and did not answer in time` },
  ],
  [
    'UND_ERR_BODY_TIMEOUT',
    { code: 'timeout', ...lost, say: (host) => `${host} began an answer and did not end it in time` },
  ],
  [
    'ANSWER_DEADLINE',
    { code: 'timeout', ...lost, say: (host) => `${host} answers so slowly that its answer was not awaited` },
  ],
  [
    'UND_ERR_RES_EXCEEDED_MAX_SIZE',
    {
      code: 'wrong-shape',
      processed: 'maybe',
      passes: 'never',
      say: (host) => `${host} gave an answer larger than any that is expected`,
    },
  ],
  [
    'UND_ERR_ABORTED',
    {
      ...notSent,
      passes: 'never',
      say: (host) => `the proxy would not connect to ${host}; check HTTPS_PROXY and its credentials`,
    },
  ],
  [
    'UND_ERR_DESTROYED',
    { code: 'unreachable', processed: 'maybe', passes: 'never', say: (host) => `the session with ${host} was closed` },
  ],
  ['UND_ERR_CLOSED', { ...notSent, passes: 'never', say: (host) => `the session with ${host} was closed` }],
]);

/** OpenSSL's and Node's codes for a handshake that failed; nothing is sent before it ends. */
const tls =
  /^(?:ERR_SSL_|ERR_TLS_|CERT_|EPROTO$|UND_ERR_PRX_TLS$|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CRL_|HOSTNAME_MISMATCH|INVALID_CA)/;

/**
 * Names what an error of the HTTP library means. Its own text is not repeated.
 *
 * @param host the tenant's host, with the port where it is not the usual one.
 */
export function networkFault(error: unknown, host: string): Fault {
  const reason = errorCode(error) ?? 'no code';
  const { say, ...rest } = isAfterSending(error) ? broken : (rules.get(reason) ?? fallback(reason));
  return { ...rest, refusal: { message: `${say(host)} (${reason})` } };
}

const broken: NetworkRule = {
  code: 'unreachable',
  ...lost,
  say: (host) => `the connection to ${host} broke before the answer was complete`,
};

/** The same code may come from connecting, before anything is sent, or from a connection in use. */
function isAfterSending(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('syscall' in error)) return false;
  return error.syscall === 'read' || error.syscall === 'write';
}

function fallback(reason: string): NetworkRule {
  if (tls.test(reason)) {
    const say = (host: string): string =>
      `no secure connection to ${host}: its certificate or TLS is not accepted; check the URL, or set NODE_EXTRA_CA_CERTS`;
    return { ...notSent, passes: 'never', say };
  }
  return broken;
}
