import { objectBody, requiredText } from '../rules/body.ts';
import type { Call } from '../rules/call.ts';
import { writeInstant } from '../state/instant.ts';
import { Refusal } from '../rules/refusal.ts';

/** `authenticateAdminApiUsingPOST` */
export function authenticate({ tenant, body }: Call): unknown {
  const parms = objectBody(body);
  const { applicationId, sharedSecret } = tenant.credentials;
  if (requiredText(parms, 'applicationId') !== applicationId || requiredText(parms, 'sharedSecret') !== sharedSecret) {
    throw new Refusal(401, 'invalid_credentials', 'The application ID or the shared secret is not right.');
  }
  const now = tenant.now();
  const expiry = now + tenant.tokenLifetimeMs;
  const { dates } = tenant.readings;
  return {
    authToken: tenant.tokens.issue(expiry),
    creationTime: writeInstant(now, dates),
    expirationTime: writeInstant(expiry, dates),
  };
}

/** `getGeneralSettingsUsingGET`, cut to the member that matters for faces. */
export function getGeneralSettings({ tenant }: Call): unknown {
  return { maxFacesPerUser: tenant.maxFacesPerUser };
}
