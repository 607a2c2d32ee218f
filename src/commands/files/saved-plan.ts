import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PlanContext, PlanInContext } from '../../model/shown/plan-context.ts';
import { CommandError } from '../process/command-error.ts';
import type { Surroundings } from '../process/io.ts';
import { currentInstant } from '../process/current-instant.ts';
import { errorCode } from '../../files/error-code.ts';

/** How far our clock may be behind that of the machine which made the plan. */
const clocksApartSeconds = 300;

/**
 * Reads a plan that `plan --out` saved.
 *
 * @param signedBy public keys, one of which must have signed it.
 * @throws CommandError where it is none, or not as it was saved or signed.
 */
export async function loadSavedPlan(
  file: string,
  io: Surroundings,
  signedBy?: readonly string[],
): Promise<PlanInContext> {
  const text = await readFile(resolve(io.workingDirectory, file), 'utf8').catch((error: unknown) => {
    throw new CommandError(
      `the plan ${file} cannot be read (${errorCode(error) ?? 'unknown'})`,
      'Name the file of a saved plan.',
    );
  });
  if (signedBy !== undefined) {
    const { demandSignature } = await import('./plan-signature.ts');
    await demandSignature({ text, name: file }, signedBy, io);
  }
  return readSavedPlan(text, file);
}

/** @throws CommandError where it is no plan, or not as it was saved; `name` is for the message. */
export async function readSavedPlan(text: string, name: string): Promise<PlanInContext> {
  const { readPlan } = await import('../../report/plan-json/read-plan.ts');
  const read = readPlan(text);
  if (read.state === 'read') return read.saved;
  throw new CommandError(
    `${name} is not a valid saved plan: ${read.found}`,
    `Expected ${read.expected}. Plan again with --out.`,
  );
}

/** @throws CommandError where the plan is older than that many seconds, or of a time to come. */
export function checkAge({ now }: PlanContext, maxAgeSeconds: number, io: Surroundings): void {
  const age = currentInstant(io) - now;
  if (age > maxAgeSeconds) {
    throw new CommandError(
      `the plan was made ${duration(age)} ago, and may be ${duration(maxAgeSeconds)} old`,
      'Plan again, or pass a longer --plan-max-age.',
    );
  }
  if (age < -clocksApartSeconds) {
    throw new CommandError(`the plan is dated ${duration(-age)} in the future`, "Correct this machine's clock.");
  }
}

function duration(seconds: number): string {
  return seconds < 7200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3600)} hours`;
}
