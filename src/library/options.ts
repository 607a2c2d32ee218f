import type { Activity } from '../commands/process/watch.ts';
import type { Condition } from '../model/shown/conditions.ts';
import type { Fetch } from '../provider/index.ts';
import type { RunEvent } from '../report/index.ts';

/** How far something is that takes long: which users are read, or worked on. */
export interface ProgressEvent {
  readonly type: 'progress';
  readonly activity: Activity;
  /** Users, or changes where the activity is `apply`. */
  readonly done: number;
  readonly total: number;
}

/** Where a call looks for files, credentials and tokens, and who hears of it. */
export interface Surroundings {
  /** Relative paths start here; the process's own directory if missing. */
  readonly workingDirectory?: string | undefined;
  /** Read as the program reads its environment, such as FACEFORM_CREDENTIALS; the process's own if missing. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /**
   * Ends the call. `validate`, `plan` and `revert` reject with the signal's reason. `apply` starts nothing more; what is under
   * way ends, and the report has the rest as skipped.
   */
  readonly signal?: AbortSignal | undefined;
}

/** The tenant to talk to; what is missing comes from the files and the environment, as on the command line. */
export interface TenantChoice extends Surroundings {
  /** One of the environments of the files; FACEFORM_ENV if missing. */
  readonly env?: string | undefined;
  readonly tenant?: string | undefined;
  /** Path of the JSON that the portal lets one download. */
  readonly credentials?: string | undefined;
  /** The embedded tenant, its state kept in this file. */
  readonly sandbox?: string | undefined;
  readonly concurrency?: number | undefined;
  readonly requestsPerSecond?: number | undefined;
  /** Seconds that the tenant may keep a run waiting; 600 if missing. */
  readonly maxWait?: number | undefined;
  /**
   * Exchanges requests for answers in place of HTTP, such as a tenant of a test's own. The credentials go through it. An
   * answer's size is judged once it is whole.
   */
  readonly fetch?: Fetch | undefined;
}

/** Exact counts that pass a budget, as the flags of the same names. */
interface Allowances {
  readonly allowDeletes?: number | undefined;
  readonly allowDisables?: number | undefined;
  readonly allowShortens?: number | undefined;
  readonly allowUpdates?: number | undefined;
  readonly allowEmails?: number | undefined;
}

export interface ValidateOptions extends Surroundings {
  /** Whether token variables must be set and token files readable. */
  readonly secrets?: boolean | undefined;
}

/** As the flags of the same names. */
export interface PlanOptions extends TenantChoice, Allowances {
  readonly owner?: string | undefined;
  readonly target?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  /** A Git ref; needs the program git. */
  readonly changedSince?: string | undefined;
  readonly replace?: readonly string[] | undefined;
  /** Such as `2/8`. */
  readonly shard?: string | undefined;
  readonly includeNoop?: boolean | undefined;
  /** Like `missingUsers: wait` in the files: users whom the tenant does not have are listed in `x_missing`. */
  readonly skipMissingUsers?: boolean | undefined;
  /** Conditions to look for; `x_conditions` of the plan has those that hold. */
  readonly failOn?: readonly Condition[] | undefined;
  readonly createApi?: 'v1' | 'v2' | undefined;
  readonly settings?: 'all' | 'some' | 'none' | undefined;
  /** Called while the tenant is read. What it throws becomes a warning of the process, and changes nothing. */
  readonly onEvent?: ((event: ProgressEvent) => unknown) | undefined;
}

/** As the flags of the same names. */
export interface RevertOptions extends TenantChoice, Allowances {
  /** Leaves new faces that are in use by now. */
  readonly keepActivated?: boolean | undefined;
  /** Files whose budgets and protections hold for the reverse plan; the defaults if missing. */
  readonly rules?: readonly string[] | undefined;
  /** As of `plan`. */
  readonly onEvent?: ((event: ProgressEvent) => unknown) | undefined;
}

/** As the flags of the same names. */
export interface ApplyOptions extends TenantChoice, Allowances {
  readonly journal?: string | undefined;
  readonly activationsOut?: string | undefined;
  readonly onStale?: 'skip' | 'fail' | undefined;
  readonly allowIncomplete?: boolean | undefined;
  /** Seconds from a create to the reading that decides whether its face stays; 3 if missing. */
  readonly settle?: number | undefined;
  /** Whether every write is read back; true if missing. */
  readonly verify?: boolean | undefined;
  /** 10 if missing. */
  readonly maxFailures?: number | undefined;
  /** Seconds; a day if missing. */
  readonly planMaxAge?: number | undefined;
  /** Called with each line of `--format ndjson`, and with progress. What it throws becomes a warning of the process. */
  readonly onEvent?: ((event: RunEvent | ProgressEvent) => unknown) | undefined;
}
