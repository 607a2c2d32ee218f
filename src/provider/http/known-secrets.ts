import { Secret } from '../../model/values/secret.ts';

/** Shorter secrets are not looked for: they would be found everywhere. So would shorter pieces of an encoding. */
const shortest = 6;
const shortestEncoded = 8;

/** A longer secret is recognized by two pieces of it, its end and its middle; a text may cut off the rest. */
const pieceLength = 48;
/** Characters of a window; a longer form of a piece is recognized by the one in its middle. */
const width = 24;
/** How many windows the filter tells apart; it spares most positions of a text a look into the set. */
const filterBits = 16;

/**
 * The secrets of a session, to keep what comes from outside from repeating them: a tenant, a proxy or a gateway may
 * echo a header or a body. They are found in any letter case, and encoded as Base64, for a URL, in JSON, HTML or hex.
 *
 * Long ones are kept as hashes of windows, so that a hundred thousand tokens cost neither their memory nor, for each
 * text, more than one pass.
 *
 * @see Rabin and Karp, Efficient randomized pattern-matching algorithms, 1987.
 */
export class KnownSecrets {
  /** Those of requests, which come again with each try. */
  readonly #added = new WeakSet<Secret>();
  readonly #short = new Set<string>();
  readonly #windows = new Set<number>();
  readonly #filter = new Filter();

  add(secret: Secret): void {
    if (this.#added.has(secret)) return;
    this.#added.add(secret);
    for (const sample of samplesOf(secret)) this.#addSample(sample);
  }

  /** Whether a text shows a secret. */
  areIn(text: string): boolean {
    const lower = text.toLowerCase();
    for (const form of this.#short) if (lower.includes(form)) return true;
    return this.#windows.size > 0 && this.#hasWindow(lower);
  }

  /** Whether some text within a decoded value does. A Secret shows nothing. */
  areWithin(value: unknown): boolean {
    return someText(value, (text) => this.areIn(text));
  }

  /**
   * Whether a decoded answer shows one; those that it brings along are known from now on. The text as a whole is
   * looked at first, which is the cheaper. It may spell a secret with escapes, and have one in a property that nobody
   * reads.
   */
  areEchoed(decoded: unknown, text: string): boolean {
    if ((text.includes('\\') || this.areIn(text)) && this.areWithin(decoded)) return true;
    if (typeof decoded !== 'object' || decoded === null) return false;
    for (const each of Object.values(decoded)) if (each instanceof Secret) this.#addUnlessShown(each, decoded);
    return false;
  }

  /** An activation URL may contain the id of its face, which is no secret and will be read again. */
  #addUnlessShown(secret: Secret, decoded: unknown): void {
    const samples = samplesOf(secret);
    const shows = (text: string): boolean => {
      const lower = text.toLowerCase();
      return samples.some((sample) => lower.includes(sample));
    };
    if (!someText(decoded, shows)) for (const sample of samples) this.#addSample(sample);
  }

  #addSample(sample: string): void {
    if (sample.length < width) {
      this.#short.add(sample);
      return;
    }
    const hash = hashOf(sample, 0, base);
    this.#filter.add(hash);
    this.#windows.add(keyOf(hash, sample, 0));
  }

  #hasWindow(text: string): boolean {
    if (text.length < width) return false;
    let hash = hashOf(text, 0, base);
    for (let end = width; ; end += 1) {
      if (this.#filter.mayHave(hash) && this.#windows.has(keyOf(hash, text, end - width))) return true;
      if (end >= text.length) return false;
      hash = Math.imul(hash - Math.imul(text.charCodeAt(end - width), highest), base) + text.charCodeAt(end);
    }
  }
}

/** A bit for each value that the first bits of a hash may have: eight kilobytes, which stay in the cache. */
class Filter {
  readonly #bits = new Int32Array(2 ** (filterBits - 5));

  add(hash: number): void {
    const bit = hash >>> (32 - filterBits);
    this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | (1 << bit);
  }

  mayHave(hash: number): boolean {
    const bit = hash >>> (32 - filterBits);
    return (((this.#bits[bit >>> 5] ?? 0) >>> bit) & 1) === 1;
  }
}

/** Whether a text within a decoded value passes the test. A Secret shows nothing. */
function someText(value: unknown, test: (text: string) => boolean): boolean {
  if (typeof value === 'string') return test(value);
  if (Array.isArray(value)) return value.some((each) => someText(each, test));
  if (typeof value !== 'object' || value === null || value instanceof Secret) return false;
  return Object.values(value).some((each) => someText(each, test));
}

const base = 0x01_00_01_93;
const otherBase = 0x5b_d1_e9_95;
/** What the first character of a window is multiplied with. */
const highest = Array.from({ length: width - 1 }).reduce((power: number) => Math.imul(power, base), 1);

/** A whole number whose last 32 bits are the hash of the window. */
function hashOf(text: string, start: number, multiplier: number): number {
  let hash = 0;
  for (let at = start; at < start + width; at += 1) hash = Math.imul(hash, multiplier) + text.charCodeAt(at);
  return hash;
}

/** Two hashes in the 53 bits of a number: no two windows of all the texts of a run share it by chance. */
function keyOf(hash: number, text: string, start: number): number {
  return (hash >>> 0) * 2 ** 21 + (hashOf(text, start, otherBase) >>> 11);
}

/** Texts that give the secret away, in lower case: short forms whole, of the others the window in the middle. */
function samplesOf(secret: Secret): readonly string[] {
  return piecesOf(secret.reveal())
    .flatMap(formsOf)
    .map((form) => {
      const start = Math.max(0, Math.floor((form.length - width) / 2));
      return form.slice(start, start + width);
    });
}

function piecesOf(secret: string): readonly string[] {
  if (secret.length < shortest) return [];
  if (secret.length <= pieceLength) return [secret];
  const middle = Math.floor((secret.length - pieceLength) / 2);
  return [secret.slice(middle, middle + pieceLength), secret.slice(-pieceLength)];
}

/** In lower case, as they are searched for. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const whole = bytes.toString();
  const inUrl = encodeURIComponent(whole);
  const inJson = JSON.stringify(whole).slice(1, -1);
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const codes = Array.from(whole, (character) => character.codePointAt(0) ?? 0);
  const hexCodes = codes.map((code) => code.toString(16));
  const encoded = [
    inUrl,
    new URLSearchParams([['', whole]]).toString().slice(1),
    `%${pairs.join('%')}`,
    inJson,
    inJson.replaceAll('/', '\\/'),
    whole.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
    whole.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    `&#${codes.join(';&#')};`,
    `&#x${hexCodes.join(';&#x')};`,
    `\\u${hexCodes.map((code) => code.padStart(4, '0')).join('\\u')}`,
    pairs.join(''),
    ...[' ', ':', '-'].map((between) => pairs.join(between)),
    ...[0, 1, 2].flatMap((shift) => insideBase64(bytes, shift)),
  ].filter(({ length }) => length >= shortestEncoded);
  // Many are the same where a secret is letters and digits.
  return [...new Set([whole, ...encoded].map((form) => form.toLowerCase()))];
}

/** The letters that are the same whatever stands before and after the secret. */
function insideBase64(bytes: Buffer, shift: number): readonly string[] {
  const shifted = Buffer.concat([Buffer.alloc(shift), bytes]);
  const whole = shifted.subarray(0, shifted.length - (shifted.length % 3));
  const letters = whole.toString('base64').slice(shift === 0 ? 0 : 4);
  return [letters, letters.replaceAll('+', '-').replaceAll('/', '_')];
}
