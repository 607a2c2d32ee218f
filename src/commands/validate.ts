import { hasErrors } from '../model/diagnostic.ts';
import { diagnosticsGithub, diagnosticsSarif, toJsonText, validateJson, validateText } from '../report/index.ts';
import { validateFiles } from './files/validate-files.ts';
import { worldOf } from './process/console-watch.ts';
import { paletteFor, showDiagnostics } from './process/console.ts';
import { exitCode, type ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import type { ValidateOptions } from './process/options.ts';
import { toolVersion } from './process/version.ts';

/** Checks the files without any network. */
export async function runValidate(paths: readonly string[], options: ValidateOptions, io: Io): Promise<ExitCode> {
  const secrets = options.secrets === true ? 'check' : 'ignore';
  const validated = await validateFiles(paths, secrets, worldOf(io, options));
  const { diagnostics } = validated;
  switch (options.format) {
    case 'text':
      showDiagnostics(diagnostics, io, options);
      io.stdout.write(validateText(validated, paletteFor(io.stdout, io, options)));
      break;
    case 'json':
      io.stdout.write(toJsonText(validateJson(validated, toolVersion())));
      break;
    case 'sarif':
      io.stdout.write(toJsonText(diagnosticsSarif(diagnostics, toolVersion())));
      break;
    case 'github':
      io.stdout.write(diagnosticsGithub(diagnostics));
      break;
  }
  return hasErrors(diagnostics) ? exitCode.error : exitCode.done;
}
