import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { main } from '../../../src/cli.ts';
import type { Io, Output, StopSignal } from '../../../src/commands/process/io.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../src/sandbox/index.ts';
import { findLeaks } from './find-leaks.ts';

/** Fit for a token: Base64, with a plus and a slash, and found nowhere else. */
export const tokenCanary = Buffer.from('CANARY of a biometric token: ÿþ?>').toString('base64');
const applicationSecret = 'CANARY secret/of+the"application&=';
/** How each activation URL and each QR code of the embedded tenant begins, and what stands before a token of the API. */
const issuedSecrets = ['https://activation.example.com/face/', 'iVBORw0KGgo', 'Bearer '] as const;

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunWith {
  /** Added to the workspace's own; undefined unsets a variable. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** What the user types at the prompt; without it there is no terminal. */
  readonly answer?: string;
  /** What happens while the prompt waits. */
  readonly onAsk?: () => unknown;
  readonly standardInput?: string | Uint8Array;
  readonly isTerminal?: boolean;
  /** How wide the terminal is. */
  readonly columns?: number;
  /** What the program's clock shows at first, in milliseconds; `testNow` if missing. */
  readonly startAt?: number;
  /** The running one if missing. */
  readonly nodeVersion?: string;
  /** Given the function that sends a signal to the program. */
  readonly onStart?: (send: (signal: StopSignal) => void) => void;
}

/** A directory with files, and the program run inside it through `main`, as bin.ts runs it. */
export interface Workspace {
  readonly directory: string;
  readonly write: (name: string, text: string | Uint8Array) => Promise<void>;
  readonly read: (name: string) => Promise<string>;
  /** Fails the test when a secret shows in what was printed or written to a file. */
  readonly run: (args: readonly string[], run?: RunWith) => Promise<Ran>;
}

/** A workspace with a tenant of its own, which the environment names. */
export interface TenantWorkspace extends Workspace {
  readonly sandbox: Sandbox;
}

export interface WorkspaceOptions {
  /** Names and texts of the files to begin with. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Further secrets that must never show. */
  readonly secrets?: () => readonly string[];
  /** Where the program runs, below the directory of the files; that itself if missing. */
  readonly subdirectory?: string;
  /** Files that may hold secrets: the tenant's state, tokens, kept activations. */
  readonly secretFiles?: RegExp;
}

/** Noon of a day on which all of the tests take place. */
export const testNow = Date.parse('2026-06-01T12:00:00Z');

/** Makes a directory that is gone when the test is over. */
export async function openWorkspace(options: WorkspaceOptions = {}): Promise<Workspace> {
  const directory = await mkdtemp(join(tmpdir(), 'faceform-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const write: Workspace['write'] = async (name, text) => {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  };
  for (const [name, text] of Object.entries(options.files ?? {})) await write(name, text);
  const secrets = (): readonly string[] => [
    tokenCanary,
    applicationSecret,
    ...issuedSecrets,
    ...(options.secrets?.() ?? []),
  ];
  return {
    directory,
    write,
    read: (name) => readFile(join(directory, name), 'utf8'),
    run: async (args, run = {}) => {
      const ran = await runMain(
        args,
        { ...run, environment: { ...options.environment, ...run.environment } },
        resolve(directory, options.subdirectory ?? '.'),
      );
      await expectNoLeak(ran, {
        directory,
        secrets: secrets(),
        spared: options.secretFiles ?? /\.faceform|tokens\/|^\/kept\//,
      });
      return ran;
    },
  };
}

/** Starts a tenant and a workspace whose environment names it. */
export async function openTenant(
  sandboxOptions: SandboxOptions = {},
  options: WorkspaceOptions = {},
): Promise<TenantWorkspace> {
  const credentials = { applicationId: 'app', sharedSecret: applicationSecret };
  const sandbox = await startSandbox({ clock: () => testNow, credentials, ...sandboxOptions });
  onTestFinished(() => sandbox.close());
  const environment = {
    FACEFORM_TENANT_URL: sandbox.url,
    FACEFORM_APPLICATION_ID: sandbox.applicationId,
    FACEFORM_SHARED_SECRET: sandbox.sharedSecret,
    FACE_TOKEN_TEST: tokenCanary,
    ...options.environment,
  };
  return { ...(await openWorkspace({ ...options, environment })), sandbox };
}

async function runMain(args: readonly string[], run: RunWith, directory: string): Promise<Ran> {
  const printed = { stdout: '', stderr: '' };
  const isTerminal = run.isTerminal ?? false;
  const into = (name: keyof typeof printed): Output => ({
    write: (text) => {
      printed[name] += text;
    },
    isTerminal,
    columns: run.columns,
  });
  const { answer } = run;
  const io: Io = {
    stdout: into('stdout'),
    stderr: into('stderr'),
    environment: run.environment ?? {},
    workingDirectory: directory,
    nodeVersion: run.nodeVersion ?? process.versions.node,
    readStandardInput: () => Promise.resolve(Buffer.from(run.standardInput ?? '')),
    ...(answer === undefined
      ? {}
      : {
          ask: async (question) => {
            printed.stdout += question;
            await run.onAsk?.();
            return answer;
          },
        }),
    clock: quickClock(run.startAt ?? testNow),
    random: () => 0.5,
    onSignal: (handler) => {
      run.onStart?.(handler);
      return () => undefined;
    },
    callLimits: { connectMs: 500, headersMs: 250, bodyMs: 250 },
  };
  const code = await main(args, io);
  return { code, ...printed };
}

/** Time that passes only by sleeping, and then at once. */
function quickClock(startAt: number): Io['clock'] {
  let now = startAt;
  return {
    now: () => now,
    sleep: (ms) => {
      now += ms;
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
}

interface Watch {
  readonly directory: string;
  readonly secrets: readonly string[];
  readonly spared: RegExp;
}

/** Looks through all that a run has printed and written. */
async function expectNoLeak({ stdout, stderr }: Ran, { directory, secrets, spared }: Watch): Promise<void> {
  expect(findLeaks(stdout, secrets), 'secrets on stdout').toEqual([]);
  expect(findLeaks(stderr, secrets), 'secrets on stderr').toEqual([]);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || spared.test(path.slice(directory.length))) continue;
    expect(findLeaks(await readFile(path, 'utf8'), secrets), `secrets in ${entry.name}`).toEqual([]);
  }
}
