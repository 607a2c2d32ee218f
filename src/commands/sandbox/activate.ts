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
  const told = activateFaces(login, sandbox);
  // Only now is it saved.
  await sandbox.close().catch(tellSandboxProblem);
  if (told === undefined) {
    throw new CommandError(`${file} has no user "${login}"`, 'Correct the login, or apply a file that names the user.');
  }
  io.stdout.write(`${plain(told)}\n`);
  return exitCode.done;
}

/** Says what was done; undefined where there is no such user. */
function activateFaces(login: string, { tenant }: Sandbox): string | undefined {
  const user = tenant.users().find((one) => one.login.toLowerCase() === login.toLowerCase());
  if (user === undefined) return undefined;
  const waiting = tenant.faces(user.login).filter(({ status }) => pending.has(status));
  for (const { id } of waiting) tenant.activate(id);
  return waiting.length === 0
    ? `${user.login} has no face that waits to be activated.`
    : `Activated for ${user.login}: ${waiting.map(({ serialNumber }) => `face ${serialNumber}`).join(', ')}.`;
}
