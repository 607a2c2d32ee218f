import { isDeepStrictEqual } from 'node:util';
import { Secret } from '../../src/model/values/secret.ts';
import { readAnswer } from '../../src/provider/http/answer.ts';
import { parseCredentials } from '../../src/provider/credentials-file.ts';
import {
  decodeCreated,
  decodeFace,
  decodeFaces,
  decodeUserFaceSettings,
} from '../../src/provider/faces/decode-face.ts';
import {
  decodeGroups,
  decodeIssued,
  decodeMaxFaces,
  decodeNamedUser,
  decodeUser,
  decodeUsersPage,
} from '../../src/provider/decode.ts';
import { KnownSecrets } from '../../src/provider/http/known-secrets.ts';
import { parseRetryAfter } from '../../src/provider/http/retry-after.ts';
import { ShapeError } from '../../src/provider/shape.ts';
import { errorText, palette } from '../../src/report/index.ts';
import { canary, demand, demandTokenless, type Target } from './target.ts';

const now = Date.parse('2026-06-01T00:00:00Z');
const statuses = [200, 302, 400, 401, 429, 503] as const;

/** What a tenant, or a gateway before it, answers: bodies, and the decoders of each. */
export const answersTarget: Target = {
  form: 'json',
  run: (input) => {
    const text = Buffer.from(input).toString('utf8');
    const secrets = new KnownSecrets();
    secrets.add(new Secret(canary));
    const asked = { host: 'acme.us.trustedauth.com', now, vendorText: 'show', secrets } as const;
    for (const status of statuses) {
      const read = readAnswer({ status, retryAfter: text, location: text, text }, asked);
      if (read.read === 'fault')
        demandTokenless(errorText(read.fault.refusal.message, read.fault.refusal.errorCode ?? '', palette('plain')));
      else decodeAll(read.json, secrets, text);
    }
    const wait = parseRetryAfter(text, now);
    demand(wait === undefined || wait >= 0, 'a wait is never negative', () => String(wait));
    parseCredentials(text);
    return Promise.resolve();
  },
};

const decoders: readonly ((value: unknown) => unknown)[] = [
  decodeFace,
  decodeFaces,
  decodeCreated,
  decodeUserFaceSettings,
  decodeUser,
  decodeNamedUser,
  decodeUsersPage,
  decodeGroups,
  decodeMaxFaces,
  decodeIssued,
];

function decodeAll(json: unknown, secrets: KnownSecrets, text: string): void {
  for (const decode of decoders) {
    const decoded = attempt(() => decode(json));
    if (decoded === undefined) continue;
    secrets.areEchoed(decoded, text);
  }
  const face = attempt(() => decodeFace(json));
  if (face === undefined) return;
  const again = attempt(() => decodeFace(JSON.parse(JSON.stringify(face))));
  demand(isDeepStrictEqual(again, face), 'a decoded face can be encoded and decoded', () =>
    JSON.stringify([face, again]),
  );
}

/** What does not fit is a ShapeError, which quotes nothing of the answer. */
function attempt<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    demandTokenless(error.message);
    return undefined;
  }
}
