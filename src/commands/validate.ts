import { diagnosticsGithub, diagnosticsSarif, toJsonText, validateJson, validateText } from '../report/index.ts';
import { exitCode, type ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import { load } from './files/load.ts';
import type { ValidateOptions } from './process/options.ts';
import { paletteFor, showDiagnostics } from './process/console.ts';
import { toolVersion } from './version.ts';

/** Checks the files without any network. */
export async function runValidate(paths: readonly string[], options: ValidateOptions, io: Io): Promise<ExitCode> {
  const loaded = await load(paths, { ...options, secrets: options.secrets === true ? 'check' : 'ignore' }, io);
  const { diagnostics, leftOut, files, entries } = loaded;
  const skipped = loaded.skipped.length;
  switch (options.format) {
    case 'text':
      showDiagnostics(diagnostics, io, options);
      io.stdout.write(
        validateText(
          { files, skipped, enrollments: entries, diagnostics, leftOut },
          paletteFor(io.stdout, io, options),
        ),
      );
      break;
    case 'json':
      io.stdout.write(toJsonText(validateJson({ diagnostics, leftOut, skipped })));
      break;
    case 'sarif':
      io.stdout.write(toJsonText(diagnosticsSarif(diagnostics, toolVersion())));
      break;
    case 'github':
      io.stdout.write(diagnosticsGithub(diagnostics));
      break;
  }
  return loaded.state === undefined ? exitCode.error : exitCode.done;
}
