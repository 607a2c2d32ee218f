import { acceptsAnyCertificate, isLoopbackUrl, type ConnectRequest } from '../../provider/index.ts';
import { CommandError } from '../process/command-error.ts';
import type { Surroundings } from '../process/io.ts';
import type { TenantOptions } from '../process/options.ts';

const ownAuthority = 'To trust your own CA, set NODE_EXTRA_CA_CERTS to its certificate.';

/**
 * Decides whether the tenant's certificate is checked.
 *
 * @throws CommandError where Node.js is told to accept any certificate, or the flag is given for another machine: with
 *   no check, whoever stands in between reads the credentials.
 */
export function certificateCheck(
  url: string,
  { insecureSkipTlsVerify }: Pick<TenantOptions, 'insecureSkipTlsVerify'>,
  { environment }: Surroundings,
): Pick<ConnectRequest, 'certificates'> {
  if (insecureSkipTlsVerify === true) {
    if (isLoopbackUrl(url)) return { certificates: 'skip' };
    throw new CommandError(
      '--insecure-skip-tls-verify requires a tenant on localhost',
      `Remove it, or call localhost, 127.0.0.1 or [::1]. ${ownAuthority}`,
    );
  }
  if (!acceptsAnyCertificate(environment)) return {};
  throw new CommandError(
    'NODE_TLS_REJECT_UNAUTHORIZED=0 is not accepted with credentials',
    `Unset it. ${ownAuthority} For a tenant on localhost, pass --insecure-skip-tls-verify.`,
  );
}
