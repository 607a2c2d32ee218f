import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { TokenSource } from '../model/enrollment.ts';
import { Secret } from '../model/secret.ts';
import { maskTokens } from './mask-tokens.ts';
import type { Words } from './source-file.ts';

export interface TokenRequest {
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Reads an encrypted biometric token; what is wrong is said without the value. */
export async function readToken(source: TokenSource, request: TokenRequest): Promise<Secret | Words> {
  const text = source.from === 'env' ? fromEnvironment(source.name, request) : await fromFile(source.path, request);
  if (typeof text !== 'string') return text;
  const token = text.replace(/\s+/g, '');
  if (!base64.test(token)) {
    const where =
      source.from === 'env' ? `the variable ${maskTokens(source.name)}` : `the file ${maskTokens(source.path)}`;
    return {
      code: 'NOT_BASE64',
      summary: `${where} holds no Base64 text`,
      detail: 'Store the token as Onfido gave it.',
    };
  }
  return new Secret(token);
}

function fromEnvironment(name: string, { environment }: TokenRequest): string | Words {
  const value = environment[name] ?? '';
  return value === ''
    ? {
        code: 'UNSET_ENV',
        summary: `the variable ${maskTokens(name)} is not set`,
        detail: 'Set it, or correct the name.',
      }
    : value;
}

async function fromFile(path: string, { workingDirectory }: TokenRequest): Promise<string | Words> {
  try {
    return await readFile(resolve(workingDirectory, path), 'utf8');
  } catch {
    return {
      code: 'UNREADABLE_FILE',
      summary: `the token file ${maskTokens(path)} cannot be read`,
      detail: 'Check the path and its permissions.',
    };
  }
}
