import { longestWait, mostAtOnce } from '../commands/process/options.ts';
import { conditions } from '../model/shown/conditions.ts';
import type {
  ApplyOptions,
  PlanOptions,
  RevertOptions,
  Surroundings,
  TenantChoice,
  ValidateOptions,
} from './options.ts';

/** Arguments may come from plain JavaScript, where a wrong number could let through what it was to forbid. */
type Check = (value: unknown) => string | undefined;

const isUpTo =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `must be a whole number from ${least} to ${most}`;
const isText: Check = (value) =>
  typeof value === 'string' && value !== '' ? undefined : 'must be a string that is not empty';
const isFlag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
const isFunction: Check = (value) => (typeof value === 'function' ? undefined : 'must be a function');
const isObject: Check = (value) => (typeof value === 'object' && value !== null ? undefined : 'must be an object');
const isSignal: Check = (value) => (value instanceof AbortSignal ? undefined : 'must be an AbortSignal');
const isWhole: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 0 ? undefined : 'must be a whole number, 0 or more';
const isCount: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 1 ? undefined : 'must be a whole number, 1 or more';
const isRate: Check = (value) =>
  typeof value === 'number' && value > 0 && Number.isFinite(value) ? undefined : 'must be a number above 0';
const isTexts: Check = (value) =>
  Array.isArray(value) && value.every((each) => isText(each) === undefined)
    ? undefined
    : 'must be an array of strings that are not empty';
const oneOf =
  (...choices: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && choices.includes(value) ? undefined : `must be one of ${choices.join(', ')}`;

const eachOf =
  (...choices: readonly string[]): Check =>
  (value) =>
    Array.isArray(value) && value.every((each) => oneOf(...choices)(each) === undefined)
      ? undefined
      : `must be an array of ${choices.join(', ')}`;

/** Nothing is read from standard input, which is the caller's. */
const isPaths: Check = (value) =>
  isTexts(value) ?? (Array.isArray(value) && value.includes('-') ? 'may not hold "-"' : undefined);

type Checks<T> = { readonly [K in keyof T]-?: Check };

const ofSurroundings: Checks<Surroundings> = { workingDirectory: isText, environment: isObject, signal: isSignal };
const ofTenant: Checks<TenantChoice> = {
  ...ofSurroundings,
  env: isText,
  tenant: isText,
  credentials: isText,
  sandbox: isText,
  concurrency: isUpTo(1, mostAtOnce),
  requestsPerSecond: isRate,
  maxWait: isUpTo(0, longestWait),
  fetch: isFunction,
};
const ofBudgets = {
  allowDeletes: isWhole,
  allowDisables: isWhole,
  allowShortens: isWhole,
  allowEmails: isWhole,
  allowUpdates: isWhole,
};
const checks = {
  validate: { ...ofSurroundings, secrets: isFlag } satisfies Checks<ValidateOptions>,
  plan: {
    ...ofTenant,
    ...ofBudgets,
    owner: isText,
    target: isTexts,
    exclude: isTexts,
    changedSince: isText,
    replace: isTexts,
    shard: isText,
    includeNoop: isFlag,
    skipMissingUsers: isFlag,
    failOn: eachOf(...conditions),
    createApi: oneOf('v1', 'v2'),
    settings: oneOf('all', 'some', 'none'),
    onEvent: isFunction,
  } satisfies Checks<PlanOptions>,
  revert: {
    ...ofTenant,
    ...ofBudgets,
    keepActivated: isFlag,
    rules: isPaths,
    onEvent: isFunction,
  } satisfies Checks<RevertOptions>,
  apply: {
    ...ofTenant,
    ...ofBudgets,
    journal: isText,
    activationsOut: isText,
    onStale: oneOf('skip', 'fail'),
    allowIncomplete: isFlag,
    verify: isFlag,
    settle: isUpTo(0, longestWait),
    maxFailures: isCount,
    planMaxAge: isWhole,
    onEvent: isFunction,
  } satisfies Checks<ApplyOptions>,
};

/** @throws TypeError */
export function checkPaths(paths: unknown): void {
  const problem = isPaths(paths);
  if (problem !== undefined) throw new TypeError(`paths ${problem}`);
}

/** @throws TypeError */
export function checkRecord(record: unknown): void {
  if (isText(record) === undefined || isObject(record) === undefined) return;
  throw new TypeError('record must be the path of a journal, or a report of apply');
}

/** One object may serve several calls: an option that only another one has is not looked at. */
const anywhere = new Set(Object.values(checks).flatMap((ofCall) => Object.keys(ofCall)));

/** @throws TypeError that names the option, also where no call has one of that name. */
export function checkOptions(call: keyof typeof checks, options: object): void {
  const known: Readonly<Record<string, Check | undefined>> = checks[call];
  for (const [name, value] of Object.entries<unknown>({ ...options })) {
    if (!anywhere.has(name)) throw new TypeError(`there is no option ${name}`);
    const problem = value === undefined ? undefined : known[name]?.(value);
    if (problem !== undefined) throw new TypeError(`${name} ${problem}`);
  }
}
