import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { SavedPlan } from '../report/read-plan.ts';
import { CommandError } from './command-error.ts';
import type { Io } from './io.ts';

/** A place for a plan that is known to be writable before the tenant is asked. */
export interface PlanFile {
  /** Puts the whole file there at once, mode 0600. */
  readonly save: (text: string) => Promise<void>;
  /** Leaves what was there before. */
  readonly discard: () => Promise<void>;
}

/** How far our clock may be behind that of the machine which made the plan. */
const clocksApartSeconds = 300;

/** @throws CommandError where nothing can be written there. */
export async function reservePlanFile(name: string, io: Io): Promise<PlanFile> {
  const path = resolve(io.workingDirectory, name);
  const unfinished = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const failed = (error: unknown): CommandError =>
    new CommandError(`the plan cannot be saved to ${name} (${reasonOf(error)})`, 'Name a file that can be written.');
  try {
    const handle = await open(unfinished, 'wx', 0o600);
    return {
      save: async (text) => {
        try {
          await handle.writeFile(text);
          await handle.sync();
          await handle.close();
          await rename(unfinished, path);
        } catch (error) {
          await rm(unfinished, { force: true });
          throw failed(error);
        }
      },
      discard: async () => {
        await handle.close();
        await rm(unfinished, { force: true });
      },
    };
  } catch (error) {
    throw failed(error);
  }
}

/** Reads a plan that `plan --out` saved. @throws CommandError where it is none, or not as it was saved. */
export async function loadSavedPlan(file: string, io: Io): Promise<SavedPlan & { readonly text: string }> {
  const { readPlan } = await import('../report/read-plan.ts');
  const text = await readFile(resolve(io.workingDirectory, file), 'utf8').catch((error: unknown) => {
    throw new CommandError(`the plan ${file} cannot be read (${reasonOf(error)})`, 'Name the file of a saved plan.');
  });
  const read = readPlan(text);
  if ('plan' in read) return { ...read, text };
  throw new CommandError(
    `${file} is no plan to go by: ${read.found}`,
    `Expected ${read.expected}. Plan again with --out.`,
  );
}

/** @throws CommandError where the plan is older than that many seconds, or of a time to come. */
export function checkAge({ context }: SavedPlan, maxAgeSeconds: number, io: Io): void {
  const age = Math.floor(io.clock.now() / 1000) - context.now;
  if (age > maxAgeSeconds) {
    throw new CommandError(
      `the plan was made ${duration(age)} ago, and may be ${duration(maxAgeSeconds)} old`,
      'Plan again, or pass a longer --plan-max-age.',
    );
  }
  if (age < -clocksApartSeconds) {
    throw new CommandError(`the plan was made ${duration(-age)} from now`, 'Set the clock of this machine right.');
  }
}

function duration(seconds: number): string {
  return seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
