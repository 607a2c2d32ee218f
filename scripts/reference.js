// Writes docs/reference, and the table of docs/face-api.md, from the schemas and the help of each command.
// Usage: npm run build && node scripts/reference.js [DIRECTORY], by default the project's own.
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { withFaceApiTable } from './face-api-table.js';

const root = new URL('../', import.meta.url);
const target = process.argv[2] === undefined ? root : pathToFileURL(`${process.argv[2]}/`);
const directory = new URL('docs/reference/', target);
const bin = fileURLToPath(new URL('dist/bin.js', root));

async function readSchema(name) {
  return JSON.parse(await readFile(new URL(`schemas/${name}.schema.json`, root), 'utf8'));
}

const code = (value) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function resolved(schema, whole) {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : { ...whole.$defs[name], ...schema };
}

/** What a value may be, in a few words. */
function typeOf(schema) {
  if ('const' in schema) return code(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(code).join(', ');
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' or ');
  if (schema.type === 'array') return schema.items?.type === 'string' ? `list of ${typeOf(schema.items)}` : 'list';
  const names = {
    object: 'object',
    string: 'text',
    integer: 'whole number',
    number: 'number',
    boolean: 'true or false',
  };
  return [schema.type]
    .flat()
    .map((type) => names[type] ?? type)
    .join(' or ');
}

/** The object inside a member, if there is one: its own, or that of a list's items. */
function inner(schema, whole) {
  const value = resolved(schema, whole);
  if (value.properties !== undefined) return value;
  if (value.type === 'array' && value.items !== undefined) return inner(value.items, whole);
  return undefined;
}

function table(schema, whole) {
  const rows = Object.entries(schema.properties).map(([name, member]) => {
    const value = resolved(member, whole);
    const required = schema.required?.includes(name) ? ' Required.' : '';
    const example = value.examples === undefined ? '' : code(value.examples[0]);
    return [code(name), typeOf(value), `${value.description ?? ''}${required}`, example].map(cell).join(' | ');
  });
  return [
    '| member | value | meaning | example |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

/** One section for an object, and one for each object below it. */
function sections(path, schema, whole, seen = new Set()) {
  const title = path === '' ? '' : `## ${code(path)}\n\n${schema.description ?? ''}\n\n`;
  const below = Object.entries(schema.properties).flatMap(([name, member]) => {
    const object = inner(member, whole);
    if (object === undefined || seen.has(object.title ?? name)) return [];
    seen.add(object.title ?? name);
    return sections(path === '' ? name : `${path}.${name}`, object, whole, seen);
  });
  return [`${title}${table(schema, whole)}`, ...below];
}

async function schemaPage(title, intro, name) {
  const schema = await readSchema(name);
  return [`# ${title}`, intro, ...sections('', schema, schema)].join('\n\n');
}

const run = promisify(execFile);
async function help(...args) {
  const { stdout } = await run(process.execPath, [bin, ...args, '--help'], { env: { ...process.env, COLUMNS: '100' } });
  return stdout.trimEnd();
}

async function commandsPage() {
  const all = await help();
  const names = [...all.slice(all.indexOf('Commands:')).matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name);
  const commands = names.filter((name) => name !== 'help');
  const parts = [];
  const tell = async (...words) => parts.push(`## ${words.join(' ')}\n\n\`\`\`text\n${await help(...words)}\n\`\`\``);
  for (const name of commands) {
    await tell(name);
    const told = await help(name);
    const inner = told.includes('\nCommands:') ? told.slice(told.indexOf('\nCommands:')) : '';
    for (const [, below] of inner.matchAll(/^ {2}([a-z]+)/gm)) await tell(name, below);
  }
  return [
    '# Commands',
    'As the program tells them itself; `faceform COMMAND --help` prints the same.',
    `\`\`\`text\n${all}\n\`\`\``,
    ...parts,
  ].join('\n\n');
}

const fileIntro =
  'Members of an enrollments file, as [its JSON Schema](../../schemas/enrollments.schema.json) has them; `faceform schema` prints that. YAML 1.2 or JSON.';
const planIntro =
  "Members of a plan's JSON, as [its JSON Schema](../../schemas/plan.schema.json) has them. What stands under `resource_changes` without `x_` is as in Terraform, so that policies written for its plans work on these; so are `format_version` and `timestamp`.";

await mkdir(directory, { recursive: true });
const style = await resolveConfig(fileURLToPath(new URL('docs/reference/x.md', root)));
for (const [name, text] of [
  ['file.md', await schemaPage('The enrollments file', fileIntro, 'enrollments')],
  ['plan.md', await schemaPage('The plan', planIntro, 'plan')],
  ['commands.md', await commandsPage()],
]) {
  await writeFile(new URL(name, directory), await format(`${text}\n`, { ...style, parser: 'markdown' }));
}

const contract = JSON.parse(await readFile(new URL('schemas/face-api.json', root), 'utf8'));
const page = withFaceApiTable(await readFile(new URL('docs/face-api.md', root), 'utf8'), contract);
await writeFile(new URL('docs/face-api.md', target), await format(page, { ...style, parser: 'markdown' }));
