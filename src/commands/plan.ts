import { writingChanges } from '../engine/index.ts';
import { hasErrors } from '../model/diagnostic.ts';
import type { Plan, PlanContext } from '../model/plan.ts';
import { connectReader } from '../provider/index.ts';
import { planDiff, planJson, planText, toJsonText } from '../report/index.ts';
import { openConnection } from './connect.ts';
import { exitCode, worstOf, type ExitCode } from './exit-code.ts';
import { findCommit } from './git-commit.ts';
import type { Io } from './io.ts';
import { loadValid } from './load.ts';
import { makePlan } from './make-plan.ts';
import type { PlanOptions } from './options.ts';
import { paletteFor, showDiagnostics } from './show.ts';
import { toolVersion } from './version.ts';

/** Shows what `apply` would do. Its client cannot write. */
export async function runPlan(paths: readonly string[], options: PlanOptions, io: Io): Promise<ExitCode> {
  const { desired, warnings } = await loadValid(paths, io);
  const connection = await openConnection(desired, options, io);
  const session = connectReader(connection.request);
  try {
    const input = { desired, warnings, tenant: session.tenant, tenantName: connection.name };
    const { plan } = await makePlan(input, options, io);
    showDiagnostics(plan.diagnostics, io, options);
    io.stdout.write(await renderPlan(plan, options, io));
    return planExitCode(plan, options);
  } finally {
    await session.close();
    await connection.close();
  }
}

export async function renderPlan(
  plan: Plan,
  options: Pick<PlanOptions, 'format' | 'includeNoop' | 'color'>,
  io: Io,
): Promise<string> {
  const commit = await findCommit(io.workingDirectory);
  const context: PlanContext = {
    toolVersion: toolVersion(),
    now: Math.floor(io.clock.now() / 1000),
    ...(commit === undefined ? {} : { commit }),
  };
  const noops = options.includeNoop === true ? 'list' : 'omit';
  if (options.format === 'diff') return planDiff(plan);
  if (options.format === 'json') return toJsonText(planJson(plan, context, noops));
  return planText(plan, { ...context, noops, palette: paletteFor(io.stdout, io, options) });
}

function planExitCode(plan: Plan, options: PlanOptions): ExitCode {
  const changes = writingChanges(plan).length > 0;
  return worstOf([
    hasErrors(plan.diagnostics) ? exitCode.error : exitCode.done,
    plan.complete ? exitCode.done : exitCode.incomplete,
    changes && options.detailedExitcode === true ? exitCode.changes : exitCode.done,
  ]);
}
