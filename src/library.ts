import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError, codeOf, InputError } from './commands/process/command-error.ts';
import type { Io } from './commands/process/io.ts';
import { placeOf } from './model/place.ts';
import { TenantError } from './model/tenant.ts';
import type { ApplyJson } from './report/run/apply-json.ts';
import { diagnosticJson, type DiagnosticJson } from './report/diagnostics/diagnostic-json.ts';
import type { PlanFile } from './report/generated/plan-file.generated.ts';
import { placeText } from './report/text/place-text.ts';
import type { ValidationJson } from './report/diagnostics/validation.ts';

export type { ApplyJson as ApplyReport, DiagnosticJson as Diagnostic, PlanFile as Plan, ValidationJson as Validation };

/** Where a call looks for files, credentials and tokens. */
export interface Surroundings {
  /** Relative paths start here; the process's own directory if missing. */
  readonly workingDirectory?: string;
  /** Read as the program reads its environment, such as FACEFORM_CREDENTIALS; the process's own if missing. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** The tenant to talk to; what is missing comes from the files and the environment, as on the command line. */
export interface TenantChoice extends Surroundings {
  readonly tenant?: string;
  /** Path of the JSON that the portal lets one download. */
  readonly credentials?: string;
  /** The embedded tenant, its state kept in this file. */
  readonly sandbox?: string;
  readonly concurrency?: number;
  readonly requestsPerSecond?: number;
  /** Seconds that the tenant may keep a run waiting; 600 if missing. */
  readonly maxWait?: number;
}

/** As the flags of the same names. */
export interface PlanOptions extends TenantChoice {
  readonly target?: readonly string[];
  readonly replace?: readonly string[];
  /** Such as `2/8`. */
  readonly shard?: string;
  readonly includeNoop?: boolean;
  readonly skipMissingUsers?: boolean;
  readonly allowDeletes?: number;
  readonly allowDisables?: number;
  readonly allowEmails?: number;
}

/** As the flags of the same names. */
export interface ApplyOptions extends TenantChoice {
  readonly journal?: string;
  readonly activationsOut?: string;
  readonly onStale?: 'skip' | 'fail';
  readonly allowIncomplete?: boolean;
  readonly allowDeletes?: number;
  readonly allowDisables?: number;
  readonly allowEmails?: number;
  /** 10 if missing. */
  readonly maxFailures?: number;
  /** Seconds; a day if missing. */
  readonly planMaxAge?: number;
  /** Starts nothing more once it is aborted; what is under way ends, and is in the report. */
  readonly signal?: AbortSignal;
}

/** What the command line would have ended with a message for. */
export class FaceformError extends Error {
  override readonly name = 'FaceformError';
  /** What to do about it. */
  readonly detail: string;
  /** That of the command line: 5 where a budget or protection refused, 6 where the tenant could not be read, else 1. */
  readonly exitCode: number;
  /** What is wrong with the files, if that is the reason. */
  readonly diagnostics: readonly DiagnosticJson[];

  constructor(summary: string, detail: string, exitCode: number, diagnostics: readonly DiagnosticJson[] = []) {
    super(summary);
    this.detail = detail;
    this.exitCode = exitCode;
    this.diagnostics = diagnostics;
  }
}

/** Checks files, offline. Errors are in what it returns. @param paths files or directories. */
export async function validate(
  paths: readonly string[],
  options: Surroundings & { readonly secrets?: boolean } = {},
): Promise<ValidationJson> {
  const { runValidate } = await import('./commands/validate.ts');
  const flags = { ...quietly, secrets: options.secrets === true, format: 'json' } as const;
  return read(await printed((io) => runValidate(paths, flags, io), options), isValidation);
}

/**
 * Reads the tenant and says what an apply would do. It cannot write.
 *
 * @returns the plan as `--format json` prints it; errors of the input that only the tenant shows are in `diagnostics`,
 *   and `x_complete` is false where not everything could be read.
 * @throws FaceformError where there is no plan: files with errors, refused credentials, no connection.
 */
export async function plan(paths: readonly string[], options: PlanOptions = {}): Promise<PlanFile> {
  const [{ runPlan }, { isPlanFile }] = await Promise.all([
    import('./commands/plan.ts'),
    import('./report/plan-json/read-plan.ts'),
  ]);
  const flags = { ...options, ...quietly, format: 'json' } as const;
  return read(await printed((io) => runPlan(paths, flags, io), options), isPlanFile);
}

/**
 * Carries out a plan, and that alone: each user is read again, and changes that no longer fit are left out as stale.
 *
 * @returns one outcome for each change; they may have failed.
 * @throws FaceformError where nothing was written: the plan was changed, is too old, of another tenant, not complete, or
 *   a budget or protection refuses it.
 */
export async function apply(plan: PlanFile, options: ApplyOptions = {}): Promise<ApplyJson> {
  const [{ applySaved }, { readSavedPlan }] = await Promise.all([
    import('./commands/apply.ts'),
    import('./commands/files/saved-plan.ts'),
  ]);
  const flags = { maxFailures: 10, planMaxAge: 86_400, verify: true, ...options, ...quietly, format: 'json' } as const;
  const work = async (io: Io): Promise<unknown> =>
    applySaved(await readSavedPlan(JSON.stringify(plan), 'the plan'), flags, io);
  return read(await printed(work, options), isReport);
}

const quietly = { color: false, quiet: true } as const;

/** What a command prints on stdout. @throws FaceformError in place of its message on stderr. */
async function printed(
  work: (io: Io) => Promise<unknown>,
  options: Surroundings & { readonly signal?: AbortSignal },
): Promise<string> {
  let text = '';
  const stdout = {
    write: (more: string) => {
      text += more;
    },
    isTerminal: false,
  };
  try {
    await work(ioFor(options, stdout));
    return text;
  } catch (error) {
    throw asFaceformError(error);
  }
}

function ioFor(
  { workingDirectory, environment, signal }: Surroundings & { readonly signal?: AbortSignal },
  stdout: Io['stdout'],
): Io {
  return {
    stdout,
    stderr: { write: () => undefined, isTerminal: false },
    environment: environment ?? process.env,
    workingDirectory: workingDirectory ?? process.cwd(),
    nodeVersion: process.versions.node,
    readStandardInput: () => Promise.resolve(new Uint8Array()),
    clock: { now: () => Date.now(), sleep: (ms, abort) => sleep(ms, undefined, abort && { signal: abort }) },
    random: () => Math.random(),
    onSignal: (handler) => {
      const stop = (): void => {
        handler('SIGTERM');
      };
      if (signal?.aborted === true) stop();
      signal?.addEventListener('abort', stop);
      return () => signal?.removeEventListener('abort', stop);
    },
  };
}

function asFaceformError(error: unknown): unknown {
  if (error instanceof CommandError) return new FaceformError(error.message, error.detail, error.code);
  if (error instanceof InputError) return inputError(error);
  if (error instanceof TenantError) return new FaceformError(error.message, 'Nothing was written.', codeOf(error));
  return error;
}

/** Of many things that are wrong, the first stands for all in the message. */
function inputError({ message, diagnostics }: InputError): FaceformError {
  const [first] = diagnostics;
  const place = first?.range === undefined ? '' : `${placeText(placeOf(first.range))}: `;
  const others = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : '';
  const detail = first?.detail ?? 'See the diagnostics.';
  return new FaceformError(`${place}${first?.summary ?? message}${others}`, detail, 1, diagnostics.map(diagnosticJson));
}

function read<T>(text: string, isWhole: (value: unknown) => value is T): T {
  const value: unknown = JSON.parse(text);
  if (isWhole(value)) return value;
  throw new Error('a command has printed something else than it should');
}

function isValidation(value: unknown): value is ValidationJson {
  return typeof value === 'object' && value !== null && 'valid' in value;
}

function isReport(value: unknown): value is ApplyJson {
  return typeof value === 'object' && value !== null && 'outcomes' in value;
}
