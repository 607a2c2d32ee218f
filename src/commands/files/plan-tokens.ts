import { Findings, readToken, refuseTarget, type TokenBounds, type TokenRequest } from '../../desired/index.ts';
import type { TokenSource } from '../../model/enrollment.ts';
import { rangeAt } from '../../model/place.ts';
import { isCreating, type Plan } from '../../model/plan.ts';
import { Secret } from '../../model/values/secret.ts';
import { LocalError } from '../../model/failure.ts';
import { InputError } from '../process/command-error.ts';
import type { Surroundings } from '../process/io.ts';
import { tokenVariables } from './token-variables.ts';

/**
 * Judges where a saved plan would read tokens: its digest holds for everybody who can compute one, so that a plan may ask
 * for any variable or file.
 *
 * @throws InputError with one error for each change whose token may not be read, at most a thousand.
 */
export async function demandPermittedTokens({ changes }: Plan, io: Surroundings): Promise<void> {
  const request = requestFor('working directory', io);
  const findings = new Findings();
  for (const change of changes) {
    if (!isCreating(change) || change.create.flow !== 'token') continue;
    const refused = await refuseTarget(change.create.token, request);
    if (refused === undefined) continue;
    const { place } = change;
    findings.add('error', () => ({
      severity: 'error',
      ...refused,
      range: place && rangeAt(place),
    }));
  }
  if (findings.hasErrors) throw new InputError(findings.end().diagnostics);
}

/** Reads tokens as they are sent; each is judged once more, since links may change. It throws a LocalError where one cannot be read. */
export function tokenReader(bounds: TokenBounds, io: Surroundings): (source: TokenSource) => Promise<Secret> {
  const request = requestFor(bounds, io);
  return async (source) => {
    const token = await readToken(source, request);
    if (token instanceof Secret) return token;
    throw new LocalError(`${token.summary}. ${token.detail}`);
  };
}

function requestFor(bounds: TokenBounds, io: Surroundings): TokenRequest {
  const { workingDirectory, environment } = io;
  return { workingDirectory, environment, tokenVariables: tokenVariables(io), bounds };
}
