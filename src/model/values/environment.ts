/** Names of environment variables that hold the credentials: an id with its secret, or the path of a file. */
export interface CredentialNames {
  readonly applicationId?: string | undefined;
  readonly sharedSecret?: string | undefined;
  readonly file?: string | undefined;
}

/** One of several tenants that the same files are for. */
export interface Environment {
  readonly name: string;
  /** Where they are not those that belong to the environment by its name. */
  readonly credentials?: CredentialNames | undefined;
}

/** Variables are named after it, so that no two names may lead to one variable. */
export function isEnvironmentName(name: string): boolean {
  return /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(name) && name.length <= 40 && name !== 'all';
}

/** The variables that belong to an environment by its name. */
export function variablesOf(environment: string): Readonly<Record<keyof CredentialNames | 'url', OwnVariable>> {
  const name = environment.toUpperCase().replaceAll('-', '_');
  return {
    url: `FACEFORM_${name}_TENANT_URL`,
    applicationId: `FACEFORM_${name}_APPLICATION_ID`,
    sharedSecret: `FACEFORM_${name}_SHARED_SECRET`,
    file: `FACEFORM_${name}_CREDENTIALS`,
  };
}

export type OwnVariable = `FACEFORM_${string}`;

/** Permission to read a variable for one environment. */
export interface AllowedVariable {
  readonly environment: string;
  /** In which `*` stands for any characters. */
  readonly pattern: string;
}

/**
 * Whether the credentials of an environment may come from a variable: one of its own, or one that is allowed to it. The
 * files name both the variable and the host that gets what is in it, so that neither they nor another environment's
 * permission can decide.
 */
export function mayRead(variable: string, environment: string, allowed: readonly AllowedVariable[]): boolean {
  if (Object.values<string>(variablesOf(environment)).includes(variable)) return true;
  if (variable.toUpperCase().startsWith('FACEFORM_')) return false;
  return allowed.some((one) => one.environment === environment && matchesName(variable, one.pattern));
}

/** @param pattern letters, digits and underscores; `*` stands for any number of these. */
export function matchesName(variable: string, pattern: string): boolean {
  return new RegExp(`^${pattern.replace(/\*+/g, '\\w*')}$`).test(variable);
}
