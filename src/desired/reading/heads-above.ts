import { dirname, join, relative, resolve } from 'node:path';
import { isMissing } from '../../files/is-missing.ts';
import { disk } from './file-tree.ts';
import { portablePath } from './portable-path.ts';
import type { ReadRequest } from './read-file.ts';

/** Name of the file whose owner holds for its directory. */
const directoryHead = 'faceform.yaml';

/** Where one of the paths begins. */
export interface Beginning {
  readonly directory: string;
  /** The file that is named itself. */
  readonly file?: string;
  /** Files that ignore files leave out. */
  readonly ignored?: ReadonlySet<string>;
}

/** A head by its name in messages and the way there. */
export interface HeadAbove {
  readonly name: string;
  readonly absolute: string;
}

/**
 * The `faceform.yaml` of a directory and of those above it, the nearest first: up to the top of the repository. Outside of
 * one, up to the working directory, or that directory alone if it does not lie there.
 */
export async function headsAbove(
  { directory, ignored }: Beginning,
  { workingDirectory, tree = disk }: Pick<ReadRequest, 'workingDirectory' | 'tree'>,
): Promise<readonly HeadAbove[]> {
  const above = directoriesAbove(directory);
  const tops = await Promise.all(above.map((each) => tree.isTop(each)));
  const from = resolve(workingDirectory);
  const top = tops.includes(true) ? tops.indexOf(true) : Math.max(0, above.indexOf(from));
  const paths = above.slice(0, top + 1).map((each) => join(each, directoryHead));
  const kinds = await Promise.all(paths.map((path) => tree.kindOf(path).catch(whatIsThere)));
  return paths.flatMap((absolute, at) =>
    kinds[at] !== 'other' || ignored?.has(absolute) === true
      ? []
      : [{ name: portablePath(relative(from, absolute)), absolute }],
  );
}

/** What cannot be looked at counts as a file: reading it says what is wrong. */
function whatIsThere(error: unknown): 'nothing' | 'other' {
  return isMissing(error) ? 'nothing' : 'other';
}

function directoriesAbove(directory: string): readonly string[] {
  const above = dirname(directory);
  return above === directory ? [directory] : [directory, ...directoriesAbove(above)];
}
