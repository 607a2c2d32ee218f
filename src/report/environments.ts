import { sortedDiagnostics, type Diagnostic } from '../model/diagnostic.ts';
import type { PlanInContext } from '../model/shown/plan-context.ts';
import { aligned } from './text/columns.ts';
import { plain } from './text/escape.ts';
import { fitted } from './text/fitted.ts';
import { diagnosticJson, type DiagnosticJson } from './diagnostics/diagnostic-json.ts';
import type { PlanFile } from './generated/plan-file.generated.ts';
import { planJson } from './plan-json/plan-json.ts';
import type { Palette } from './text/style.ts';
import { closingLine } from './plan/plan-text.ts';

/** What came of planning one environment of the files. */
export interface EnvironmentPlan {
  readonly name: string;
  readonly exitCode: number;
  /** Missing where there is none. */
  readonly made?: PlanInContext | undefined;
  /** Why there is none. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What `plan --env all --format json` prints. It has no list of changes of its own, so that no policy takes it for a plan. */
export interface EnvironmentsJson {
  readonly format_version: '1.0';
  readonly tool: 'faceform';
  readonly tool_version: string;
  /** Whether there is a plan for each, and each is complete. */
  readonly x_complete: boolean;
  /** Totals of all plans. */
  readonly summary: Readonly<Record<string, number>>;
  readonly environments: readonly EnvironmentJson[];
}

interface EnvironmentJson {
  readonly name: string;
  /** That of a plan for this environment alone. */
  readonly exit_code: number;
  /** As `plan --format json` prints it; null where there is none. */
  readonly plan: PlanFile | null;
  /** Why there is none; those of a plan are in the plan. */
  readonly diagnostics: readonly DiagnosticJson[];
}

export function environmentsJson(
  all: readonly EnvironmentPlan[],
  { toolVersion, noops }: { readonly toolVersion: string; readonly noops: 'list' | 'omit' },
): EnvironmentsJson {
  const environments = all.map(({ name, exitCode, made, diagnostics }) => ({
    name,
    exit_code: exitCode,
    plan: made === undefined ? null : planJson(made.plan, made.context, noops),
    diagnostics: sortedDiagnostics(diagnostics).map(diagnosticJson),
  }));
  const summary: Record<string, number> = {};
  for (const { plan } of environments) {
    for (const [name, count] of Object.entries<number>({ ...plan?.summary }))
      summary[name] = (summary[name] ?? 0) + count;
  }
  const isComplete = environments.every(({ plan }) => plan?.x_complete === true);
  return {
    format_version: '1.0',
    tool: 'faceform',
    tool_version: toolVersion,
    x_complete: isComplete,
    summary,
    environments,
  };
}

/** One line for each environment, below their plans. */
export function environmentsText(all: readonly EnvironmentPlan[], palette: Palette, width?: number): string {
  const lines = aligned(
    all.map(({ name, made, diagnostics }) => [
      plain(name),
      made === undefined
        ? palette.error(`No plan: ${plain(diagnostics[0]?.summary ?? 'see above')}`)
        : closingLine(made.plan, palette),
    ]),
  );
  return fitted(`${palette.strong('All environments:')}\n${lines.map((line) => `  ${line}\n`).join('')}`, width);
}
