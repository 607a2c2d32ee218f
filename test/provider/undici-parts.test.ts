import { createRequire } from 'node:module';
import { rolldown, type Plugin } from 'rolldown';
import * as undici from 'undici';
import { describe, expect, it } from 'vitest';
import { memberOf } from '../support/commands/expectations.ts';

interface Parts {
  readonly partsOfUndici: Readonly<Record<string, string>>;
  readonly methodsOfUndici: Readonly<Record<string, string>>;
  readonly undiciInParts: Plugin;
}

const require = createRequire(import.meta.url);
const script: Parts = await import(new URL('../../scripts/undici-parts.js', import.meta.url).href);
const { partsOfUndici, methodsOfUndici, undiciInParts } = script;
const inner = (path: string): unknown => require(`undici/lib/${path}.js`);

async function bundled(): Promise<readonly string[]> {
  const input = new URL('../../src/provider/http/transport.ts', import.meta.url).pathname;
  const bundle = await rolldown({ input, platform: 'node', plugins: [undiciInParts] });
  const { output } = await bundle.generate({ format: 'esm' });
  await bundle.close();
  return output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
}

describe('the parts of undici in the bundle', () => {
  it.each(Object.entries(partsOfUndici))('have the %s of its index', (name, path) => {
    expect(inner(path)).toBeTypeOf('function');
    expect(inner(path)).toBe(Reflect.get(undici, name));
  });

  it.each(Object.entries(methodsOfUndici))('give dispatchers the method %s, as its index does', (name, path) => {
    expect(inner(path)).toBeTypeOf('function');
    expect(inner(path)).toBe(Reflect.get(undici.Dispatcher.prototype, name));
  });

  it('bring no HTTP/2, WebSocket, cache or mock along', async () => {
    const modules = await bundled();
    expect(modules).toContain('\0undici-without-http2');
    expect(modules.filter((id) => /client-h2|websocket|\/lib\/(cache|mock|interceptor)\//.test(id))).toEqual([]);
  });

  it('are of the one version that was tried', () => {
    const wanted = memberOf(memberOf(require('../../package.json'), 'devDependencies'), 'undici');
    expect(wanted).toBe(memberOf(require('undici/package.json'), 'version'));
  });
});
