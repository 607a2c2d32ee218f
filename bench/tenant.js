// A tenant that answers what faceform asks, and as little as that costs: its time would count against the program's.
// Arguments: how many users; "enrolled" or "bare"; milliseconds before each answer; calls a second it bears, 0 for any.
import { createServer } from 'node:http';

const [count = '1000', faces = 'enrolled', latency = '0', limit = '0'] = process.argv.slice(2);
const users = Number(count);
const latencyMs = Number(latency);
const perSecond = Number(limit);
const json = { 'content-type': 'application/json' };
const created = new Set();
const recent = [];
let calls = {};
let first;
let last = 0;

const idOf = (index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const indexIn = (path) => Number(/-(\d{12})\//.exec(path)?.[1]);
const faceOf = (index) =>
  `{"id":"f${index}","serialNumber":"S${index}","status":"ACTIVE","mobile":true,"applicantId":"a${index}",` +
  '"created":"2026-01-01T00:00:00.000+0000","expiry":"2027-01-01T00:00:00.000+0000","platform":"IOS","lastUsed":null}';

const pages = Array.from({ length: Math.ceil(users / 100) }, (_, page) => {
  const length = Math.min(100, users - page * 100);
  const results = Array.from({ length }, (_, place) => {
    const index = page * 100 + place;
    return { id: idOf(index), userId: `user${index}`, userAliases: [], groups: [], externalId: null };
  });
  const isLast = (page + 1) * 100 >= users;
  return JSON.stringify({ results, paging: isLast ? { limit: 100 } : { limit: 100, nextCursor: `page-${page + 1}` } });
});

/** What each kind of call is answered with. */
const answers = {
  authenticate: () => {
    const times = [0, 3_600_000].map((ms) => new Date(Date.now() + ms).toISOString());
    return JSON.stringify({ authToken: 'token', creationTime: times[0], expirationTime: times[1] });
  },
  settings: () => '{"maxFacesPerUser":5}',
  pages: (_, body) => pages[Number(/"page-(\d+)"/.exec(body)?.[1] ?? 0)],
  lookUps: (_, body) => {
    const index = Number(/user(\d+)/.exec(body)?.[1]);
    return JSON.stringify({ id: idOf(index), userId: `user${index}`, userAliases: [], groups: [] });
  },
  faces: (path) => {
    const index = indexIn(path);
    return faces === 'enrolled' || created.has(index) ? `[${faceOf(index)}]` : '[]';
  },
  creates: (path) => {
    const index = indexIn(path);
    created.add(index);
    return faceOf(index);
  },
};

function kindOf({ method, url }) {
  if (url.endsWith('/faces')) return 'faces';
  if (url.endsWith('/userspaged')) return 'pages';
  if (url.endsWith('/users/userid')) return 'lookUps';
  if (url.endsWith('/settings/general')) return 'settings';
  if (url.endsWith('/authenticate')) return 'authenticate';
  return method === 'POST' && url.endsWith('/face') ? 'creates' : undefined;
}

/** Whether the last second has had as many calls as the tenant bears. */
function isTooMany() {
  if (perSecond === 0) return false;
  const now = performance.now();
  while (recent.length > 0 && recent[0] <= now - 1000) recent.shift();
  if (recent.length >= perSecond) return true;
  recent.push(now);
  return false;
}

function send(response, status, text) {
  const give = () => response.writeHead(status, json).end(text);
  if (latencyMs === 0) give();
  else setTimeout(give, latencyMs);
}

function answer(request, response, body) {
  const kind = kindOf(request);
  last = performance.now();
  first ??= last;
  if (kind === undefined) return send(response, 404, '{"errorCode":"unknown_call"}');
  if (kind !== 'authenticate' && isTooMany()) {
    calls.refused = (calls.refused ?? 0) + 1;
    return send(response, 429, '{"errorCode":"rate_limited"}');
  }
  calls[kind] = (calls[kind] ?? 0) + 1;
  return send(response, 200, answers[kind](request.url, body));
}

const server = createServer((request, response) => {
  if (request.method === 'GET') return answer(request, response, '');
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  return request.on('end', () => answer(request, response, body));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
process.on('message', () => {
  process.send({ calls, ms: last - (first ?? last) });
  calls = {};
  first = undefined;
  created.clear();
});
process.on('disconnect', () => process.exit());
