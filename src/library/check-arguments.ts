import { longestWait, mostAtOnce } from '../commands/process/options.ts';
import type { ApplyOptions, PlanOptions } from './options.ts';

/** Arguments may come from plain JavaScript, where a wrong number could let through what it was to forbid. */
type Check = (value: unknown) => string | undefined;

const isUpTo =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `must be a whole number from ${least} to ${most}`;
const isWhole: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 0 ? undefined : 'must be a whole number, 0 or more';
const isCount: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 1 ? undefined : 'must be a whole number, 1 or more';
const isRate: Check = (value) =>
  typeof value === 'number' && value > 0 && Number.isFinite(value) ? undefined : 'must be a number above 0';
const isTexts: Check = (value) =>
  Array.isArray(value) && value.every((each) => typeof each === 'string') ? undefined : 'must be an array of strings';
const oneOf =
  (...choices: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && choices.includes(value) ? undefined : `must be one of ${choices.join(', ')}`;

const ofTenant = { concurrency: isUpTo(1, mostAtOnce), requestsPerSecond: isRate, maxWait: isUpTo(0, longestWait) };
const ofBudgets = { allowDeletes: isWhole, allowDisables: isWhole, allowEmails: isWhole };
const ofPlan: { readonly [K in keyof PlanOptions]?: Check } = {
  ...ofTenant,
  ...ofBudgets,
  target: isTexts,
  replace: isTexts,
  createApi: oneOf('v1', 'v2'),
  settings: oneOf('all', 'some', 'none'),
};
const ofApply: { readonly [K in keyof ApplyOptions]?: Check } = {
  ...ofTenant,
  ...ofBudgets,
  onStale: oneOf('skip', 'fail'),
  maxFailures: isCount,
  planMaxAge: isWhole,
};

/** @throws TypeError that names the argument. */
export function checkPaths(paths: unknown): void {
  const problem = isTexts(paths);
  if (problem !== undefined) throw new TypeError(`paths ${problem}`);
}

/** @throws TypeError that names the option. */
export function checkPlanOptions(options: PlanOptions): void {
  checkOptions(options, ofPlan);
}

/** @throws TypeError that names the option. */
export function checkApplyOptions(options: ApplyOptions): void {
  checkOptions(options, ofApply);
}

function checkOptions(options: object, checks: Readonly<Record<string, Check | undefined>>): void {
  for (const [name, value] of Object.entries<unknown>({ ...options })) {
    const problem = value === undefined ? undefined : checks[name]?.(value);
    if (problem !== undefined) throw new TypeError(`${name} ${problem}`);
  }
}
