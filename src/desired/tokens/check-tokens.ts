import type { Severity } from '../../model/diagnostic.ts';
import type { TokenSource } from '../../model/enrollment.ts';
import { Secret } from '../../model/values/secret.ts';
import type { Placed } from '../entries/build-entry.ts';
import type { Findings } from '../entries/findings.ts';
import type { Words } from '../source/source-file.ts';
import { readToken, type TokenRequest } from './read-token.ts';
import { refuseSource, type SourceRequest } from './token-source.ts';

export interface TokenEntry extends Placed {
  readonly token: TokenSource;
}

export function tokenEntries(placed: readonly Placed[]): readonly TokenEntry[] {
  return placed.flatMap((entry) => {
    const { enrollment } = entry;
    if (enrollment.state === 'absent' || enrollment.face.flow !== 'token') return [];
    return [{ ...entry, token: enrollment.face.token }];
  });
}

/** Judges where the tokens come from, without a look at them. */
export function checkSources(entries: readonly TokenEntry[], request: SourceRequest, findings: Findings): void {
  for (const entry of entries) tell(entry, refuseSource(entry.token, request), findings);
}

/**
 * Reads each token, and keeps none. One after the other: thousands of files at once would be more than the system opens.
 *
 * @param missing what to make of a variable that is not set, or a file that is missing or unreadable here. What is there
 *   and no token, or must not be read, is always an error.
 */
export async function checkTokens(
  entries: readonly TokenEntry[],
  request: TokenRequest,
  missing: Severity,
  findings: Findings,
): Promise<void> {
  for (const entry of entries) {
    const found = await readToken(entry.token, request);
    if (found instanceof Secret) continue;
    const isMissing = found.code === 'UNSET_ENV' || found.code === 'UNREADABLE_FILE';
    tell(entry, isMissing && missing === 'warning' ? neededByApply(found) : found, findings);
  }
}

function neededByApply(words: Words): Words {
  return { ...words, severity: 'warning', detail: `${words.detail} The apply needs it.` };
}

function tell({ parsed, index }: TokenEntry, words: Words | undefined, findings: Findings): void {
  if (words !== undefined) findings.tell(parsed, words, ['enrollments', index, 'token']);
}
