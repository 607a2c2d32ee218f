import { concerns, explain, partsForUser, userRef } from '../engine/index.ts';
import { hasErrors, type Diagnostic } from '../model/diagnostic.ts';
import type { DesiredState, UserRef } from '../model/enrollment.ts';
import type { TenantReader } from '../model/tenant.ts';
import type { Explanation } from '../model/shown/explanation.ts';
import type { Profile } from '../model/shown/profile.ts';
import { explainJson, explainText, toJsonText } from '../report/index.ts';
import { CommandError } from './process/command-error.ts';
import { targetOf } from './tenant/connect.ts';
import { exitCode, type ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import { loadValid } from './files/load.ts';
import type { ExplainOptions } from './process/options.ts';
import { paletteFor } from './process/console.ts';
import { toolVersion } from './process/version.ts';
import { withSession } from './tenant/with-session.ts';
import { connectReader } from '../provider/index.ts';
import { whole } from './process/closing.ts';
import { worldOf } from './process/console-watch.ts';
import { watched } from './process/watch.ts';
import { currentInstant } from './process/current-instant.ts';

export interface Question {
  /** As files name a user: login or alias, `uuid:…` or `externalId:…`. */
  readonly user: string;
  readonly paths: readonly string[];
}

/** Shows one user on one page: faces, entries, and why a plan would do what it would. Its client cannot write. */
export async function runExplain(question: Question, options: ExplainOptions, io: Io): Promise<ExitCode> {
  const user = userRef(question.user);
  if (user.value.trim() === '') {
    throw new CommandError('the user has no name', 'Pass a login or alias, uuid:UUID or externalId:ID.');
  }
  const world = worldOf(io, options);
  const { desired: loaded, warnings } = await loadValid(question.paths, options, world);
  const session = { target: targetOf(loaded), options, connect: connectReader };
  const read = await withSession(session, world, async (reader) => ({
    ...(await watched(world, 'read-users', () => readPart(reader.tenant, loaded, user))),
    tenant: reader.id,
  }));
  const { profile, tenant, desired } = whole(read);
  const now = currentInstant(world);
  const explanation = explain({ asked: user, desired, profile, warnings, now });
  const context = { toolVersion: toolVersion(), tenant, now };
  const isExpected = explanation.missing.length > 0 && !hasErrors(explanation.diagnostics);
  const shown = options.format === 'json' && !isExpected ? withFailure(explanation, profile) : explanation;
  io.stdout.write(printed(shown, context, options, io));
  if (explanation.undecided !== undefined) return exitCode.incomplete;
  return isExpected ? exitCode.done : codes[profile.presence];
}

interface ReadPart {
  /** What the part of the files asks for that the user belongs to. */
  readonly desired: DesiredState;
  readonly profile: Profile;
}

/** Whose a user is, an alias or a scope may decide, which only the tenant knows. */
async function readPart(tenant: TenantReader, loaded: DesiredState, user: UserRef): Promise<ReadPart> {
  const [first = loaded, ...others] = partsForUser(loaded, user);
  const readIn = async (desired: DesiredState): Promise<ReadPart> => {
    return { desired, profile: await tenant.readProfile({ user, scope: desired.scope }) };
  };
  const read = await readIn(first);
  if (read.profile.presence !== 'present' || concerns(first, user, read.profile)) return read;
  for (const part of others) {
    const other = await readIn(part);
    if (concerns(part, user, other.profile)) return other;
  }
  return read;
}

/** In JSON the diagnostics alone tell why it ends with 1 or 6; text says so on its own. */
function withFailure(explanation: Explanation, profile: Profile): Explanation {
  switch (profile.presence) {
    case 'present':
      return explanation;
    case 'absent':
      return withError(explanation, {
        code: 'USER_NOT_FOUND',
        summary: `the tenant has no user "${explanation.asked.value}"`,
        detail: 'Correct the name, or widen the role of the API application if it sees only some groups.',
      });
    case 'unknown':
      return withError(explanation, {
        code: 'USER_NOT_READ',
        summary: `user "${explanation.asked.value}" could not be read: ${profile.reason.message}`,
        detail: 'Run again.',
      });
  }
}

function withError(explanation: Explanation, error: Omit<Diagnostic, 'severity'>): Explanation {
  return { ...explanation, diagnostics: [...explanation.diagnostics, { severity: 'error', ...error }] };
}

function printed(
  explanation: Explanation,
  context: Parameters<typeof explainJson>[1],
  options: ExplainOptions,
  io: Io,
): string {
  if (options.format === 'json') return toJsonText(explainJson(explanation, context));
  return explainText(explanation, {
    ...context,
    palette: paletteFor(io.stdout, io, options),
    width: io.stdout.columns,
  });
}

const codes: Readonly<Record<Profile['presence'], ExitCode>> = {
  present: exitCode.done,
  absent: exitCode.error,
  unknown: exitCode.incomplete,
};
