import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runApply } from './apply.ts';
import { worstOf, type ExitCode } from './process/exit-code.ts';
import type { Io } from './process/io.ts';
import type { OutputOptions, TenantOptions } from './process/options.ts';
import { packageFile } from './process/package-file.ts';
import { runPlan } from './plan.ts';
import { runValidate } from './validate.ts';

const examples = fileURLToPath(packageFile('examples/'));
/** The round takes place on this day, so that the faces of quickstart.tenant.json keep their ages. */
const startMs = Date.parse('2026-06-01T09:00:00Z');
const file = 'quickstart.yaml';

interface Step {
  readonly command: string;
  readonly run: () => Promise<ExitCode>;
}

/** Runs validate, plan, apply and plan again on the embedded tenant, in a directory that is gone afterwards. */
export async function runDemo(options: { readonly color: boolean }, io: Io): Promise<ExitCode> {
  const directory = await mkdtemp(join(tmpdir(), 'faceform-demo-'));
  try {
    await prepare(directory);
    const codes: ExitCode[] = [];
    for (const { command, run } of rounds(
      { color: options.color, quiet: true, sandbox: true },
      inside(io, directory),
    )) {
      io.stdout.write(`\n$ faceform ${command}\n\n`);
      codes.push(await run());
    }
    return worstOf(codes);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function rounds(options: TenantOptions & OutputOptions, io: Io): readonly Step[] {
  const plan = (more: { readonly detailedExitcode?: true }): Promise<ExitCode> =>
    runPlan([file], { ...options, format: 'text', ...more }, io);
  const apply = {
    ...options,
    format: 'text',
    autoApprove: true,
    planMaxAge: 0,
    maxFailures: 10,
    verify: true,
  } as const;
  return [
    { command: `validate ${file}`, run: () => runValidate([file], { ...options, format: 'text' }, io) },
    { command: `plan --sandbox ${file}`, run: () => plan({}) },
    { command: `apply --sandbox --auto-approve ${file}`, run: () => runApply([file], apply, io) },
    { command: `plan --sandbox --detailed-exitcode ${file}`, run: () => plan({ detailedExitcode: true }) },
  ];
}

async function prepare(directory: string): Promise<void> {
  await mkdir(join(directory, '.faceform'));
  await cp(join(examples, file), join(directory, file));
  await cp(join(examples, 'tokens'), join(directory, 'tokens'), { recursive: true });
  await cp(join(examples, 'quickstart.tenant.json'), join(directory, '.faceform', 'sandbox.json'));
}

function inside(io: Io, directory: string): Io {
  const began = io.clock.now();
  const clock = { ...io.clock, now: () => startMs + io.clock.now() - began };
  return { ...io, clock, workingDirectory: directory };
}
