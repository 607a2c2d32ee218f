import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { Findings, largestFileBytes } from '../../desired/index.ts';
import { SourceFile } from '../../desired/source/source-file.ts';
import { parse } from '../../desired/yaml/parse.ts';
import { isMissing } from '../../files/is-missing.ts';
import { readRegular } from '../../files/read-regular.ts';
import { count } from '../../model/values/count.ts';
import { CommandError } from '../process/command-error.ts';
import type { Surroundings } from '../process/io.ts';

/** An export with a last line by which it is known again as long as nobody changes it. */
export function* withSeal(text: Iterable<string>): Iterable<string> {
  const hash = createHash('sha256');
  for (const piece of text) {
    hash.update(piece);
    yield piece;
  }
  yield sealOf(hash.digest('hex'));
}

function sealOf(digest: string): string {
  return `# sha256 of the lines above: ${digest}. "faceform export" replaces the file only as long as this is true.\n`;
}

/** @throws CommandError where another file than an unchanged export would be lost */
export async function demandReplaceable(name: string, { workingDirectory }: Surroundings): Promise<void> {
  const bytes = await readRegular(resolve(workingDirectory, name), largestFileBytes).catch((error: unknown) => {
    if (isMissing(error)) return new Uint8Array();
    throw new CommandError(`${name} cannot be read, and may be no export`, hint);
  });
  if (!(bytes instanceof Uint8Array)) throw new CommandError(`${name} is ${bytes}, and is no export`, hint);
  const text = Buffer.from(bytes).toString('utf8');
  if (text.trim() === '' || isSealed(text)) return;
  throw new CommandError(
    `${name} was not written by 'faceform export', or was changed since; ${await lossOf(name, text)} would be lost`,
    hint,
  );
}

const hint = 'Name another file, or pass --force to replace it.';

function isSealed(text: string): boolean {
  const end = text.lastIndexOf('\n', text.length - 2) + 1;
  return text.slice(end) === sealOf(createHash('sha256').update(text.slice(0, end)).digest('hex'));
}

async function lossOf(name: string, text: string): Promise<string> {
  const parsed = await parse(new SourceFile(name, Buffer.from(text), text), new Findings());
  const entries = listOf(parsed?.value).length;
  const lines = text.trimEnd().split('\n');
  if (entries === 0) return count(lines.length, 'line');
  const comments = lines.filter((line) => line.trimStart().startsWith('#')).length;
  return comments === 0 ? entryCount(entries) : `${entryCount(entries)} and ${count(comments, 'line')} of comments`;
}

function entryCount(entries: number): string {
  return entries === 1 ? '1 entry' : `${entries} entries`;
}

function listOf(value: unknown): readonly unknown[] {
  const isFile = typeof value === 'object' && value !== null && 'enrollments' in value;
  return isFile && Array.isArray(value.enrollments) ? value.enrollments : [];
}
