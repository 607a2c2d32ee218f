import { realpath } from 'node:fs/promises';
import { isMissing } from '../../files/is-missing.ts';
import type { TokenSource } from '../../model/enrollment.ts';
import { maskWords } from '../source/mask-words.ts';
import type { Words } from '../source/source-file.ts';
import { placesOf, refusePlaces, refuseSource, type FileSource, type SourceRequest } from './token-source.ts';

/**
 * Finds a token file that may be read, with every link followed.
 *
 * @throws as `realpath` of node:fs does, such as ENOENT.
 */
export async function locate(source: FileSource, request: SourceRequest): Promise<string | Words> {
  const written = placesOf(source, request);
  const refused = refusePlaces(written, source, request);
  if (refused !== undefined) return refused;
  const directory = await realpath(written.directory);
  const file = await realpath(written.file);
  const { bounds } = request;
  const workingDirectory = bounds === 'enrollment file' ? '' : await realpath(written.workingDirectory);
  return refusePlaces({ workingDirectory, directory, file }, source, request) ?? file;
}

/** Where the links of a token file lead now. @throws as `realpath` of node:fs does. */
export function targetOf(source: FileSource, request: SourceRequest): Promise<string> {
  return realpath(placesOf(source, request).file);
}

/** Says why a token may not come from there, with links followed. A file that does not exist is judged when it is read. */
export async function refuseTarget(source: TokenSource, request: SourceRequest): Promise<Words | undefined> {
  const refused = source.from === 'env' ? refuseSource(source, request) : await refuseFile(source, request);
  return refused === undefined ? undefined : maskWords(refused);
}

async function refuseFile(source: FileSource, request: SourceRequest): Promise<Words | undefined> {
  try {
    const place = await locate(source, request);
    return typeof place === 'string' ? undefined : place;
  } catch (error) {
    return isMissing(error) ? undefined : unreadable(source);
  }
}

export function unreadable({ path }: FileSource): Words {
  return {
    code: 'UNREADABLE_FILE',
    summary: `the token file ${path} cannot be read`,
    detail: 'Check the path and its permissions.',
  };
}
