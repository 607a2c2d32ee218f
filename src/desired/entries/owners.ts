import { dirname, resolve } from 'node:path';
import { placeName, placeOf, type SourceRange } from '../../model/place.ts';
import type { CheckedFile } from './check-schema.ts';
import type { Findings } from './findings.ts';
import type { Defaults } from '../generated/enrollments-file.generated.ts';
import type { ParsedFile } from '../source/parsed-file.ts';

/** Whose a file is. */
export interface FileOwner {
  readonly name: string;
  /** Where the head that says so does. */
  readonly range: SourceRange;
  readonly by: 'its head' | 'its directory';
}

export interface OwnedFile extends CheckedFile {
  readonly parsed: ParsedFile;
  readonly owner?: FileOwner | undefined;
}

type File = Omit<OwnedFile, 'owner'>;

/** What holds for one owner's files. */
export const ownerRules = ['scope', 'unmatched', 'missingUsers', 'budgets'] as const;

/**
 * Finds the owner of each file: the one in its head, else that of the nearest `faceform.yaml` in its directory or above.
 * Files that belong to a directory's owner have its defaults, and rules of their own are an error.
 */
export function withOwners(files: readonly File[], workingDirectory: string, findings: Findings): readonly OwnedFile[] {
  const directoryOf = ({ parsed }: File): string => dirname(resolve(workingDirectory, parsed.source.file));
  const directories = new Map(
    files
      .filter(
        ({ head, parsed }) => head.owner !== undefined && parsed.source.file.split('/').at(-1) === 'faceform.yaml',
      )
      .map((file) => [directoryOf(file), file] as const),
  );
  return files.map((file): OwnedFile => {
    if (file.head.owner !== undefined) return { ...file, owner: ownerIn(file, file.head.owner, 'its head') };
    const above = nearest(directoryOf(file), directories);
    if (above?.head.owner === undefined) return file;
    const owner = ownerIn(above, above.head.owner, 'its directory');
    refuseRules(file, owner, findings);
    const { defaults } = above;
    const isKnown = defaults !== undefined && file.defaults !== undefined;
    return { ...file, owner, defaults: isKnown ? mergedDefaults(defaults, file.defaults) : undefined };
  });
}

function ownerIn({ parsed }: File, name: string, by: FileOwner['by']): FileOwner {
  return { name, range: parsed.source.rangeOf(parsed.spanOf(['owner'], 'value')), by };
}

function nearest(directory: string, owned: ReadonlyMap<string, File>): File | undefined {
  const found = owned.get(directory);
  const above = dirname(directory);
  return found !== undefined || above === directory ? found : nearest(above, owned);
}

function refuseRules({ head, parsed }: File, { name, range }: FileOwner, findings: Findings): void {
  for (const member of ownerRules) {
    if (head[member] === undefined) continue;
    findings.tell(
      parsed,
      {
        code: 'TWO_OWNERS',
        summary: `'${member}' in a file of the directory of owner '${name}'`,
        detail: `Move it to the file with that owner, ${placeName(placeOf(range))}, or give this file an owner.`,
      },
      [member],
      'key',
    );
  }
}

/** A file's own expiry replaces a lifetime of the directory, and the other way round. */
function mergedDefaults(directory: Defaults, own: Defaults): Defaults {
  const { expiry, lifetime, ...others } = directory;
  const dated = own.expiry !== undefined || own.lifetime !== undefined;
  return {
    ...others,
    ...(dated || expiry === undefined ? {} : { expiry }),
    ...(dated || lifetime === undefined ? {} : { lifetime }),
    ...own,
    activation: { ...directory.activation, ...own.activation },
    annotations: { ...directory.annotations, ...own.annotations },
  };
}
