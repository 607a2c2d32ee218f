import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { DesiredState } from '../../model/enrollment.ts';
import { CommandError } from '../process/command-error.ts';
import type { Surroundings } from '../process/io.ts';
import type { TenantOptions } from '../process/options.ts';

/** The flags that name files to write. */
interface Outputs {
  readonly out?: string | undefined;
  readonly report?: readonly string[] | undefined;
  readonly jsonInto?: string | undefined;
  readonly journal?: string | undefined;
}

/** @throws CommandError where a file would be written twice, or over one that is read. */
export async function demandDistinct(options: Outputs, inputs: readonly string[], io: Surroundings): Promise<void> {
  const { out, report = [], jsonInto, journal } = options;
  const outputs = [
    { flag: '--out', names: [out] },
    { flag: '--report', names: report },
    { flag: '--json-into', names: [jsonInto] },
    { flag: '--journal', names: [journal] },
  ].flatMap(({ flag, names }) => names.flatMap((name) => (name === undefined ? [] : { flag, name })));
  if (outputs.length === 0) return;
  const taken = new Map<string, string>();
  for (const name of inputs) taken.set(await placeOf(name, io), 'is read');
  for (const { flag, name } of outputs) {
    const place = await placeOf(name, io);
    const other = taken.get(place);
    if (other !== undefined) {
      throw new CommandError(`${flag} names ${name}, which ${other} by the same run`, 'Name another file.');
    }
    taken.set(place, `is written with ${flag}`);
  }
}

/** The same for every way to name a file; links are followed. */
async function placeOf(name: string, { workingDirectory }: Surroundings): Promise<string> {
  const path = resolve(workingDirectory, name);
  try {
    return await realpath(path);
  } catch {
    const folder = await realpath(dirname(path)).catch(() => dirname(path));
    return join(folder, basename(path));
  }
}

/** The files that were loaded, and that with the credentials. */
export function readFilesOf(
  { inputs }: Pick<DesiredState, 'inputs'>,
  { credentials }: TenantOptions,
): readonly string[] {
  return [...inputs.map(({ file }) => file), ...(credentials === undefined ? [] : [credentials])];
}
