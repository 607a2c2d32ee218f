import { LocalError } from '../../model/failure.ts';
import { isLoopback } from './address.ts';

/** Whether TLS connections need a certificate that Node.js trusts. `skip` is for a tenant on this machine only. */
export type CertificateCheck = 'demand' | 'skip';

/** Whether Node.js would accept any certificate. No other value of the variable does that. */
export function acceptsAnyCertificate(environment: Readonly<Record<string, string | undefined>>): boolean {
  return environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0';
}

/**
 * Options for `tls.connect`. They are always explicit: without them the environment decides.
 *
 * @throws LocalError where the check is skipped for another machine.
 */
export function tlsOptions(origin: URL, check: CertificateCheck): { readonly rejectUnauthorized: boolean } {
  if (check === 'demand') return { rejectUnauthorized: true };
  if (isLoopback(origin)) return { rejectUnauthorized: false };
  throw new LocalError(`the certificate of ${origin.host} must be checked`);
}
