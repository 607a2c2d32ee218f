import type { Diagnostic } from '../model/diagnostic.ts';
import type { Reach } from '../model/enrollment.ts';
import type { Everybody, Unknown } from '../model/live.ts';
import type { UnknownUser } from '../model/plan.ts';
import type { EverybodyRequest } from '../model/tenant.ts';
import type { Io } from './io.ts';
import type { EverybodyOptions } from './options.ts';
import { withReader } from './with-reader.ts';

export interface ReadTenant {
  readonly everybody: Everybody;
  /** As plans name it. */
  readonly tenant: string;
  readonly who: EverybodyRequest['who'];
}

/** Reads all users of a reach without any file. Its client cannot write. */
export async function readEverybody(reach: Reach, options: EverybodyOptions, io: Io): Promise<ReadTenant> {
  const who = options.everyUser === true ? 'every-user' : 'with-face';
  return withReader({ settings: {} }, options, io, async ({ tenant, name, onProgress }) => {
    const everybody = await tenant.readEverybody({ reach, who, onProgress });
    return { everybody, tenant: name, who };
  });
}

/** Others are counted. */
const mostTold = 20;

/** All that may be missing from a reading of everybody. */
export function readingDoubts(
  who: ReadTenant['who'],
  unread: readonly UnknownUser[],
  failure: Unknown | undefined,
): readonly Diagnostic[] {
  const told = unread.slice(0, mostTold).map(({ key, reason }) => unreadUser(`user "${key}"`, reason.message));
  const more = unread.length - told.length;
  return [
    ...(who === 'every-user' ? [] : [filterDoubt]),
    ...(failure === undefined ? [] : [scopeNotRead(failure)]),
    ...told,
    ...(more > 0 ? [unreadUser(`${more} more users`, 'see the result')] : []),
  ];
}

const filterDoubt: Diagnostic = {
  severity: 'warning',
  code: 'FACE_FILTER',
  summary: 'users who have a face, but no ACTIVE one, may be missing',
  detail:
    "Whether the tenant's filter for users with a face finds them is not documented. Pass --every-user to ask for each.",
};

function scopeNotRead({ message }: Unknown): Diagnostic {
  return {
    severity: 'warning',
    code: 'SCOPE_NOT_READ',
    summary: `the users could not be listed to the end: ${message}`,
    detail: 'Those who are left out are missing. Run again.',
  };
}

function unreadUser(who: string, why: string): Diagnostic {
  return {
    severity: 'warning',
    code: 'USER_NOT_READ',
    summary: `${who} could not be read: ${why}`,
    detail: 'Run again.',
  };
}
