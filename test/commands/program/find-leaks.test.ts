import { describe, expect, it } from 'vitest';
import { findLeaks } from '../../support/commands/find-leaks.ts';

describe('a secret is found in a text', () => {
  const secret = 'CANARY secret/of+the"application&=';
  it.each([
    ['plain', secret],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64 behind other bytes', Buffer.from(`app:${secret}`).toString('base64')],
    ['in base64 between other bytes', Buffer.from(`{"x":"${secret}","y":1}`).toString('base64url')],
    ['URL-encoded', `https://x/?s=${encodeURIComponent(secret)}&t=1`],
    ['JSON-escaped', JSON.stringify({ secret })],
    ['in hex', Buffer.from(secret).toString('hex')],
  ])('%s', (_, text) => {
    expect(findLeaks(text, [secret, 'another secret'])).toEqual([secret]);
  });
  it('and not where there is none', () => {
    expect(findLeaks('no secret of the application', [secret])).toEqual([]);
  });
});
