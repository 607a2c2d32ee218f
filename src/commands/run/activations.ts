import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { WriteTools } from '../../engine/index.ts';
import { errorCode } from '../../files/error-code.ts';
import { LocalError } from '../../model/failure.ts';
import type { Created } from '../../model/tenant.ts';
import { CommandError } from '../process/command-error.ts';
import type { Surroundings } from '../process/io.ts';

/**
 * Keeps the activation URL and QR code of a new face, which come back only once and let whoever holds them activate
 * it: `<key>.url` and `<key>.png` in a directory of mode 0700, files of mode 0600.
 */
async function keepActivation(directory: string, key: string, created: Created): Promise<void> {
  makeDirectory(directory);
  const name = nameIn(directory, key);
  if (created.activationUrl !== undefined) await writeAnew(`${name}.url`, `${created.activationUrl.reveal()}\n`);
  if (created.activationQrCode !== undefined) {
    const base64 = created.activationQrCode.reveal().replace(/^data:image\/png;base64,/, '');
    await writeAnew(`${name}.png`, Buffer.from(base64, 'base64'));
  }
}

/** Leaves a file that cannot be removed: what it holds is good for nothing once the face is deleted. */
async function dropActivation(directory: string, key: string): Promise<void> {
  const name = nameIn(directory, key);
  await Promise.allSettled([`${name}.url`, `${name}.png`].map((file) => rm(file, { force: true })));
}

function nameIn(directory: string, key: string): string {
  return join(directory, fileNameOf(key));
}

/** Of file systems, in bytes, less the ending. */
const longestName = 250;

/** One name for each key, without a character that a path could take for its own. */
function fileNameOf(key: string): string {
  const name = encodeURIComponent(key);
  if (name.length <= longestName) return name;
  const hash = createHash('sha256').update(key).digest('hex');
  return `${name.slice(0, longestName - hash.length - 1)}-${hash}`;
}

/** A file that is there already would keep its own mode. */
async function writeAnew(file: string, text: string | Uint8Array): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
}

/**
 * What keeps activations in a directory; without one they go nowhere.
 *
 * @throws CommandError where the directory cannot be had, so call this before the first write. What is returned
 * throws a LocalError where an activation cannot be kept: the change has failed, though its face is there.
 */
export function activationKeeper(given: string | undefined, io: Surroundings): WriteTools['activations'] {
  if (given === undefined) return { keep: () => Promise.resolve(), drop: () => Promise.resolve() };
  const directory = resolve(io.workingDirectory, given);
  try {
    makeDirectory(directory);
    accessSync(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new CommandError(
      `activations cannot be kept in ${given} (${errorCode(error) ?? 'no code'}), nothing was applied`,
      'Name a directory that can be written to.',
    );
  }
  const keep: WriteTools['activations']['keep'] = async ({ key }, created) => {
    try {
      await keepActivation(directory, key, created);
    } catch (error) {
      const message = `the face is created, but its activation could not be kept in ${given} (${errorCode(error) ?? 'no code'}); renew it with --replace ${key}`;
      throw new LocalError(message, { cause: error });
    }
  };
  return { keep, drop: ({ key }) => dropActivation(directory, key) };
}

/** Level by level: Node.js, told to make all of them, never returns where the system has no place for one, as in /proc. */
function makeDirectory(directory: string): void {
  if (existsSync(directory)) return;
  if (dirname(directory) !== directory) makeDirectory(dirname(directory));
  mkdirSync(directory, { mode: 0o700 });
}
