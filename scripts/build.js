// Bundles src and the libraries it uses into dist: one file for start-up, and one for what each command loads later.
import { rmSync, writeFileSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { demandEmbedded, licencesOf } from './licences.js';

const root = new URL('../', import.meta.url);
const dist = new URL('dist/', root);

/**
 * Of undici, all that is used: its index loads fetch, WebSocket, caches and mocks as well, which takes 70 ms. HTTP/2 is
 * never spoken, as no `allowH2` is set, and Node's own part of it takes 10 ms more.
 */
const undici = (path) => JSON.stringify(fileURLToPath(import.meta.resolve(`undici/lib/${path}.js`)));
const undiciInParts = {
  name: 'undici-in-parts',
  resolveId: (id) => {
    if (id === 'undici') return '\0undici-in-parts';
    return id === './client-h2.js' ? '\0undici-without-http2' : undefined;
  },
  load: (id) => {
    if (id === '\0undici-in-parts') return partsOfUndici;
    return id === '\0undici-without-http2' ? withoutHttp2 : undefined;
  },
};
const withoutHttp2 = "module.exports = () => { throw new Error('HTTP/2 is left out of this bundle'); };";
// The index gives each dispatcher its methods; the one for a proxy calls this one.
const partsOfUndici = `
import Dispatcher from ${undici('dispatcher/dispatcher')};
import connect from ${undici('api/api-connect')};
Dispatcher.prototype.connect = connect;
export { default as Pool } from ${undici('dispatcher/pool')};
export { default as EnvHttpProxyAgent } from ${undici('dispatcher/env-http-proxy-agent')};
`;

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
