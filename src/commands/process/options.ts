import type { SettingsChoice } from '../../engine/index.ts';
import type { CreateApi } from '../../model/enrollment.ts';

/** Flags that every command with a tenant has; spelled as commander gives them. */
export interface TenantOptions {
  readonly tenant?: string;
  readonly credentials?: string;
  /** `true` where `--sandbox` has no file. */
  readonly sandbox?: string | true;
  readonly concurrency?: number;
  readonly requestsPerSecond?: number;
  /** Seconds. */
  readonly maxWait?: number;
  readonly insecureSkipTlsVerify?: boolean;
}

export interface OutputOptions {
  /** False with `--no-color`. */
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

/** Which of the tenant's two creates to use. */
export interface CreateApiOptions {
  readonly createApi?: CreateApi;
}

export interface PlanningOptions extends TenantOptions, OutputOptions, CreateApiOptions {
  /** For whose new faces the tenant is asked how long they will last; some where it is missing. */
  readonly settings?: SettingsChoice;
  readonly target?: readonly string[];
  readonly replace?: readonly string[];
  readonly includeNoop?: boolean;
  readonly skipMissingUsers?: boolean;
  /** As given: `2/8`, or `/8` where the index is that of a Kubernetes Indexed Job. */
  readonly shard?: string;
}

/** Exact counts that pass a budget. */
export interface AllowOptions {
  readonly allowDeletes?: number;
  readonly allowDisables?: number;
  readonly allowEmails?: number;
}

export type PlanFormat = 'text' | 'json' | 'markdown' | 'diff' | 'html';

/** Counts for dashboards. */
export interface ReportOptions {
  /** Files in GitLab's shape. */
  readonly report?: readonly string[];
}

export interface PlanOptions extends PlanningOptions, AllowOptions, ReportOptions {
  readonly format: PlanFormat;
  readonly detailedExitcode?: boolean;
  /** Where to save the plan. */
  readonly out?: string;
}

export interface ShowOptions extends OutputOptions, ReportOptions {
  readonly format: PlanFormat;
  readonly includeNoop?: boolean;
}

export interface ApplyOptions extends PlanningOptions, AllowOptions, ReportOptions {
  /** Where to put what `--format ndjson` would print, while the run goes on. */
  readonly jsonInto?: string;
  /** A saved plan, instead of files. */
  readonly plan?: string;
  /** Seconds. */
  readonly planMaxAge: number;
  /** Missing: `skip`, and a plan made in the same run from files with `--auto-approve` is not read again. */
  readonly onStale?: 'skip' | 'fail';
  readonly journal?: string;
  readonly format: 'text' | 'json' | 'ndjson';
  readonly autoApprove?: boolean;
  readonly allowIncomplete?: boolean;
  readonly maxFailures: number;
  readonly activationsOut?: string;
  /** False with `--no-verify`. */
  readonly verify: boolean;
}

/** Of the commands that read the tenant without files. */
export interface EverybodyOptions extends TenantOptions, OutputOptions {
  /** Asks for each user instead of those whom the tenant's filter finds. */
  readonly everyUser?: boolean;
}

export interface ExportOptions extends EverybodyOptions {
  readonly group?: string;
  readonly out?: string;
}

export interface StatusOptions extends EverybodyOptions {
  readonly format: 'text' | 'json' | 'csv';
  /** Whether to compare each expiry with the tenant's policy: one call a user. */
  readonly settings?: 'all' | 'none';
  /** The whole tenant instead of files. */
  readonly all?: boolean;
  /** Seconds. */
  readonly within: number;
}

export interface ExplainOptions extends TenantOptions, OutputOptions {
  readonly format: 'text' | 'json';
}

export interface ResendOptions extends TenantOptions, OutputOptions, Pick<AllowOptions, 'allowEmails'> {
  readonly user?: readonly string[];
  /** Seconds. */
  readonly olderThan?: number;
  readonly format: 'text' | 'json';
  readonly autoApprove?: boolean;
  readonly allowIncomplete?: boolean;
  readonly skipMissingUsers?: boolean;
  readonly maxFailures: number;
  readonly journal?: string;
}

export interface DoctorOptions extends TenantOptions, OutputOptions {
  readonly format: 'text' | 'json';
}

export interface ValidateOptions extends OutputOptions {
  readonly format: 'text' | 'json' | 'github' | 'sarif';
  readonly secrets?: boolean;
}

export interface SandboxCommandOptions {
  readonly format: 'text' | 'json';
  readonly port: number;
  readonly state?: string;
  readonly users: number;
}
