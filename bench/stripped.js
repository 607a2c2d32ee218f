// The least that a plan could do, layer by layer: each does what those before it do, and a little more.
// Arguments: the tenant's URL; the file; how many layers, 1 to 4.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { bareClient, connections } from './bare-client.js';

const [origin, file, layers] = process.argv.slice(2);
const has = { file: layers >= 2, answers: layers >= 3, plan: layers >= 4 };
const { call, close } = bareClient(origin);

/** Entries by user, of a file whose every entry has the same lines; the text alone where the layer is not asked for. */
function entriesIn(text) {
  if (!has.file) return new Map();
  const entry = /- user: (\S+)\n {4}flow: (\S+)\n {4}lifetime: (\d+)d\n {4}annotations:\n((?: {6}.*\n)*)/g;
  return new Map(
    [...text.matchAll(entry)].map(([, user, flow, days, lines]) => {
      const annotations = Object.fromEntries(
        lines
          .trimEnd()
          .split('\n')
          .map((line) => line.trim().split(': ')),
      );
      return [user, { user, flow, days: Number(days), annotations }];
    }),
  );
}

function planned(entry, faces) {
  const hash = createHash('sha256').update(JSON.stringify(faces)).digest('hex');
  const wanted = Date.parse(faces[0].created) + entry.days * 86_400_000;
  const action = Date.parse(faces[0].expiry) === wanted ? 'no-op' : 'update';
  return { key: `${entry.user}/${entry.flow}`, action, hash, annotations: entry.annotations };
}

const entries = entriesIn(readFileSync(file, 'utf8'));
const changes = [];
const waiting = [];
let isListed = false;

async function list() {
  let cursor;
  do {
    const text = await call('POST', '/api/web/v4/userspaged', JSON.stringify({ limit: 100, cursor }));
    cursor = /"nextCursor":"([^"]*)"/.exec(text)?.[1];
    if (has.answers) for (const { id, userId } of JSON.parse(text).results) waiting.push([id, entries.get(userId)]);
    else for (const [, id] of text.matchAll(/"id":"([^"]*)"/g)) waiting.push([id]);
  } while (cursor !== undefined);
  isListed = true;
}

async function read() {
  while (!isListed || waiting.length > 0) {
    const [id, entry] = waiting.pop() ?? [];
    if (id === undefined) {
      await new Promise((resolve) => setImmediate(resolve));
      continue;
    }
    const text = await call('GET', `/api/web/v1/users/${id}/faces`);
    const faces = has.answers ? JSON.parse(text) : [];
    if (has.plan) changes.push(planned(entry, faces));
  }
}

await call('POST', '/api/web/v1/adminapi/authenticate', '{}');
await call('GET', '/api/web/v1/settings/general');
await Promise.all([list(), ...Array.from({ length: connections }, read)]);
const updates = changes.sort((a, b) => (a.key < b.key ? -1 : 1)).filter(({ action }) => action === 'update');
for (const { key } of updates) console.log(key);
console.log(`${updates.length} updates`);
await close();
