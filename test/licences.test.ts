import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listOf, memberOf } from './support/commands/expectations.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const script: unknown = await import(new URL('../scripts/licences.js', import.meta.url).href);

function call(name: string, ...given: readonly unknown[]): unknown {
  const find = memberOf(script, name);
  if (typeof find !== 'function') throw new Error(`there is no ${name}`);
  return Reflect.apply(find, undefined, given);
}

/** Names and texts for a bundle of these modules, of which those below `/src/` are our own. */
function licencesOf(...modules: readonly string[]): readonly { readonly name: string; readonly text: string }[] {
  const all = call('licencesOf', modules, (id: string) => id.includes('/src/'));
  return listOf({ all }, 'all').map((each) => ({
    name: String(memberOf(each, 'name')),
    text: String(memberOf(each, 'text')),
  }));
}

/** A module of a package made for the test, with these files. */
async function moduleIn(files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'faceform-licences-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const all = { 'package.json': '{ "name": "x", "version": "1.0.0", "license": "MIT" }', ...files };
  for (const [name, text] of Object.entries(all)) {
    const path = join(directory, 'node_modules/x', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  return join(directory, 'node_modules/x/lib/index.js');
}

describe('the licences in the bundle', () => {
  it('are those of each package, and of the folders in it that have one of their own', async () => {
    const index = await moduleIn({ LICENSE: 'of x', 'lib/LICENSE.md': 'of a part', 'lib/index.js': '' });
    expect(licencesOf('/src/a.ts', index)).toEqual([
      { name: 'x 1.0.0 (MIT)', text: 'of x' },
      { name: 'x/lib', text: 'of a part' },
    ]);
  });

  it.each([
    ['undici/lib/llhttp/llhttp-wasm.js', 'llhttp, in undici', 'Fedor Indutny'],
    ['undici/lib/core/util.js', 'a part of fetch-blob, in undici', 'David Frank'],
    ['undici/lib/dispatcher/fixed-queue.js', 'parts of Node.js, in undici', 'Node.js contributors'],
    ['undici/lib/web/fetch/body.js', 'a part of formdata-polyfill, in undici', 'Jimmy Karl Roland Wärting'],
    ['undici/lib/web/fetch/body.js', 'undici/lib/web/fetch', 'Ethan Arrowood'],
    ['ajv/dist/runtime/ucs2length.js', 'a part of punycode, in ajv', 'Mathias Bynens'],
  ])('name what %s has from another project: %s', (file, name, holder) => {
    const found = licencesOf(join(root, 'node_modules', file)).find((each) => each.name === name);
    expect(found?.text).toContain(holder);
  });

  it('name the helpers that the bundler adds', () => {
    const names = licencesOf('\0rolldown/runtime.js', '\0@oxc-project+runtime@1.0.0/helpers/x.js').map(
      ({ name }) => name,
    );
    expect(names).toEqual(['rolldown', 'esbuild and rollup, in rolldown', '@oxc-project/runtime']);
  });
});

describe('the build fails', () => {
  it('where a module that holds code of another project is no longer bundled', () => {
    const modules = ['undici/lib/llhttp/llhttp-wasm.js', 'undici/lib/core/util.js', 'undici/lib/web/fetch/body.js'];
    const bundled = [...modules, 'ajv/dist/runtime/ucs2length.js'].map((file) => `/node_modules/${file}`);
    expect(() => call('demandEmbedded', bundled)).not.toThrow();
    expect(() => call('demandEmbedded', bundled.slice(1))).toThrow('no bundled module holds llhttp, in undici');
  });

  it('where a package has no licence file', async () => {
    const index = await moduleIn({ 'lib/index.js': '' });
    expect(() => licencesOf(index)).toThrow('x has no licence file');
  });

  it('where nothing tells whose a module is', () => {
    expect(() => licencesOf('\0some-plugin')).toThrow('"\\u0000some-plugin"');
  });

  it.each([
    "const wasm = 'AGFzbQEAAAA';",
    '/*! left-pad */',
    '// Copyright 2011 Somebody',
    '// based on https://github.com/somebody/something',
    '// Extracted from node/lib/internal/fixed_queue.js',
  ])('where a module seems to hold code of a project that is not known: %s', async (code) => {
    const index = await moduleIn({ LICENSE: 'of x', 'lib/index.js': code });
    expect(() => licencesOf(index)).toThrow("seems to hold another project's code");
  });
});
