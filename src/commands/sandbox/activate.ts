import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { plain } from '../../report/index.ts';
import { startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { CommandError } from '../process/command-error.ts';
import { exitCode, type ExitCode } from '../process/exit-code.ts';
import type { Io } from '../process/io.ts';
import { tellSandboxProblem } from '../tenant/sandbox-problem.ts';

const pending: ReadonlySet<string> = new Set(['NEW', 'ACTIVATING']);

/** Does in the embedded tenant what the user would do on the phone: activates each face that waits for it. */
export async function activateInSandbox(login: string, file: string, io: Io): Promise<ExitCode> {
  const state = resolve(io.workingDirectory, file);
  if (!existsSync(state)) {
    throw new CommandError(`there is no sandbox in ${file}`, "Begin one with 'faceform apply --sandbox' and a file.");
  }
  const sandbox = await startSandbox({ state, clock: () => io.clock.now() }).catch(tellSandboxProblem);
  const done = activateFaces(login, sandbox);
  // Only now is it saved.
  await sandbox.close().catch(tellSandboxProblem);
  if (done.user === undefined) {
    throw new CommandError(`${file} has no user "${login}"`, 'Correct the login, or apply a file that names the user.');
  }
  if (done.activated.length === 0) throw nothingWaits(done.user, done.statuses);
  const faces = done.activated.map((serialNumber) => `face ${serialNumber}`).join(', ');
  io.stdout.write(`${plain(`Activated for ${done.user}: ${faces}.`)}\n`);
  return exitCode.done;
}

interface Done {
  /** The login; undefined where there is no such user. */
  readonly user: string | undefined;
  /** Serial numbers. */
  readonly activated: readonly string[];
  /** Of all faces of the user, before. */
  readonly statuses: readonly string[];
}

function activateFaces(login: string, { tenant }: Sandbox): Done {
  const user = tenant.users().find((one) => one.login.toLowerCase() === login.toLowerCase());
  if (user === undefined) return { user, activated: [], statuses: [] };
  const faces = tenant.faces(user.login);
  const waiting = faces.filter(({ status }) => pending.has(status));
  const statuses = faces.map(({ status }) => status);
  for (const { id } of waiting) tenant.activate(id);
  return { user: user.login, activated: waiting.map(({ serialNumber }) => serialNumber), statuses };
}

function nothingWaits(login: string, statuses: readonly string[]): CommandError {
  const has = statuses.length === 0 ? 'The user has no face.' : `The user's faces are ${statuses.join(', ')}.`;
  return new CommandError(
    `"${login}" has no face that waits to be activated`,
    `${has} Apply a file that creates one, then activate it.`,
  );
}
