import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { expect, it } from 'vitest';

it('faceform/face-api loads neither files nor flags: of the packages, only HTTP and the limiter', async () => {
  const input = fileURLToPath(new URL('../../src/face-api.ts', import.meta.url));
  const bundle = await rolldown({ input, platform: 'node', external: ['undici'] });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  const modules = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  const packages = modules.map((id) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1]);
  expect([...new Set(packages.filter((name) => name !== undefined))]).toEqual([]);
  expect(modules.filter((id) => /\/src\/(?:desired|engine|commands|cli|sandbox)\//.test(id))).toEqual([]);
});
