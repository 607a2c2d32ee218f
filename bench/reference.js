// The least a client could do: the calls that faceform makes, 32 at once, and every answer thrown away.
// Arguments: the tenant's URL; calls to make of each kind, as JSON; "overlapped" to ask for pages while faces are read.
import { bareClient, connections } from './bare-client.js';

const [origin, wanted, order] = process.argv.slice(2);
const calls = JSON.parse(wanted);
const { call, close } = bareClient(origin);

/** Every call of a kind, as many at once as there are connections. */
async function all(count, one) {
  let next = 0;
  const worker = async () => {
    while (next < count) await one(next++);
  };
  await Promise.all(Array.from({ length: connections }, worker));
}

/** One page after the other, as each tells where the next begins. */
async function listAll() {
  for (let page = 0; page < (calls.pages ?? 0); page += 1) {
    const body = page === 0 ? '{"limit":100}' : `{"limit":100,"cursor":"page-${page}"}`;
    await call('POST', '/api/web/v4/userspaged', body);
  }
}

const pathOf = (index, last) => `/api/web/v1/users/00000000-0000-4000-8000-${String(index).padStart(12, '0')}/${last}`;

await call('POST', '/api/web/v1/adminapi/authenticate', '{}');
await call('GET', '/api/web/v1/settings/general');
const listing = listAll();
if (order !== 'overlapped') await listing;
const creates = calls.creates ?? 0;
await all((calls.faces ?? 0) - creates, (index) => call('GET', pathOf(index, 'faces')));
await all(creates, async (index) => {
  await call('POST', pathOf(index, 'face'), '{"deliverActivationEmail":true,"returnQRCode":false}');
  await call('GET', pathOf(index, 'faces'));
});
await listing;
await close();
