import { writingChanges } from '../engine/index.ts';
import { hasErrors } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import { connectReader } from '../provider/index.ts';
import { openConnection, targetOf } from './tenant/connect.ts';
import { demandDistinct, readFilesOf } from './files/distinct-files.ts';
import { exitCode, worstOf, type ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import { loadValid, type ValidFiles } from './files/load.ts';
import { readAndPlan } from './planning/read-and-plan.ts';
import type { PlanOptions } from './process/options.ts';
import { reservePlanFiles, type PlanFiles } from './files/plan-files.ts';
import { planContext, printPlan } from './planning/render-plan.ts';
import { shardOf } from './planning/shard-choice.ts';
import { showDiagnostics } from './process/console.ts';

/** Shows what `apply` would do, and saves it with `--out`. Its client cannot write. */
export async function runPlan(paths: readonly string[], options: PlanOptions, io: Io): Promise<ExitCode> {
  const loaded = await loadValid(paths, options, io);
  await demandDistinct(options, readFilesOf(loaded.desired, options), io);
  const files = await reservePlanFiles(options, io);
  const plan = await readAndShow(loaded, { options, files }, io);
  return planExitCode(plan, options);
}

interface Wish {
  readonly options: PlanOptions;
  readonly files: PlanFiles;
}

async function readAndShow(loaded: ValidFiles, { options, files }: Wish, io: Io): Promise<Plan> {
  const { desired } = loaded;
  const connection = await openConnection(targetOf(desired, { ...options, shard: shardOf(options, io) }), options, io);
  const session = connectReader(connection.request);
  try {
    const input = {
      ...loaded,
      tenant: session.tenant,
      tenantName: connection.name,
      tokens: options.out === undefined ? 'needed by apply' : 'needed by apply of the saved plan',
    } as const;
    const { plan } = await readAndPlan(input, options, io);
    showDiagnostics(plan.diagnostics, io, options);
    const context = await planContext(desired, options, io);
    io.stdout.write(await printPlan(plan, context, options, io));
    await files.save(plan, context);
    return plan;
  } finally {
    await session.close();
    await connection.close();
  }
}

function planExitCode(plan: Plan, options: PlanOptions): ExitCode {
  const changes = writingChanges(plan).length > 0;
  return worstOf([
    hasErrors(plan.diagnostics) ? exitCode.error : exitCode.done,
    plan.complete ? exitCode.done : exitCode.incomplete,
    changes && options.detailedExitcode === true ? exitCode.changes : exitCode.done,
  ]);
}
