import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Secret } from '../model/secret.ts';
import { CommandError } from './command-error.ts';
import type { Io } from './io.ts';
import type { TenantOptions } from './options.ts';

export interface Credentials {
  readonly applicationId: string;
  readonly sharedSecret: Secret;
  /** Where they were found, such as `--credentials FILE`. */
  readonly source: string;
  /** `https://` and the host name in the credentials file; missing where they came from the environment. */
  readonly url?: string;
}

/**
 * Finds the API application's credentials: `--credentials`, else FACEFORM_APPLICATION_ID with
 * FACEFORM_SHARED_SECRET, else FACEFORM_CREDENTIALS.
 *
 * @throws CommandError naming what is missing, never a value.
 */
export async function findCredentials(options: TenantOptions, io: Io): Promise<Credentials> {
  const { environment } = io;
  if (options.credentials !== undefined) return readCredentials(options.credentials, '--credentials', io);
  const applicationId = environment['FACEFORM_APPLICATION_ID'] ?? '';
  const sharedSecret = environment['FACEFORM_SHARED_SECRET'] ?? '';
  if (applicationId !== '' && sharedSecret !== '') {
    const source = 'FACEFORM_APPLICATION_ID and FACEFORM_SHARED_SECRET';
    return { applicationId, sharedSecret: new Secret(sharedSecret), source };
  }
  if (applicationId !== '' || sharedSecret !== '') {
    const missing = applicationId === '' ? 'FACEFORM_APPLICATION_ID' : 'FACEFORM_SHARED_SECRET';
    throw new CommandError(`${missing} is not set`, 'The application id and the shared secret go together.');
  }
  const file = environment['FACEFORM_CREDENTIALS'] ?? '';
  if (file !== '') return readCredentials(file, 'FACEFORM_CREDENTIALS', io);
  throw new CommandError(
    'no credentials are given',
    'Pass --credentials FILE (the JSON that the portal lets you download), or set FACEFORM_APPLICATION_ID and ' +
      'FACEFORM_SHARED_SECRET. To try faceform without a tenant, add --sandbox.',
  );
}

async function readCredentials(file: string, named: string, io: Io): Promise<Credentials> {
  const value = await readJson(file, io);
  const applicationId = member(value, 'applicationId');
  const sharedSecret = member(value, 'sharedSecret');
  const hostname = member(value, 'hostname');
  if (applicationId === undefined || sharedSecret === undefined) {
    throw new CommandError(
      `the credentials file ${file} lacks applicationId or sharedSecret`,
      'Use the JSON file as the portal lets one download it: applicationId, sharedSecret, hostname.',
    );
  }
  const url = hostname === undefined ? {} : { url: hostname.includes('://') ? hostname : `https://${hostname}` };
  return { applicationId, sharedSecret: new Secret(sharedSecret), source: `${named}: ${file}`, ...url };
}

/** The parser's own message may quote the file, and with it the secret; it is not passed on. */
async function readJson(file: string, io: Io): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(resolve(io.workingDirectory, file), 'utf8');
  } catch {
    throw new CommandError(`the credentials file ${file} cannot be read`, 'Check the path and its permissions.');
  }
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw new CommandError(`the credentials file ${file} is not JSON`, 'Download it from the portal once more.');
  }
}

function member(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  return typeof found === 'string' && found !== '' ? found : undefined;
}
