import { acceptsAnyCertificate, isLoopbackUrl, type ConnectRequest } from '../../provider/index.ts';
import { CommandError } from '../process/command-error.ts';
import type { Io } from '../process/io.ts';
import type { TenantOptions } from '../process/options.ts';

/**
 * Decides whether the tenant's certificate is checked.
 *
 * @throws CommandError where Node.js is told to accept any certificate, or the flag is given for another machine: with
 *   no check, whoever stands in between reads the credentials.
 */
export function certificateCheck(
  url: string,
  { insecureSkipTlsVerify }: Pick<TenantOptions, 'insecureSkipTlsVerify'>,
  { environment }: Io,
): Pick<ConnectRequest, 'certificates'> {
  if (insecureSkipTlsVerify === true) {
    if (isLoopbackUrl(url)) return { certificates: 'skip' };
    throw new CommandError(
      '--insecure-skip-tls-verify works for this machine only',
      'Remove it, or call localhost, 127.0.0.1 or [::1]. To trust a CA of your own, set NODE_EXTRA_CA_CERTS to its certificate.',
    );
  }
  if (!acceptsAnyCertificate(environment)) return {};
  throw new CommandError(
    'NODE_TLS_REJECT_UNAUTHORIZED=0 is not accepted with credentials',
    'Unset it. To trust a CA of your own, set NODE_EXTRA_CA_CERTS to its certificate. ' +
      'For a tenant on this machine, pass --insecure-skip-tls-verify.',
  );
}
