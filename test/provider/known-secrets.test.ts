import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/model/values/secret.ts';
import { lawRuns } from '../property-runs.ts';
import { KnownSecrets } from '../../src/provider/http/known-secrets.ts';

function knowing(...secrets: readonly string[]): KnownSecrets {
  const known = new KnownSecrets();
  for (const secret of secrets) known.add(new Secret(secret));
  return known;
}

const each = (secret: string, spell: (code: number) => string): string =>
  Array.from(secret, (character) => spell(character.charCodeAt(0))).join('');

const forms: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  'in capital letters': (secret) => secret.toUpperCase(),
  'in small letters': (secret) => secret.toLowerCase(),
  'in Base64': (secret) => Buffer.from(secret).toString('base64'),
  'in Base64 of a longer text': (secret) => Buffer.from(`{"x":"Bearer ${secret}","y":1}`).toString('base64'),
  'in Base64url': (secret) => Buffer.from(`app:${secret}`).toString('base64url'),
  'in a URL': (secret) => encodeURIComponent(secret),
  'in a form': (secret) => new URLSearchParams({ secret }).toString(),
  'in a URL, each character escaped': (secret) => Buffer.from(secret).toString('hex').replace(/../g, '%$&'),
  'in JSON': (secret) => JSON.stringify(secret),
  'in JSON with escaped slashes': (secret) => JSON.stringify(secret).replaceAll('/', '\\/'),
  'in HTML': (secret) => secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
  'in HTML, each character a number': (secret) => each(secret, (code) => `&#${code};`),
  'in HTML, each character a hex number': (secret) => each(secret, (code) => `&#X${code.toString(16).toUpperCase()};`),
  'in JSON, each character escaped': (secret) => each(secret, (code) => `\\u00${code.toString(16)}`),
  'in hex with spaces': (secret) => Buffer.from(secret).toString('hex').replaceAll(/../g, '$& '),
  'in hex with colons': (secret) =>
    Buffer.from(secret)
      .toString('hex')
      .toUpperCase()
      .replaceAll(/..(?=.)/g, '$&:'),
  'in hex': (secret) => Buffer.from(secret).toString('hex'),
};

describe.each(Object.entries(forms))('a secret %s', (_, form) => {
  it.each(['s3cr3t-of-it', 'CANARY secret/of+the"application&=', 'eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl'.repeat(20)])(
    'is found within a text: %s',
    (secret) => {
      const known = knowing('another of them', secret);
      expect(known.areIn(`not allowed: ${form(secret)}!`)).toBe(true);
      expect(known.areIn(form(secret).slice(0, 5))).toBe(false);
    },
  );
});

describe('known secrets', () => {
  it('are found wherever they stand, and nowhere else', () => {
    const text = fc.string({ maxLength: 200 });
    const secret = fc.string({ minLength: 6, maxLength: 80, unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(text, secret, text, (before, word, after) => {
        const known = knowing(word);
        expect(known.areIn(before + word + after)).toBe(true);
        const elsewhere = `${before}${after}`;
        if (known.areIn(elsewhere)) expect(elsewhere.toLowerCase()).toContain(word.toLowerCase().slice(-6));
      }),
      { numRuns: lawRuns },
    );
  });

  it('are found by the half of a long one that a text was cut to', () => {
    const secret = Buffer.from('a token of some length that a tenant cuts short').toString('base64');
    expect(knowing(secret).areIn(`bad token ${secret.slice(0, 50)}…`)).toBe(true);
  });

  it('that are too short to be secrets are not looked for', () => {
    expect(knowing('', 'a', 'pass5').areIn('a user who passed: pass5')).toBe(false);
  });

  it('are found in decoded values, however deep, but not in one that is closed', () => {
    const known = knowing('s3cr3t-of-all');
    expect(known.areWithin([{ id: 'x', aliases: ['al', 'S3CR3T-OF-ALL'] }])).toBe(true);
    expect(known.areWithin([{ id: 'x', created: 12, token: new Secret('s3cr3t-of-all') }, null, undefined])).toBe(
      false,
    );
  });

  it('by the hundred thousand are not mistaken for each other’s texts', () => {
    const known = new KnownSecrets();
    const token = (at: number): string => Buffer.from(`token ${at} of a user, `.repeat(4)).toString('base64');
    for (let at = 0; at < 20_000; at += 1) known.add(new Secret(token(at)));
    const text = Array.from({ length: 5000 }, (_, at) => `id-${at}:${(at * 7919).toString(36)}`).join(' ');
    expect(known.areIn(text)).toBe(false);
    expect(known.areIn(`${text} ${token(19_999)}`)).toBe(true);
  });
});

describe('an activation URL that contains the id of its face', () => {
  const id = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
  const answer = { id, status: 'NEW', activationUrl: new Secret(`https://x.example/activate/${id}/start`) };

  it('makes neither its own answer nor a later reading of the face an echo', () => {
    const secrets = new KnownSecrets();
    expect(secrets.areEchoed(answer, JSON.stringify({ id, url: answer.activationUrl.reveal() }))).toBe(false);
    expect(secrets.areEchoed([{ id, status: 'NEW' }], JSON.stringify([{ id }]))).toBe(false);
  });

  it('is looked for in later answers where it shows nothing but itself', () => {
    const secrets = new KnownSecrets();
    const url = 'https://x.example/activate/5f0c9f1b2a7e4d6c8b3a';
    expect(secrets.areEchoed({ id, activationUrl: new Secret(url) }, url)).toBe(false);
    expect(secrets.areEchoed({ id: url }, url)).toBe(true);
  });
});
