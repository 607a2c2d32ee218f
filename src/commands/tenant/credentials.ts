import { resolve } from 'node:path';
import { readAny } from '../../files/read-regular.ts';
import { Secret } from '../../model/values/secret.ts';
import { parseCredentials } from '../../provider/index.ts';
import { CommandError } from '../process/command-error.ts';
import { exitCode } from '../process/exit-code.ts';
import type { Surroundings } from '../process/io.ts';
import { printable, readVariable } from '../process/read-variable.ts';
import type { TenantOptions } from '../process/options.ts';

/** Bytes; the portal's file has a few hundred. */
const mostBytes = 1024 * 1024;

export interface Credentials {
  readonly applicationId: string;
  readonly sharedSecret: Secret;
  /** Where they were found, such as `--credentials FILE`. */
  readonly source: string;
  /** `https://` and the host name in the credentials file; missing where they came from the environment. */
  readonly url?: string | undefined;
}

/**
 * Finds the API application's credentials: `--credentials`, else FACEFORM_APPLICATION_ID with
 * FACEFORM_SHARED_SECRET, else FACEFORM_CREDENTIALS.
 *
 * @throws CommandError naming what is missing, never a value.
 */
export async function findCredentials(options: TenantOptions, io: Surroundings): Promise<Credentials> {
  if (options.credentials !== undefined) return readCredentials(options.credentials, '--credentials', io);
  const applicationId = readVariable('FACEFORM_APPLICATION_ID', io);
  const sharedSecret = readVariable('FACEFORM_SHARED_SECRET', io);
  const file = readVariable('FACEFORM_CREDENTIALS', io);
  if (applicationId !== undefined && sharedSecret !== undefined) {
    const source = 'FACEFORM_APPLICATION_ID and FACEFORM_SHARED_SECRET';
    return { applicationId, sharedSecret: new Secret(sharedSecret), source };
  }
  if (applicationId !== undefined || sharedSecret !== undefined) {
    const missing = applicationId === undefined ? 'FACEFORM_APPLICATION_ID' : 'FACEFORM_SHARED_SECRET';
    throw new CommandError(
      `${missing} is not set`,
      'The application id and the shared secret go together.',
      exitCode.error,
      {
        reason: 'NO_CREDENTIALS',
      },
    );
  }
  if (file !== undefined) return readCredentials(file, 'FACEFORM_CREDENTIALS', io);
  throw new CommandError(
    'no credentials are given',
    'Pass --credentials FILE (the JSON that the portal lets you download), or set FACEFORM_APPLICATION_ID and ' +
      'FACEFORM_SHARED_SECRET. To try faceform without a tenant, add --sandbox.',
    exitCode.error,
    { reason: 'NO_CREDENTIALS' },
  );
}

async function readCredentials(file: string, named: string, io: Surroundings): Promise<Credentials> {
  const parsed = parseCredentials(await readText(file, io));
  switch (parsed.parsed) {
    case 'whole': {
      const { sharedSecret, url } = parsed;
      const applicationId = printable(parsed.applicationId, `applicationId in ${file}`);
      printable(sharedSecret.reveal(), `sharedSecret in ${file}`);
      if (url !== undefined) printable(url, `hostname in ${file}`);
      return { applicationId, sharedSecret, source: `${named}: ${file}`, url };
    }
    case 'not-json':
      throw new CommandError(`the credentials file ${file} is not JSON`, 'Download it from the portal once more.');
    case 'incomplete':
      throw new CommandError(
        `the credentials file ${file} lacks applicationId or sharedSecret`,
        'Use the JSON file as the portal lets one download it: applicationId, sharedSecret, hostname.',
      );
  }
}

async function readText(file: string, io: Surroundings): Promise<string> {
  const bytes = await readAny(resolve(io.workingDirectory, file), mostBytes).catch(() => undefined);
  if (bytes === undefined) {
    throw new CommandError(`the credentials file ${file} cannot be read`, 'Check the path and its permissions.');
  }
  if (bytes === 'too large') {
    throw new CommandError(
      `the credentials file ${file} is larger than 1 MiB`,
      'Use the JSON file as the portal lets one download it.',
    );
  }
  return Buffer.from(bytes).toString('utf8');
}
