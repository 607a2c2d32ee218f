// The parts of undici that are used, by inner modules of it, and the plugin that puts no others into the bundle.
import { fileURLToPath } from 'node:url';

/** What is imported from undici, by the inner module whose whole export it is. */
export const partsOfUndici = {
  Pool: 'dispatcher/pool',
  EnvHttpProxyAgent: 'dispatcher/env-http-proxy-agent',
};

/** The index gives dispatchers these methods; the one for a proxy calls this one. */
export const methodsOfUndici = { connect: 'api/api-connect' };

/** Only `client` loads it, by this name. HTTP/2 is never spoken, as no `allowH2` is set. */
export const http2OfUndici = './client-h2.js';

/**
 * The index loads fetch, WebSocket, caches and mocks as well, which takes 85 ms. Node's own part of HTTP/2 takes 10 ms
 * more.
 */
export const undiciInParts = {
  name: 'undici-in-parts',
  resolveId: (id) => {
    if (id === 'undici') return '\0undici-in-parts';
    return id === http2OfUndici ? '\0undici-without-http2' : undefined;
  },
  load: (id) => {
    if (id === '\0undici-in-parts') return index;
    return id === '\0undici-without-http2' ? withoutHttp2 : undefined;
  },
};

const module = (path) => JSON.stringify(fileURLToPath(import.meta.resolve(`undici/lib/${path}.js`)));
const index = [
  `import Dispatcher from ${module('dispatcher/dispatcher')};`,
  ...Object.entries(methodsOfUndici).flatMap(([name, path]) => [
    `import ${name} from ${module(path)};`,
    `Dispatcher.prototype.${name} = ${name};`,
  ]),
  ...Object.entries(partsOfUndici).map(([name, path]) => `export { default as ${name} } from ${module(path)};`),
].join('\n');
const withoutHttp2 = "module.exports = () => { throw new Error('HTTP/2 is left out of this bundle'); };";
