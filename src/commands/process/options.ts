import type { SettingsChoice } from '../../engine/index.ts';
import type { Condition } from '../../model/shown/conditions.ts';
import type { Duplicates } from '../../desired/importing/duplicate-rows.ts';
import type { Columns } from '../../desired/importing/mapping.ts';
import type { CsvFormat } from '../../desired/csv/read-csv.ts';
import type { CreateApi } from '../../model/enrollment.ts';

/** Requests in flight. No tenant bears as many, and each is a connection. */
export const mostAtOnce = 256;

/** Of `--max-wait`, in seconds. Timers hold no more than some three weeks. */
export const longestWait = 7 * 86_400;

/** Which of the tenants of the files; FACEFORM_ENV where it is missing. */
export interface EnvironmentOptions {
  readonly env?: string | undefined;
}

/** Flags that every command with a tenant has; spelled as commander gives them. */
export interface TenantOptions extends EnvironmentOptions {
  readonly tenant?: string | undefined;
  readonly credentials?: string | undefined;
  /** `true` where `--sandbox` has no file. */
  readonly sandbox?: string | true | undefined;
  readonly concurrency?: number | undefined;
  readonly requestsPerSecond?: number | undefined;
  /** Seconds. */
  readonly maxWait?: number | undefined;
  readonly insecureSkipTlsVerify?: boolean | undefined;
}

export interface OutputOptions {
  /** False with `--no-color`. */
  readonly color: boolean;
  readonly quiet?: boolean | undefined;
  readonly debug?: boolean | undefined;
}

/** Which of the tenant's two creates to use. */
export interface CreateApiOptions {
  readonly createApi?: CreateApi | undefined;
}

export interface PlanningOptions extends TenantOptions, CreateApiOptions {
  /** For whose new faces the tenant is asked how long they will last; some where it is missing. */
  readonly settings?: SettingsChoice | undefined;
  /** The only owner whose part of the files is planned. */
  readonly owner?: string | undefined;
  /** Users by name or pattern; all of them where it is missing. */
  readonly target?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  /** Reads only users whose entries differ from those of the merge base of this ref and HEAD. */
  readonly changedSince?: string | undefined;
  readonly replace?: readonly string[] | undefined;
  readonly includeNoop?: boolean | undefined;
  readonly skipMissingUsers?: boolean | undefined;
  /** As given: `2/8`, or `/8` where the index is that of a Kubernetes Indexed Job. */
  readonly shard?: string | undefined;
}

/** Exact counts that pass a budget. */
export interface AllowOptions {
  readonly allowDeletes?: number | undefined;
  readonly allowDisables?: number | undefined;
  readonly allowShortens?: number | undefined;
  readonly allowUpdates?: number | undefined;
  readonly allowEmails?: number | undefined;
}

export interface FailOnOptions {
  readonly failOn?: readonly Condition[] | undefined;
}

/** How much is said of each change; by their number where neither is given. */
export interface DetailOptions {
  readonly compact?: boolean | undefined;
  readonly full?: boolean | undefined;
}

export type PlanFormat = 'text' | 'json' | 'markdown' | 'diff' | 'html';

/** Counts for dashboards. */
export interface ReportOptions {
  /** Files in GitLab's shape. */
  readonly report?: readonly string[] | undefined;
}

export interface SigningOptions {
  readonly format: PlanFormat;
  /** Where to save the plan. */
  readonly out?: string | undefined;
  readonly sign?: boolean | undefined;
}

export interface PlanOptions
  extends PlanningOptions, OutputOptions, DetailOptions, AllowOptions, ReportOptions, FailOnOptions, SigningOptions {
  readonly detailedExitcode?: boolean | undefined;
}

export interface RevertOptions
  extends TenantOptions, OutputOptions, DetailOptions, AllowOptions, ReportOptions, SigningOptions {
  readonly detailedExitcode?: boolean | undefined;
  /** Leaves new faces that are in use by now. */
  readonly keepActivated?: boolean | undefined;
}

export interface ShowOptions extends OutputOptions, DetailOptions, ReportOptions {
  readonly format: PlanFormat;
  readonly includeNoop?: boolean | undefined;
}

/** How a plan is carried out. */
export interface ExecutionOptions extends TenantOptions, AllowOptions, FailOnOptions {
  /** `skip` where it is missing. */
  readonly onStale?: 'skip' | 'fail' | undefined;
  readonly journal?: string | undefined;
  readonly allowIncomplete?: boolean | undefined;
  readonly maxFailures: number;
  readonly activationsOut?: string | undefined;
  /** Seconds from a create to the reading that decides whether its face stays. */
  readonly settle?: number | undefined;
  /** False with `--no-verify`. */
  readonly verify: boolean;
}

export interface SavedPlanOptions extends ExecutionOptions {
  /** Seconds. */
  readonly planMaxAge: number;
}

export interface ApplyOptions extends PlanningOptions, OutputOptions, DetailOptions, SavedPlanOptions, ReportOptions {
  /** Where to put what `--format ndjson` would print, while the run goes on. */
  readonly jsonInto?: string | undefined;
  /** A saved plan, instead of files. */
  readonly plan?: string | undefined;
  /** Public keys, one of which must have signed the saved plan. */
  readonly requireSignature?: readonly string[] | undefined;
  readonly format: 'text' | 'json' | 'ndjson';
  readonly autoApprove?: boolean | undefined;
}

/** Of the commands that read the tenant without files. */
export interface EverybodyOptions extends TenantOptions {
  /** Asks for each user instead of those whom the tenant's filter finds. */
  readonly everyUser?: boolean | undefined;
}

export interface ExportOptions extends EverybodyOptions, OutputOptions {
  readonly group?: string | undefined;
  readonly out?: string | undefined;
  /** Replaces whatever file is at `out`. */
  readonly force?: boolean | undefined;
}

export interface ImportOptions extends TenantOptions, OutputOptions, Columns, CsvFormat {
  /** File to create or update, or with `splitBy` a directory of them; stdout where it is missing. */
  readonly into?: string | undefined;
  readonly checkTenant?: boolean | undefined;
  readonly duplicates: Duplicates;
}

export interface AdoptOptions extends TenantOptions, OutputOptions {
  /** Whose faces are adopted; missing with `allDrift`. */
  readonly user?: readonly string[] | undefined;
  readonly allDrift?: boolean | undefined;
  /** File for new entries, in place of that of the user's other entries. */
  readonly into?: string | undefined;
  readonly format: 'text' | 'json';
}

export interface StatusOptions extends EverybodyOptions, OutputOptions, FailOnOptions {
  readonly format: 'text' | 'json' | 'csv' | 'prometheus';
  /** Whether to compare each expiry with the tenant's policy: one call a user. */
  readonly settings?: 'all' | 'none' | undefined;
  /** The whole tenant instead of files. */
  readonly all?: boolean | undefined;
  /** Seconds. */
  readonly within: number;
}

export interface ExplainOptions extends TenantOptions, OutputOptions {
  readonly format: 'text' | 'json';
}

export interface ResendOptions extends TenantOptions, OutputOptions, Pick<AllowOptions, 'allowEmails'> {
  readonly user?: readonly string[] | undefined;
  /** Seconds. */
  readonly olderThan?: number | undefined;
  readonly format: 'text' | 'json';
  readonly autoApprove?: boolean | undefined;
  readonly allowIncomplete?: boolean | undefined;
  readonly skipMissingUsers?: boolean | undefined;
  readonly maxFailures: number;
  readonly journal?: string | undefined;
}

export interface DoctorOptions extends TenantOptions, OutputOptions {
  readonly format: 'text' | 'json';
}

export interface ValidateOptions extends OutputOptions {
  readonly format: 'text' | 'json' | 'github' | 'sarif';
  readonly secrets?: boolean | undefined;
}

export interface SandboxCommandOptions {
  readonly format: 'text' | 'json';
  readonly port: number;
  readonly state?: string | undefined;
  readonly users: number;
}
