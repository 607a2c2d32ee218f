import { resolve } from 'node:path';
import { errorCode } from '../files/error-code.ts';
import { seedUsers, startSandbox } from '../sandbox/index.ts';
import { CommandError } from './process/command-error.ts';
import { exitCode, type ExitCode } from './process/exit-code.ts';
import { tellSandboxProblem } from './tenant/sandbox-problem.ts';
import type { Io } from './process/io.ts';
import type { SandboxCommandOptions } from './process/options.ts';

/** Serves the embedded tenant on loopback until SIGINT or SIGTERM. */
export async function runSandbox(options: SandboxCommandOptions, io: Io): Promise<ExitCode> {
  const sandbox = await start(options, io);
  const { url, applicationId, sharedSecret } = sandbox;
  // Before anything is printed: whoever waits for the output may send the signal at once.
  const stopped = new Promise<void>((stop) => {
    const release = io.onSignal(() => {
      release();
      stop();
    });
  });
  io.stdout.write(
    options.format === 'json'
      ? `${JSON.stringify({ url, applicationId, sharedSecret })}\n`
      : [
          `export FACEFORM_TENANT_URL=${url}`,
          `export FACEFORM_APPLICATION_ID=${applicationId}`,
          `export FACEFORM_SHARED_SECRET=${sharedSecret}`,
          '',
        ].join('\n'),
  );
  await stopped;
  await sandbox.close().catch(tellSandboxProblem);
  return exitCode.done;
}

async function start(options: SandboxCommandOptions, io: Io): ReturnType<typeof startSandbox> {
  const state = options.state === undefined ? undefined : resolve(io.workingDirectory, options.state);
  try {
    return await startSandbox({ port: options.port, seed: seedUsers(options.users), state });
  } catch (error) {
    const problem = portProblems.get(errorCode(error));
    if (problem === undefined) tellSandboxProblem(error);
    throw new CommandError(`port ${options.port} ${problem}`, 'Choose another, or 0 for a free one.');
  }
}

const portProblems: ReadonlyMap<string | undefined, string> = new Map([
  ['EADDRINUSE', 'is in use'],
  ['EACCES', 'may not be used'],
  ['ERR_SOCKET_BAD_PORT', 'does not exist'],
]);
