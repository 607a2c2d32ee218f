import { variablesOf, type Environment } from '../../model/values/environment.ts';
import type { TenantSettings } from '../../model/enrollment.ts';
import { isVendorOrLoopback } from '../../provider/index.ts';
import { CommandError } from '../process/command-error.ts';
import { exitCode } from '../process/exit-code.ts';
import type { Surroundings } from '../process/io.ts';
import type { TenantOptions } from '../process/options.ts';
import { readVariable } from '../process/read-variable.ts';
import type { Credentials } from './credentials.ts';

export interface ChosenTenant {
  readonly url: string;
  /** Who says so, such as `--tenant`. */
  readonly source: string;
}

/** The tenant that the files or a saved plan name. */
interface Named {
  readonly settings: Pick<TenantSettings, 'url'>;
  readonly source?: string | undefined;
  /** Whose variables count. */
  readonly environment?: Environment | undefined;
}

/**
 * Decides which tenant gets the credentials.
 *
 * @throws CommandError where no tenant is named, two contradict each other, or only a file names a foreign host.
 */
export function chooseTenant(
  named: Named,
  credentials: Pick<Credentials, 'url' | 'source'>,
  { tenant }: Pick<TenantOptions, 'tenant'>,
  io: Surroundings,
): ChosenTenant {
  if (tenant !== undefined) return { url: tenant, source: '--tenant' };
  const byFile = byFileOf(named);
  const byOthers = [...byVariables(named, io), ...namedBy(`the credentials (${credentials.source})`, credentials.url)];
  const [chosen, ...others] = [...byOthers, ...byFile];
  if (chosen === undefined) {
    throw new CommandError(
      'no tenant is given',
      named.environment !== undefined
        ? `Set ${variablesOf(named.environment.name).url}, or pass --tenant.`
        : "Pass --tenant https://NAME.REGION.trustedauth.com, set FACEFORM_TENANT_URL, or write 'tenant: {url: …}' in the file.",
      exitCode.error,
      { reason: 'NO_TENANT' },
    );
  }
  for (const other of others) demandSame(chosen, other);
  if (byOthers.length === 0) refuseForeign(chosen.url);
  return chosen;
}

/**
 * Compares the two that are known before the credentials are looked for.
 *
 * @throws CommandError where a variable names another tenant than that of the files or the saved plan.
 */
export function demandOneTenant(named: Named, io: Surroundings): void {
  const [first, ...others] = [...byVariables(named, io), ...byFileOf(named)];
  for (const other of others) if (first !== undefined) demandSame(first, other);
}

function byFileOf({ settings, source = "'tenant.url' in the files" }: Named): readonly ChosenTenant[] {
  return namedBy(source, settings.url);
}

function byVariables({ environment }: Named, io: Surroundings): readonly ChosenTenant[] {
  const own = environment === undefined ? [] : [variablesOf(environment.name).url];
  return [...own, 'FACEFORM_TENANT_URL'].flatMap((name) => namedBy(name, readVariable(name, io)));
}

function namedBy(source: string, url: string | undefined): readonly ChosenTenant[] {
  return url === undefined ? [] : [{ url, source }];
}

function demandSame(one: ChosenTenant, other: ChosenTenant): void {
  const [left, right] = [originOf(one.url), originOf(other.url)];
  if (left === right) return;
  throw new CommandError(
    `two tenants are named: ${left} by ${one.source}, ${right} by ${other.source}`,
    'Make them agree, or pass --tenant to say which one you mean. Nothing was sent to either.',
    exitCode.error,
    { reason: 'TENANT_CONFLICT' },
  );
}

/** Whoever may edit a file, or a saved plan, must not decide where the credentials go. */
function refuseForeign(url: string): void {
  if (isVendorOrLoopback(url)) return;
  throw new CommandError(
    `credentials withheld from '${originOf(url)}'`,
    'Only a file or the saved plan names this tenant, and its host is not below trustedauth.com. ' +
      'If you trust it, name it with --tenant or FACEFORM_TENANT_URL.',
  );
}

/** As it stands where it is no URL; the provider says what is wrong with it. */
export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
