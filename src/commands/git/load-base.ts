import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Loaded } from '../../desired/index.ts';
import type { DesiredState } from '../../model/enrollment.ts';
import { placeName, placeOf } from '../../model/place.ts';
import { CommandError } from '../process/command-error.ts';
import type { Surroundings } from '../process/io.ts';
import { findBase, type BaseCommit } from './base-commit.ts';
import { CommitTree } from './commit-tree.ts';
import { ObjectReader } from './object-reader.ts';

/** What the files asked for at the merge base, or why that cannot be said. */
export type LoadedBase = { readonly base: BaseCommit } & (
  { readonly state: DesiredState } | { readonly state: undefined; readonly because: string }
);

/**
 * Loads the same paths as the merge base of a ref and HEAD has them.
 *
 * @throws CommandError where there is no such commit here, or the repository lacks a part of it.
 */
export async function loadBase(
  ref: string,
  { desired, loadFrom }: { readonly desired: DesiredState; readonly loadFrom: Loaded['loadFrom'] },
  world: Surroundings,
): Promise<LoadedBase> {
  const base = await findBase(ref, world);
  const named = resolve(world.workingDirectory);
  const objects = new ObjectReader(world);
  try {
    const tree = new CommitTree(base, { named, real: await realpath(named) }, (name, most) => objects.read(name, most));
    demandInside(desired, tree, { named, base });
    if (base.isOneOfSeveral) return { base, state: undefined, because: `HEAD and ${ref} have several merge bases` };
    const { state, diagnostics } = await loadFrom(tree);
    if (tree.missing.length > 0) throw lacksObjects(base);
    const [doubt] = tree.doubts;
    const [first] = diagnostics;
    if (doubt !== undefined) return { base, state: undefined, because: `${doubt} in ${shortId(base)}` };
    if (state !== undefined) return { base, state };
    const where = first?.range === undefined ? '' : `${placeName(placeOf(first.range))}: `;
    return { base, state, because: `the files of ${shortId(base)} have errors: ${where}${first?.summary ?? ''}` };
  } finally {
    await objects.close();
  }
}

/** As people write a commit. */
export function shortId({ id }: Pick<BaseCommit, 'id'>): string {
  return id.slice(0, 7);
}

/** Of a file that no commit can have, nobody knows what it was. */
function demandInside(
  { inputs }: DesiredState,
  tree: CommitTree,
  { named, base }: { readonly named: string; readonly base: BaseCommit },
): void {
  const outside = inputs.find(({ file }) => file === '<stdin>' || tree.inside(resolve(named, file)) === undefined);
  if (outside === undefined) return;
  const what = outside.file === '<stdin>' ? 'standard input' : outside.file;
  throw new CommandError(
    `--changed-since compares files of one repository, and ${what} is not below ${base.root}`,
    'Name only files of the repository, or plan without --changed-since.',
  );
}

function lacksObjects(base: BaseCommit): CommandError {
  return new CommandError(
    `--changed-since needs files of ${shortId(base)} that this partial clone does not have, and does not fetch them itself`,
    'Clone without --filter, or run: git fetch --refetch --no-filter --no-tags origin',
  );
}
