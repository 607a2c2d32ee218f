import { checkOptions, checkPaths, checkRecord } from './library/check-arguments.ts';
import { afterRun, withDocumentedErrors } from './library/faceform-error.ts';
import type { ApplyOptions, PlanOptions, RevertOptions, ValidateOptions } from './library/options.ts';
import { harmless, worldFrom } from './library/world.ts';
import type { ApplyJson } from './report/run/apply-json.ts';
import type { ValidationJson } from './report/diagnostics/validation.ts';
import type { PlanFile } from './report/generated/plan-file.generated.ts';

export { FaceformError } from './library/faceform-error.ts';
export type {
  ApplyOptions,
  PlanOptions,
  ProgressEvent,
  RevertOptions,
  Surroundings,
  TenantChoice,
  ValidateOptions,
} from './library/options.ts';
export type { DiagnosticJson as Diagnostic } from './report/diagnostics/diagnostic-json.ts';
export type { Fetch, FetchAnswer, FetchRequest } from './provider/index.ts';
export type { RunEvent } from './report/run/run-events.ts';
export type { ApplyJson as ApplyReport, PlanFile as Plan, ValidationJson as Validation };

/**
 * Checks files, offline.
 *
 * @param paths files or directories; none for all of the working directory.
 * @returns errors too, each with its place.
 * @throws TypeError where the arguments are none; the reason of an aborted signal.
 */
export async function validate(paths: readonly string[], options: ValidateOptions = {}): Promise<ValidationJson> {
  checkPaths(paths);
  checkOptions('validate', options);
  const [{ validateFiles }, { validateJson }, { toolVersion }] = await Promise.all([
    import('./commands/files/validate-files.ts'),
    import('./report/index.ts'),
    import('./commands/process/version.ts'),
  ]);
  return cancellable(options.signal, async () => {
    const validated = await validateFiles(paths, options.secrets === true ? 'check' : 'ignore', worldFrom(options));
    return validateJson(validated, toolVersion());
  });
}

/**
 * Reads the tenant and says what an apply would do. It cannot write.
 *
 * @returns the plan as `--format json` prints it; errors of the input that only the tenant shows are in `diagnostics`,
 *   and `x_complete` is false where not everything could be read.
 * @throws FaceformError where there is no plan: files with errors, refused credentials, no connection. TypeError where
 *   the arguments are none; the reason of an aborted signal.
 */
export async function plan(paths: readonly string[], options: PlanOptions = {}): Promise<PlanFile> {
  checkPaths(paths);
  checkOptions('plan', options);
  const [{ loadValid }, { judged }, { makePlan }, { planJson }] = await Promise.all([
    import('./commands/files/load.ts'),
    import('./commands/planning/judged.ts'),
    import('./commands/planning/make-plan.ts'),
    import('./report/index.ts'),
  ]);
  const { signal, includeNoop } = options;
  return cancellable(signal, async () => {
    const world = { ...worldFrom(options, harmless(options.onEvent)), cancel: signal };
    const loaded = await loadValid(paths, options, world);
    const made = await makePlan({ ...loaded, tokens: 'needed by apply of the saved plan' }, options, world);
    const { plan, context } = judged(made, options);
    return planJson(plan, context, includeNoop === true ? 'list' : 'omit');
  });
}

/**
 * Carries out a plan, and that alone: each user is read again, and changes that no longer fit are left out as stale.
 *
 * @returns one outcome for each change; they may have failed.
 * @throws FaceformError where nothing was written: the plan was changed, is too old, of another tenant, not complete, or
 *   a budget or protection refuses it. TypeError where an option is none.
 */
export async function apply(plan: PlanFile, options: ApplyOptions = {}): Promise<ApplyJson> {
  checkOptions('apply', options);
  const [{ readSavedPlan }, { applySaved }, { withEvents }, { wrongIn }, { applyJson }, { toolVersion }] =
    await Promise.all([
      import('./commands/files/saved-plan.ts'),
      import('./commands/run/apply-saved.ts'),
      import('./commands/run/run-events.ts'),
      import('./commands/run/run-tasks.ts'),
      import('./report/index.ts'),
      import('./commands/process/version.ts'),
    ]);
  const { maxFailures = 10, planMaxAge = 86_400, verify = true } = options;
  const onEvent = harmless(options.onEvent);
  const world = worldFrom(options, onEvent);
  const saved = await withDocumentedErrors(() => readSavedPlan(JSON.stringify(plan), 'the plan'));
  const given = { ...options, maxFailures, planMaxAge, verify };
  const run = await withDocumentedErrors(() =>
    withEvents({ onEvent }, world, (events) => applySaved(saved, { ...reviewed, events }, given, world)),
  );
  const { tenant, diagnostics, missing } = run.result.plan;
  const report = applyJson(run.result.report, { tenant, diagnostics, missing, toolVersion: toolVersion() });
  const wrong = wrongIn(run);
  if (wrong !== undefined) throw afterRun(wrong, report);
  return report;
}

/**
 * Says how to undo what an apply has done. It cannot write; `apply` carries the reverse plan out.
 *
 * @param record path of a journal, a report or a saved plan, or a report as `apply` returned it.
 * @throws FaceformError where it is no record of an apply, or is of another tenant. TypeError where an argument is none;
 *   the reason of an aborted signal.
 */
export async function revert(record: string | ApplyJson, options: RevertOptions = {}): Promise<PlanFile> {
  checkRecord(record);
  checkOptions('revert', options);
  const [{ loadPast, pastFrom }, { loadRules, makeRevert }, { planJson }] = await Promise.all([
    import('./commands/files/past-run.ts'),
    import('./commands/planning/make-revert.ts'),
    import('./report/index.ts'),
  ]);
  const { signal, rules = [] } = options;
  return cancellable(signal, async () => {
    const world = { ...worldFrom(options, harmless(options.onEvent)), cancel: signal };
    const loaded =
      typeof record === 'string'
        ? await loadPast(record, world)
        : await pastFrom(new TextEncoder().encode(JSON.stringify(record)), 'the report');
    const made = await makeRevert(loaded, await loadRules(rules, options, world), options, world);
    return planJson(made.plan, made.context, 'omit');
  });
}

/** Whoever calls `apply` has looked at the plan. */
const reviewed = { show: () => Promise.resolve(), approve: () => Promise.resolve() };

/** @throws the reason of the signal once that is aborted, whatever the work has come to; else a documented error. */
async function cancellable<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  signal?.throwIfAborted();
  try {
    return await withDocumentedErrors(work);
  } finally {
    signal?.throwIfAborted();
  }
}
