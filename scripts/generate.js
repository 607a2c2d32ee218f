// Makes the TypeScript types and the compiled checks from the schemas, and the text of the plan page's script and style.
// Usage: node scripts/generate.js [DIRECTORY], by default the project's own; it writes below src there.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { compile } from 'json-schema-to-typescript';
import { faceApiTypes } from './face-api-types.js';

const require = createRequire(import.meta.url);
const { default: Ajv } = require('ajv/dist/2020.js');
const { default: standalone } = require('ajv/dist/standalone/index.js');

const root = new URL('../', import.meta.url);
const target = process.argv[2] === undefined ? root : pathToFileURL(`${process.argv[2]}/`);
const bannerFor = (name) => `// Generated from schemas/${name}.schema.json by \`npm run generate\`. Do not edit.`;

async function readSchema(name) {
  return JSON.parse(await readFile(new URL(`schemas/${name}.schema.json`, root), 'utf8'));
}

/** The checks as an ES module that needs no ajv but its run-time helpers. */
function compileChecks(name, schema, checks, ...more) {
  const ajv = new Ajv({
    allErrors: name === 'enrollments',
    inlineRefs: name === 'enrollments',
    allowUnionTypes: true,
    code: { source: true, esm: true },
  });
  ajv.addSchema(schema);
  const code = standalone(ajv, checks);
  // ajv writes require() for its run-time helpers even into ES modules. They are CommonJS with a default export, which
  // Node gives as a member, and test runners as the module itself.
  const imports = [];
  const body = code.replace(/const (\w+) = require\("([^"]+)"\)\.default;/g, (_, name, from) => {
    imports.push(`import ${name}Module from '${from}.js';`, `const ${name} = ${name}Module.default ?? ${name}Module;`);
    return '';
  });
  return [bannerFor(name), '// @ts-nocheck', ...imports, ...more, body.replace('"use strict";', ''), ''].join('\n');
}

/** The members of each object, by the name of the member that holds it, for messages about unknown ones. */
function knownMembers(schema) {
  const found = { file: Object.keys(schema.properties), entry: Object.keys(schema.$defs.entry.properties) };
  const visit = (properties) => {
    for (const [name, value] of Object.entries(properties)) {
      // Each environment has the same members, whatever its name.
      const { properties: inside } = name === 'environments' ? value.additionalProperties : value;
      if (inside === undefined) continue;
      found[name === 'environments' ? 'environment' : name] = Object.keys(inside);
      visit(inside);
    }
  };
  visit(schema.properties);
  visit(schema.$defs.entry.properties);
  return found;
}

async function compileTypes(name, schema) {
  const types = await compile(schema, schema.title, {
    bannerComment: bannerFor(name),
    additionalProperties: false,
    format: false,
  });
  return types.endsWith('\n') ? types : `${types}\n`;
}

async function write(folder, name, checks, types) {
  const directory = new URL(`src/${folder}/generated/`, target);
  await mkdir(directory, { recursive: true });
  await writeFile(new URL(`check-${name}.generated.ts`, directory), checks);
  await writeFile(new URL(`${name}-file.generated.ts`, directory), types);
}

/** What the HTML page of a plan holds besides the plan, as strings: the program is one bundle and reads no file for it. */
async function planPage() {
  const read = (name) => readFile(new URL(`src/report/page/browser/${name}`, root), 'utf8');
  // Later rules win over earlier ones.
  const style = await Promise.all(['page.css', 'summary.css', 'changes.css', 'narrow-and-print.css'].map(read));
  const script = await read('plan-page.js');
  return [
    '// Generated from src/report/page/browser by `npm run generate`. Do not edit.',
    `export const pageStyle = ${JSON.stringify(style.join('\n'))};`,
    `export const pageScript = ${JSON.stringify(withoutTypes(script))};`,
    '',
  ].join('\n');
}

/** The types in comments are for the compiler; a browser gets the other comments alone. */
function withoutTypes(script) {
  return script.replace(/^ *\/\*\* @.*\*\/\n/gm, '');
}

const enrollments = await readSchema('enrollments');
// Entries are checked one by one, so that a file of 100,000 needs no list of all their errors.
const anyEntries = { ...enrollments.properties.enrollments, items: true };
const withoutEntries = { ...enrollments, properties: { ...enrollments.properties, enrollments: anyEntries } };
const entryChecks = { checkFile: enrollments.$id, checkEntry: `${enrollments.$id}#/$defs/entry` };
const members = `export const members = ${JSON.stringify(knownMembers(enrollments))};`;
await write(
  'desired',
  'enrollments',
  compileChecks('enrollments', withoutEntries, entryChecks, members),
  await compileTypes('enrollments', enrollments),
);

const contract = JSON.parse(await readFile(new URL('schemas/face-api.json', root), 'utf8'));
await mkdir(new URL('src/provider/generated/', target), { recursive: true });
await writeFile(new URL('src/provider/generated/face-api.generated.ts', target), faceApiTypes(contract));

const plan = await readSchema('plan');
await write('report', 'plan', compileChecks('plan', plan, { checkPlan: plan.$id }), await compileTypes('plan', plan));

await writeFile(new URL('src/report/generated/plan-page.generated.ts', target), await planPage());
