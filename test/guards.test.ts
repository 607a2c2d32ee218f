import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { listOf, memberOf } from './support/commands/expectations.ts';

const root = new URL('../', import.meta.url);
const module: unknown = await import(new URL('scripts/guards.js', root).href);

it('each guard that `npm run check:guards` takes away is still in the source, once', () => {
  const lost = listOf(module, 'guards').filter((guard) => {
    const [file, from] = [String(memberOf(guard, 'file')), String(memberOf(guard, 'from'))];
    return readFileSync(new URL(file, root), 'utf8').split(from).length !== 2;
  });
  expect(lost).toEqual([]);
});
