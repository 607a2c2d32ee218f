/**
 * The secrets that show in a text, in any form in which they might: plain, base64 (also inside a longer run of it),
 * URL-encoded, JSON-escaped, and in hex.
 */
export function findLeaks(text: string, secrets: readonly string[]): readonly string[] {
  return secrets.filter((secret) => formsOf(secret).some((form) => text.includes(form)));
}

function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'),
    ...[0, 1, 2].flatMap((shift) => insideBase64(bytes, shift)),
  ];
}

/** The letters of the base64 form that are the same whatever stands before and after the secret. */
function insideBase64(bytes: Buffer, shift: number): readonly string[] {
  const shifted = Buffer.concat([Buffer.alloc(shift), bytes]);
  const whole = shifted.subarray(0, shifted.length - (shifted.length % 3));
  const letters = whole.toString('base64').slice(shift === 0 ? 0 : 4);
  return [letters, letters.replaceAll('+', '-').replaceAll('/', '_')];
}
