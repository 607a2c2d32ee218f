import type { TokenSource } from '../../model/enrollment.ts';
import { Secret } from '../../model/values/secret.ts';
import { maskWords } from '../source/mask-words.ts';
import { identityOf, readIdentified } from '../../files/read-regular.ts';
import type { Words } from '../source/source-file.ts';
import { locate, targetOf, unreadable } from './token-place.ts';
import { refuseVariable, type FileSource, type SourceRequest } from './token-source.ts';

export interface TokenRequest extends SourceRequest {
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
const largestBytes = 1024 * 1024;

/** Reads an encrypted biometric token; what is wrong is said without the value. */
export async function readToken(source: TokenSource, request: TokenRequest): Promise<Secret | Words> {
  const token = await readSource(source, request);
  return token instanceof Secret ? token : maskWords(token);
}

async function readSource(source: TokenSource, request: TokenRequest): Promise<Secret | Words> {
  const text = source.from === 'env' ? fromEnvironment(source.name, request) : await fromFile(source, request);
  return typeof text === 'string' ? tokenIn(text, source) : text;
}

function tokenIn(text: string, source: TokenSource): Secret | Words {
  const token = text.replace(/\s+/g, '');
  if (!base64.test(token)) {
    const where = source.from === 'env' ? `the variable ${source.name}` : `the file ${source.path}`;
    return {
      code: 'NOT_BASE64',
      summary: `${where} is not Base64`,
      detail: 'Store the token as Onfido gave it.',
    };
  }
  return new Secret(token);
}

function fromEnvironment(name: string, request: TokenRequest): string | Words {
  const refused = refuseVariable(name, request);
  if (refused !== undefined) return refused;
  const value = request.environment[name] ?? '';
  return value === ''
    ? { code: 'UNSET_ENV', summary: `the variable ${name} is not set`, detail: 'Set it, or correct the name.' }
    : value;
}

async function fromFile(source: FileSource, request: TokenRequest): Promise<string | Words> {
  const unusable = (what: string, detail: string): Words => ({
    code: 'TOKEN_FILE_UNUSABLE',
    summary: `the token file ${source.path} ${what}`,
    detail,
  });
  try {
    const place = await locate(source, request);
    if (typeof place !== 'string') return place;
    const file = await readIdentified(place, largestBytes);
    if (file === 'not a regular file') return unusable('is not a regular file', 'Use a regular file.');
    if (file === 'too large') return unusable('is larger than 1 MiB', 'Store the token alone in the file.');
    // A link that was changed meanwhile, even back again, may have led somewhere else when the file was opened.
    const isUnchanged = (await targetOf(source, request)) === place && (await identityOf(place)) === file.identity;
    if (!isUnchanged) return unusable('changed while it was being read', 'Run again.');
    return Buffer.from(file.bytes).toString('utf8');
  } catch {
    return unreadable(source);
  }
}
