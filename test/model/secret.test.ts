import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from '../../src/model/secret.ts';

const secret = new Secret('hunter2');

it.each([
  ['text', String(secret)],
  ['JSON', JSON.stringify({ secret })],
  ['an inspection', inspect({ secret }, { depth: 9, showHidden: true })],
])('a secret does not show in %s', (_, shown) => {
  expect(shown).toContain('[secret]');
  expect(shown).not.toContain('hunter2');
});

it('a secret is revealed to the code that sends it', () => {
  expect(secret.reveal()).toBe('hunter2');
});
