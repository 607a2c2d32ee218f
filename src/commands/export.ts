import { exportLive } from '../engine/index.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Reach } from '../model/enrollment.ts';
import type { Exported } from '../model/shown/exported.ts';
import { count } from '../model/values/count.ts';
import { exportYaml, plain } from '../report/index.ts';
import { CommandError } from './process/command-error.ts';
import { exitCode, type ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import type { ExportOptions } from './process/options.ts';
import { demandReplaceable, withSeal } from './files/export-file.ts';
import { reserveFile, type OutFile } from './files/out-file.ts';
import { readEverybody, readingDoubts } from './tenant/read-everybody.ts';
import { worldOf } from './process/console-watch.ts';
import { currentInstant } from './process/current-instant.ts';
import { showDiagnostics } from './process/console.ts';

/** Writes the live state as a file of enrollments, to stdout or, where it is complete, to `--out`. */
export async function runExport(options: ExportOptions, io: Io): Promise<ExitCode> {
  const { out: name } = options;
  const out = name === undefined ? undefined : { name, file: await reserve(name, options, io) };
  return readAndWrite(out, options, io);
}

/** Reading takes a while: what is there is looked at again before it is replaced. */
async function reserve(name: string, { force = false }: ExportOptions, io: Io): Promise<OutFile> {
  const demand = (): Promise<void> => (force ? Promise.resolve() : demandReplaceable(name, io));
  const file = await reserveFile(name, 'the export', io, { mode: 0o600, beforeRename: demand });
  await demand();
  return file;
}

interface Out {
  readonly name: string;
  readonly file: OutFile;
}

async function readAndWrite(out: Out | undefined, options: ExportOptions, io: Io): Promise<ExitCode> {
  const reach: Reach = options.group === undefined ? { users: 'tenant' } : { users: 'group', group: options.group };
  const world = worldOf(io, options);
  const read = await readEverybody(reach, options, world);
  const exported = exportLive(read.everybody, currentInstant(world));
  showDiagnostics([...readingDoubts(read.who, exported.unread, exported.failure), ...leftOut(exported)], io, options);
  const isComplete = exported.unread.length === 0 && exported.failure === undefined;
  const text = withSeal(exportYaml(exported, { tenant: read.tenant, reach, who: read.who }));
  if (out === undefined) {
    for (const piece of text) io.stdout.write(piece);
    return isComplete ? exitCode.done : exitCode.incomplete;
  }
  if (!isComplete) {
    throw new CommandError(
      `the live state could not be read completely, nothing was written to ${out.name}`,
      'Run again. Without --out what could be read is printed.',
      exitCode.incomplete,
    );
  }
  await out.file.save(text);
  const faces = exported.users.reduce((sum, { entries }) => sum + entries.length, 0);
  io.stdout.write(
    `Exported ${count(faces, 'face')} of ${count(exported.users.length, 'user')} to ${plain(out.name)}.\n`,
  );
  return exitCode.done;
}

function leftOut({ users }: Exported): readonly Diagnostic[] {
  return users.flatMap(({ user, leftOut: faces }) =>
    faces.map(({ id }) => ({
      severity: 'warning' as const,
      code: 'FACE_LEFT_OUT',
      summary: `the face ${id} of "${user.login}" stands in a comment: no entry could tell it from others`,
      detail: 'It has no serial number of its own. A plan lists it as one that no entry claims.',
    })),
  );
}
