import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { revealed, Secret, shown } from '../../src/model/values/secret.ts';

const secret = new Secret('hunter2');

it.each([
  ['text', String(secret)],
  ['JSON', JSON.stringify({ secret })],
  ['an inspection', inspect({ secret }, { depth: 9, showHidden: true })],
])('a secret does not show in %s', (_, text) => {
  expect(text).toContain('[secret]');
  expect(text).not.toContain('hunter2');
});

it('a secret is revealed to the code that sends it', () => {
  expect(secret.reveal()).toBe('hunter2');
});

it('a value that may be a secret shows only where it is none, and is revealed either way', () => {
  const values = [secret, 'public'] as const;
  expect(values.map((value) => shown(value))).toEqual([undefined, 'public']);
  expect(values.map((value) => revealed(value))).toEqual(['hunter2', 'public']);
});
