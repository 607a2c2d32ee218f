import { resolve } from 'node:path';
import { readAny } from '../../files/read-regular.ts';
import { mayRead, variablesOf, type CredentialNames, type Environment } from '../../model/values/environment.ts';
import { Secret } from '../../model/values/secret.ts';
import { parseCredentials } from '../../provider/index.ts';
import { credentialVariables } from '../files/credential-variables.ts';
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

interface CredentialsRequest {
  readonly options: Pick<TenantOptions, 'credentials'>;
  readonly environment: Environment | undefined;
}

/**
 * Finds the API application's credentials: `--credentials`, else the variables that the environment of the files names,
 * else those that belong to it by its name, else FACEFORM_APPLICATION_ID with FACEFORM_SHARED_SECRET, else
 * FACEFORM_CREDENTIALS.
 *
 * @throws CommandError naming what is missing, never a value.
 */
export async function findCredentials(
  { options, environment }: CredentialsRequest,
  io: Surroundings,
): Promise<Credentials> {
  if (options.credentials !== undefined) return readCredentials(options.credentials, '--credentials', io);
  const own = environment && variablesOf(environment.name);
  if (environment?.credentials !== undefined) return fromNamed(environment.name, environment.credentials, io);
  const found = (own && (await fromVariables(own, io))) ?? (await fromVariables(general, io));
  if (found !== undefined) return found;
  const { applicationId, sharedSecret } = own ?? general;
  throw new CommandError(
    own === undefined ? 'no credentials are given' : `no credentials are given for '${String(environment?.name)}'`,
    `Pass --credentials FILE (the JSON that the portal lets you download), or set ${applicationId} and ` +
      `${sharedSecret}. To try faceform without a tenant, add --sandbox.`,
    exitCode.error,
    { reason: 'NO_CREDENTIALS' },
  );
}

/** Variables that hold credentials, by what is in them. */
type Variables = Readonly<Record<'applicationId' | 'sharedSecret' | 'file', string>>;

const general: Variables = {
  applicationId: 'FACEFORM_APPLICATION_ID',
  sharedSecret: 'FACEFORM_SHARED_SECRET',
  file: 'FACEFORM_CREDENTIALS',
};

async function fromVariables(names: Variables, io: Surroundings): Promise<Credentials | undefined> {
  const applicationId = readVariable(names.applicationId, io);
  const sharedSecret = readVariable(names.sharedSecret, io);
  const file = readVariable(names.file, io);
  if (applicationId !== undefined && sharedSecret !== undefined) {
    const source = `${names.applicationId} and ${names.sharedSecret}`;
    return { applicationId, sharedSecret: new Secret(sharedSecret), source };
  }
  if (applicationId !== undefined || sharedSecret !== undefined) {
    const missing = applicationId === undefined ? names.applicationId : names.sharedSecret;
    throw notSet(missing, 'The application id and the shared secret go together.');
  }
  return file === undefined ? undefined : readCredentials(file, names.file, io);
}

/** A saved plan has the names too, so that the permission is asked for again. */
async function fromNamed(environment: string, names: CredentialNames, io: Surroundings): Promise<Credentials> {
  const allowed = credentialVariables(io);
  for (const name of Object.values<string | undefined>({ ...names })) {
    if (name === undefined || mayRead(name, environment, allowed)) continue;
    throw new CommandError(
      `the variable ${name} is not allowed for '${environment}'`,
      `If it holds credentials of this tenant, set FACEFORM_CREDENTIAL_VARIABLES=${environment}:${name}.`,
    );
  }
  const { applicationId = '', sharedSecret = '', file = '' } = names;
  const found = await fromVariables({ applicationId, sharedSecret, file }, io);
  if (found !== undefined) return found;
  const missing = file === '' ? `${applicationId} and ${sharedSecret}` : file;
  throw notSet(missing, `The files name it for the credentials of '${environment}'.`);
}

function notSet(names: string, detail: string): CommandError {
  return new CommandError(`${names} is not set`, detail, exitCode.error, { reason: 'NO_CREDENTIALS' });
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
