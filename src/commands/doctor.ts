import { isWell, type Check } from '../model/shown/checkup.ts';
import type { DesiredState } from '../model/enrollment.ts';
import { TenantError } from '../model/tenant.ts';
import { connectProbe, type Session, type TenantProbe } from '../provider/index.ts';
import { doctorJson, doctorText, toJsonText } from '../report/index.ts';
import { checkTenant, uncheckedFrom, unreachable } from './doctor/check-tenant.ts';
import { checkConfiguration, checkFiles, checkProgram } from './doctor/check-setup.ts';
import { CommandError } from './process/command-error.ts';
import { openConnection, targetOf, type Connection } from './tenant/connect.ts';
import { exitCode, type ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import { load } from './files/load.ts';
import type { DoctorOptions } from './process/options.ts';
import { paletteFor } from './process/console.ts';
import { toolVersion } from './version.ts';

/** Checks one thing after the other, up to where nothing further can be known. Its client cannot write. */
export async function runDoctor(paths: readonly string[], options: DoctorOptions, io: Io): Promise<ExitCode> {
  const loaded = paths.length === 0 ? undefined : await load(paths, { ...options, secrets: 'ignore' }, io);
  const files = loaded === undefined ? [] : [checkFiles(loaded)];
  const setup = await checkConfiguration(loaded?.state?.tenant ?? {}, options, io);
  const before = [checkProgram(io), ...files, ...setup.checks];
  const beyond = setup.complete ? await lookBeyond(loaded?.state, options, io) : uncheckedFrom();
  const tenant = setup.tenant === undefined ? {} : { tenant: setup.tenant };
  const checkup = { ...tenant, checks: [...before, ...beyond] };
  const version = toolVersion();
  io.stdout.write(
    options.format === 'json'
      ? toJsonText(doctorJson(checkup, version))
      : doctorText(checkup, version, paletteFor(io.stdout, io, options)),
  );
  return isWell(checkup) ? exitCode.done : exitCode.error;
}

async function lookBeyond(
  desired: DesiredState | undefined,
  options: DoctorOptions,
  io: Io,
): Promise<readonly Check[]> {
  try {
    const target = desired === undefined ? { settings: {}, seed: () => ({}) } : targetOf(desired);
    const connection = await openConnection(target, options, io);
    try {
      return await lookAt(connection, desired);
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (error instanceof CommandError) return unreachable(error.message, error.detail);
    if (error instanceof TenantError) return unreachable(error.message, 'Nothing was called.');
    throw error;
  }
}

async function lookAt({ request }: Connection, desired: DesiredState | undefined): Promise<readonly Check[]> {
  const session: Session<TenantProbe> = connectProbe(request);
  try {
    return await checkTenant(session.tenant, { url: request.url, proxy: request.proxy?.https, desired });
  } finally {
    await session.close();
  }
}
