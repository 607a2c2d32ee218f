// The licences of all that the bundle holds, from the modules that the bundler put into it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const kept = new URL('licences/', import.meta.url);

/**
 * Code of another project inside a module, which no package.json names. Some are binary or have lost their header, so
 * that each was found by reading; the text of its licence is kept beside this file.
 */
const embedded = [
  { module: /\/undici\/lib\/llhttp\//, name: 'llhttp, in undici', file: 'llhttp.txt' },
  { module: /\/undici\/lib\/core\/util\.js$/, name: 'a part of fetch-blob, in undici', file: 'fetch-blob.txt' },
  {
    module: /\/undici\/lib\/web\/fetch\/body\.js$/,
    name: 'a part of formdata-polyfill, in undici',
    file: 'formdata-polyfill.txt',
  },
  {
    module: /\/undici\/lib\/(?:core\/util|dispatcher\/fixed-queue)\.js$/,
    name: 'parts of Node.js, in undici',
    file: 'node.txt',
  },
  { module: /\/ajv\/dist\/runtime\/ucs2length\.js$/, name: 'a part of punycode, in ajv', file: 'punycode.txt' },
];

/** Modules that the bundler makes, and where their licence is. */
const generated = [
  { module: /^\0rolldown\//, name: 'rolldown', file: '../../node_modules/rolldown/LICENSE' },
  {
    module: /^\0rolldown\//,
    name: 'esbuild and rollup, in rolldown',
    file: '../../node_modules/rolldown/THIRD-PARTY-LICENSE',
  },
  { module: /^\0@oxc-project\+runtime@/, name: '@oxc-project/runtime', file: 'oxc-runtime.txt' },
];

/** Signs of another project's code: WebAssembly in Base64, a kept comment, a licence, the address it was taken from. */
const signs =
  /AGFzbQ|\/\*!|\bcopyright\b|\b(?:mit|bsd|isc|apache) licen[cs]e|punycode\.js|\b(?:extracted|lifted) from\b|\b(?:based on|adapted|copied|nicked|taken|ported|borrowed|derived)\b.{0,40}https?:\/\/(?!en\.wikipedia\.org)/i;

/**
 * @param modules ids of all modules in the bundle, as the bundler gives them.
 * @param own whether an id is one of this project's own modules.
 * @returns name and licence text of each part. Licences ask to go with every copy.
 * @throws Error naming a module whose licence is not known.
 */
export function licencesOf(modules, own) {
  const foreign = modules.filter((id) => !own(id));
  return [...packagesOf(foreign).map(licenceOf), ...nestedIn(foreign), ...partsOf(foreign)];
}

/**
 * @param modules ids of all modules in the bundle.
 * @throws Error naming what is said to be embedded in a module that the bundle has not: the module may only have moved.
 */
export function demandEmbedded(modules) {
  const row = embedded.find(({ module }) => !modules.some((id) => module.test(id)));
  if (row !== undefined) throw new Error(`no bundled module holds ${row.name}; correct its row in scripts/licences.js`);
}

const directoryOf = (id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id)?.[0];

function packagesOf(modules) {
  const found = modules.map((id) => {
    const directory = directoryOf(id);
    if (directory === undefined && !generated.some(({ module }) => module.test(id))) {
      throw new Error(`nothing tells whose the bundled module ${JSON.stringify(id)} is; see scripts/licences.js`);
    }
    return directory;
  });
  return [...new Set(found)].filter((directory) => directory !== undefined).toSorted();
}

function licenceOf(directory) {
  const { name, version, license } = JSON.parse(readFileSync(`${directory}/package.json`, 'utf8'));
  const file = licenceFileIn(directory);
  if (file === undefined) throw new Error(`${name} has no licence file to bring along`);
  return { name: `${name} ${version} (${license})`, text: readFileSync(`${directory}/${file}`, 'utf8').trim() };
}

function licenceFileIn(directory) {
  return readdirSync(directory).find((each) => /^licen[cs]e(?:-mit)?(?:\.(?:md|txt))?$/i.test(each));
}

/** Licences of folders inside a package, for what they hold. */
function nestedIn(modules) {
  const folders = modules.flatMap((id) => {
    const top = directoryOf(id);
    const found = [];
    for (let folder = dirname(id); top !== undefined && folder.length > top.length; folder = dirname(folder)) {
      if (existsSync(folder) && licenceFileIn(folder) !== undefined) found.push(folder);
    }
    return found;
  });
  return [...new Set(folders)].toSorted().map((folder) => ({
    name: folder.split('/node_modules/').at(-1),
    text: readFileSync(`${folder}/${licenceFileIn(folder)}`, 'utf8').trim(),
  }));
}

function partsOf(modules) {
  for (const id of modules.filter((each) => directoryOf(each) !== undefined)) {
    const sign = signs.exec(readFileSync(id, 'utf8'))?.[0];
    if (sign === undefined || embedded.some(({ module }) => module.test(id))) continue;
    throw new Error(`${id} seems to hold another project's code ("${sign}"); add its licence to scripts/licences.js`);
  }
  return [...embedded, ...generated]
    .filter(({ module }) => modules.some((id) => module.test(id)))
    .map(({ name, file }) => ({ name, text: readFileSync(new URL(file, kept), 'utf8').trim() }));
}
