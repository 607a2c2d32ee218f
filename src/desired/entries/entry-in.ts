import type { Defaults, Entry } from '../generated/enrollments-file.generated.ts';

/** Properties that may have a value for each environment. */
export const varying = ['applicantId', 'enabled', 'expiry', 'lifetime'] as const;

interface OneValueEach {
  readonly applicantId?: string;
  readonly enabled?: boolean;
  readonly expiry?: string;
  readonly lifetime?: string;
}

/** An entry as one environment has it: one value for each property. */
export type PlainEntry = Omit<Entry, (typeof varying)[number] | 'in'> & OneValueEach;

export type PlainDefaults = Omit<Defaults, (typeof varying)[number]> & Omit<OneValueEach, 'applicantId'>;

/** Whether the entry is the same in every environment; nearly all are, and none of those is copied. */
export function isPlain(entry: Entry): entry is PlainEntry {
  return entry.in === undefined && varying.every((name) => typeof entry[name] !== 'object');
}

/** The first environment that the entry names; undefined where it names none. */
export function firstEnvironment(entry: Entry): string | undefined {
  const maps = varying.map((name) => entry[name]).filter((value) => typeof value === 'object');
  return [...(entry.in ?? []), ...maps.flatMap((map) => Object.keys(map))][0];
}

/** @returns undefined where the entry is for other environments. */
export function entryIn(entry: Entry, environment: string | undefined): PlainEntry | undefined {
  if (isPlain(entry)) return entry;
  const { in: only, applicantId, enabled, expiry, lifetime, ...others } = entry;
  if (only !== undefined && (environment === undefined || !only.includes(environment))) return undefined;
  const applicant = valueIn(applicantId, environment);
  return {
    ...others,
    ...(applicant === undefined ? {} : { applicantId: applicant }),
    ...sharedIn({ enabled, expiry, lifetime }, environment),
  };
}

export function defaultsIn(defaults: Defaults, environment: string | undefined): PlainDefaults {
  const { enabled, expiry, lifetime, ...others } = defaults;
  return { ...others, ...sharedIn({ enabled, expiry, lifetime }, environment) };
}

interface Shared {
  readonly enabled: Varying<boolean>;
  readonly expiry: Varying<string>;
  readonly lifetime: Varying<string>;
}

/** What entries and defaults have in common; a property without a value is missing, as if it were not written. */
function sharedIn(written: Shared, environment: string | undefined): Omit<OneValueEach, 'applicantId'> {
  const enabled = valueIn(written.enabled, environment);
  const expiry = unlessNone(written.expiry, environment);
  const lifetime = unlessNone(written.lifetime, environment);
  return {
    ...(enabled === undefined ? {} : { enabled }),
    ...(expiry === undefined ? {} : { expiry }),
    ...(lifetime === undefined ? {} : { lifetime }),
  };
}

type Varying<T> = T | Readonly<Record<string, T>> | undefined;

function valueIn<T extends string | boolean>(value: Varying<T>, environment: string | undefined): T | undefined {
  if (typeof value !== 'object') return value;
  return environment !== undefined && Object.hasOwn(value, environment) ? value[environment] : undefined;
}

/** `none` leaves the property out, in this environment alone. */
function unlessNone(value: Varying<string>, environment: string | undefined): string | undefined {
  const found = valueIn(value, environment);
  return typeof value === 'object' && found === 'none' ? undefined : found;
}
