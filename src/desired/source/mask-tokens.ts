/** What JSON looks like in Base64, as encrypted tokens do; and any Base64 too long to be something else. */
const tokenLike = /eyJ[\w+/=.-]{6,}|[A-Za-z0-9+/]{64,}={0,2}/g;

/** Puts stars over what may be a token, character by character, so that no offset moves. */
export function maskTokens(text: string): string {
  return text.replace(tokenLike, (token) => '*'.repeat(token.length));
}
