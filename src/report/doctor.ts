import { sortedDiagnostics, type Diagnostic } from '../model/diagnostic.ts';
import { diagnosticJson, type DiagnosticJson } from './diagnostics/diagnostic-json.ts';
import { given } from '../model/values/given.ts';
import { tenantHead } from './text/tenant-head.ts';
import { tenantText } from '../model/tenant-id.ts';
import { isWell, type Check, type CheckState, type Checkup } from '../model/shown/checkup.ts';
import { aligned } from './text/columns.ts';
import { count } from '../model/values/count.ts';
import { plain } from './text/escape.ts';
import { fitted } from './text/fitted.ts';
import type { Palette, Tone } from './text/style.ts';

const tones: Readonly<Record<CheckState, Tone>> = {
  ok: 'good',
  warning: 'warning',
  failed: 'error',
  unknown: 'error',
  'not tried': 'faint',
  'not checked': 'faint',
};
const width = 'not checked'.length;

/** One line for each check, with what to do below it; those that an earlier one makes impossible share one. */
export function doctorText(
  checkup: Checkup,
  toolVersion: string,
  { palette, width: columns }: { readonly palette: Palette; readonly width?: number | undefined },
): string {
  const { tenant, checks } = checkup;
  const named = tenant === undefined ? 'no tenant' : `tenant ${plain(tenantHead(tenant))}`;
  const made = checks.filter(({ state }) => state !== 'not checked');
  const heads = aligned(made.map(({ name, found }) => [name, plain(found)]));
  const lines = made.flatMap(({ state, advice }, index) => [
    `${palette[tones[state]](state.padEnd(width))}  ${heads[index] ?? ''}`,
    ...(advice === undefined ? [] : [`${' '.repeat(width)}  ${plain(advice)}`]),
  ]);
  const left = checks.filter(({ state }) => state === 'not checked').map(({ name }) => name);
  const text = [
    palette.strong(`faceform ${plain(toolVersion)} doctor - ${named}`),
    '',
    ...lines,
    ...(left.length === 0 ? [] : [`${palette.faint('not checked')}  ${left.join(', ')}`]),
    '',
    `${verdict(checkup, palette)}\n`,
  ].join('\n');
  return fitted(text, columns);
}

function verdict(checkup: Checkup, palette: Palette): string {
  if (isWell(checkup)) return `${palette.good('Ready:')} a plan has all it needs.`;
  const wrong = checkup.checks.filter(isWrong).length;
  return `${palette.error('Not ready:')} ${count(wrong, 'check')} to put right before a plan.`;
}

function isWrong({ needed, state }: Check): boolean {
  return needed === 'for plan' && (state === 'failed' || state === 'unknown');
}

/** What `doctor --format json` prints. */
interface DoctorJson {
  readonly format_version: '1.0';
  readonly tool: 'faceform';
  readonly tool_version: string;
  /** Missing where none is configured. */
  readonly x_tenant?: string;
  readonly ready: boolean;
  readonly checks: readonly CheckJson[];
  /** Errors and warnings of the files, and of each check that did not end well. */
  readonly diagnostics: readonly DiagnosticJson[];
}

interface CheckJson {
  readonly name: string;
  readonly state: Check['state'];
  readonly needed_for_plan: boolean;
  readonly found: string;
  readonly advice?: string;
}

export function doctorJson(checkup: Checkup, ofFiles: readonly Diagnostic[], toolVersion: string): DoctorJson {
  return given<DoctorJson>({
    format_version: '1.0',
    tool: 'faceform',
    tool_version: toolVersion,
    x_tenant: checkup.tenant && tenantText(checkup.tenant),
    ready: isWell(checkup),
    checks: checkup.checks.map(checkJson),
    diagnostics: sortedDiagnostics([...ofFiles, ...checkup.checks.flatMap(checkDiagnostic)]).map(diagnosticJson),
  });
}

function checkDiagnostic({ name, needed, state, found, advice }: Check): readonly Diagnostic[] {
  if (state === 'ok' || state === 'not tried' || state === 'not checked') return [];
  const severity = state === 'warning' || needed === 'for more' ? 'warning' : 'error';
  return [{ severity, code: 'CHECK_FAILED', summary: `${name}: ${found}`, detail: advice ?? '' }];
}

function checkJson({ name, state, needed, found, advice }: Check): CheckJson {
  return given<CheckJson>({ name, state, needed_for_plan: needed === 'for plan', found, advice });
}
