import { isPassing, isWell, type Check, type Checkup } from '../model/shown/checkup.ts';
import type { DesiredState } from '../model/enrollment.ts';
import { isFailure } from '../model/failure.ts';
import { connectProbe } from '../provider/index.ts';
import { doctorJson, doctorText, toJsonText } from '../report/index.ts';
import { checkTenant, uncheckedFrom, unreachable } from './doctor/check-tenant.ts';
import { checkConfiguration, checkFiles, checkProgram } from './doctor/check-setup.ts';
import { CommandError } from './process/command-error.ts';
import { targetOf, type Target } from './tenant/connect.ts';
import { withSession } from './tenant/with-session.ts';
import { whole } from './process/closing.ts';
import { worldOf } from './process/console-watch.ts';
import { watched, type World } from './process/watch.ts';
import { exitCode, type ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import { load } from './files/load.ts';
import type { DoctorOptions } from './process/options.ts';
import { paletteFor } from './process/console.ts';
import { toolVersion } from './process/version.ts';

/** Checks one thing after the other, up to where nothing further can be known. Its client cannot write. */
export async function runDoctor(paths: readonly string[], options: DoctorOptions, io: Io): Promise<ExitCode> {
  const world = worldOf(io, options);
  const loaded = paths.length === 0 ? undefined : await load(paths, options, world);
  const files = loaded === undefined ? [] : [checkFiles(loaded)];
  const setup = await checkConfiguration(loaded?.state ?? { tenant: {} }, options, io);
  const before = [checkProgram(io), ...files, ...setup.checks];
  const beyond = setup.complete ? await lookBeyond(loaded?.state, options, world) : uncheckedFrom();
  const checkup = { tenant: setup.tenant, checks: [...before, ...beyond] };
  const version = toolVersion();
  io.stdout.write(
    options.format === 'json'
      ? toJsonText(doctorJson(checkup, loaded?.diagnostics ?? [], version))
      : doctorText(checkup, version, { palette: paletteFor(io.stdout, io, options), width: io.stdout.columns }),
  );
  return codeOf(checkup);
}

function codeOf(checkup: Checkup): ExitCode {
  if (isWell(checkup)) return exitCode.done;
  return isPassing(checkup) ? exitCode.incomplete : exitCode.error;
}

const anybody: Target = { settings: {}, seed: () => ({}) };

async function lookBeyond(
  desired: DesiredState | undefined,
  options: DoctorOptions,
  world: World,
): Promise<readonly Check[]> {
  try {
    const target = { ...(desired === undefined ? anybody : targetOf(desired)), stateAccess: 'read' } as const;
    const checked = await withSession({ target, options, connect: connectProbe }, world, ({ tenant, request }) =>
      watched(world, 'read-users', () =>
        checkTenant(tenant, { url: request.url, proxy: request.proxy?.https, desired }),
      ),
    );
    return whole(checked);
  } catch (error) {
    if (error instanceof CommandError) return unreachable(error.message, error.detail);
    if (isFailure(error)) return unreachable(error.message, 'Nothing was called.');
    throw error;
  }
}
