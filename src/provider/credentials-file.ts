import { Secret } from '../model/values/secret.ts';
import { isRecord } from './shape.ts';

/** Contents of a credentials file; the parser's own message is not kept, since it may quote the secret. */
export type ParsedCredentials =
  | {
      readonly parsed: 'whole';
      readonly applicationId: string;
      readonly sharedSecret: Secret;
      /** `https://` and the host name; undefined where the file has none. */
      readonly url: string | undefined;
    }
  | { readonly parsed: 'not-json' | 'incomplete' };

/** Reads the credentials JSON downloaded from the vendor's portal: applicationId, sharedSecret, hostname. */
export function parseCredentials(text: string): ParsedCredentials {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { parsed: 'not-json' };
  }
  const applicationId = textAt(value, 'applicationId');
  const sharedSecret = textAt(value, 'sharedSecret');
  const hostname = textAt(value, 'hostname');
  if (applicationId === undefined || sharedSecret === undefined) return { parsed: 'incomplete' };
  const url = hostname === undefined || hostname.includes('://') ? hostname : `https://${hostname}`;
  return { parsed: 'whole', applicationId, sharedSecret: new Secret(sharedSecret), url };
}

function textAt(value: unknown, name: string): string | undefined {
  const found = isRecord(value) ? value[name] : undefined;
  return typeof found === 'string' && found !== '' ? found : undefined;
}
