// Makes the TypeScript types and the compiled checks from schemas/enrollments.schema.json.
// Usage: node scripts/generate.js [DIRECTORY], by default src/desired/generated.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { compile } from 'json-schema-to-typescript';

const require = createRequire(import.meta.url);
const { default: Ajv } = require('ajv/dist/2020.js');
const { default: standalone } = require('ajv/dist/standalone/index.js');

const root = new URL('../', import.meta.url);
const schema = JSON.parse(await readFile(new URL('schemas/enrollments.schema.json', root), 'utf8'));
const target =
  process.argv[2] === undefined ? new URL('src/desired/generated/', root) : pathToFileURL(`${process.argv[2]}/`);
const banner = '// Generated from schemas/enrollments.schema.json by `npm run generate`. Do not edit.';

/** Entries are checked one by one, so that a file of 100,000 needs no list of all their errors. */
function compileChecks() {
  const ajv = new Ajv({ allErrors: true, code: { source: true, esm: true } });
  ajv.addSchema(schema);
  const code = standalone(ajv, { checkFile: schema.$id, checkEntry: `${schema.$id}#/$defs/entry` });
  // ajv writes require() for its run-time helpers even into ES modules. They are CommonJS with a default export, which
  // Node gives as a member, and test runners as the module itself.
  const imports = [];
  const body = code.replace(/const (\w+) = require\("([^"]+)"\)\.default;/g, (_, name, from) => {
    imports.push(`import ${name}Module from '${from}.js';`, `const ${name} = ${name}Module.default ?? ${name}Module;`);
    return '';
  });
  const table = `export const members = ${JSON.stringify(knownMembers())};`;
  return [banner, '// @ts-nocheck', ...imports, table, body.replace('"use strict";', ''), ''].join('\n');
}

/** The members of each object, by the name of the member that holds it, for messages about unknown ones. */
function knownMembers() {
  const found = { file: Object.keys(schema.properties), entry: Object.keys(schema.$defs.entry.properties) };
  const visit = (properties) => {
    for (const [name, value] of Object.entries(properties)) {
      if (value.properties === undefined) continue;
      found[name] = Object.keys(value.properties);
      visit(value.properties);
    }
  };
  visit(schema.properties);
  visit(schema.$defs.entry.properties);
  return found;
}

async function compileTypes() {
  const types = await compile(schema, schema.title, {
    bannerComment: banner,
    additionalProperties: false,
    format: false,
  });
  return types.endsWith('\n') ? types : `${types}\n`;
}

await mkdir(target, { recursive: true });
await writeFile(new URL('check-enrollments.generated.ts', target), compileChecks());
await writeFile(new URL('enrollments-file.generated.ts', target), await compileTypes());
