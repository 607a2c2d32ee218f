// Bundles src and the libraries it uses into dist: one file for start-up, and one for what each command loads later.
import { rmSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { demandEmbedded, licencesOf } from './licences.js';
import { undiciInParts } from './undici-parts.js';

const root = new URL('../', import.meta.url);
const dist = new URL('dist/', root);

rmSync(dist, { recursive: true, force: true });
const input = ['bin', 'library', 'face-api'].map((name) => fileURLToPath(new URL(`src/${name}.ts`, root)));
const bundle = await rolldown({ input, platform: 'node', plugins: [undiciInParts] });
const { output } = await bundle.write({
  dir: fileURLToPath(dist),
  format: 'esm',
  chunkFileNames: 'chunks/[name]-[hash].js',
});
await bundle.close();
await chmod(new URL('bin.js', dist), 0o755);
const modules = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
const sources = fileURLToPath(new URL('src/', root));
demandEmbedded(modules);
const licences = licencesOf(modules, (id) => id.startsWith(sources) || id.startsWith('\0undici-'));
const texts = licences.map(({ name, text }) => `${name}\n\n${text}\n`);
writeFileSync(new URL('licenses.txt', dist), texts.join(`\n${'-'.repeat(80)}\n\n`));
