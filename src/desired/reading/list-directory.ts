import { join } from 'node:path';
import { compareText } from '../../model/values/order.ts';
import type { FileTree, TreeEntry } from './file-tree.ts';
import { ignoreFileName, IgnoreProblem, readIgnoreRules, type IgnoreRules } from './ignore-rules.ts';
import { portablePath } from './portable-path.ts';

/** What lies below a directory, as paths relative to it, sorted. */
interface Listing {
  /** YAML and JSON by their names. */
  readonly names: readonly string[];
  /** YAML and JSON that is hidden, or lies in a hidden directory. */
  readonly hidden: readonly string[];
  /** Links to other directories, which are not followed. */
  readonly links: readonly string[];
  /** YAML and JSON, hidden or not, that an ignore file leaves out. */
  readonly ignored: readonly string[];
  /** Ignore files that cannot be followed. */
  readonly problems: readonly { readonly file: string; readonly problem: IgnoreProblem }[];
}

/** Directories of Git, npm and the sandbox; nobody keeps enrollment files there, and the first two are large. */
const closed: ReadonlySet<string> = new Set(['.git', 'node_modules', '.faceform']);

/** A folder below the directory, and the rules for what is in it, those of the nearest folder first. */
interface Folder {
  readonly path: string;
  readonly rules: readonly { readonly folder: string; readonly rules: IgnoreRules }[];
  readonly state: 'ignored' | 'listed';
}

type Lists = { readonly [K in keyof Listing]: Listing[K][number][] };

/** @throws as the tree does, such as EACCES. */
export async function listDirectory(directory: string, tree: FileTree): Promise<Listing> {
  const lists: Lists = { names: [], hidden: [], links: [], ignored: [], problems: [] };
  const folders: Folder[] = [{ path: '', rules: [], state: 'listed' }];
  for (const found of folders) {
    const entries = await tree.list(join(directory, found.path));
    const folder = await withOwnRules(found, entries, { directory, tree, problems: lists.problems });
    for (const entry of entries) {
      const name = join(folder.path, entry.name);
      if (closed.has(entry.name)) continue;
      const state = folder.state === 'ignored' || isIgnored(name, entry, folder) ? 'ignored' : 'listed';
      if (entry.isDirectory()) folders.push({ path: name, rules: folder.rules, state });
      // Links and pipes count: a file that is silently left out would mean faces that nobody asks for.
      else if (/\.(ya?ml|json)$/i.test(entry.name)) listFor(name, state, lists).push(name);
      else if (entry.isSymbolicLink() && (await isDirectory(join(directory, name), tree))) lists.links.push(name);
    }
  }
  const { names, hidden, links, ignored, problems } = lists;
  return {
    names: names.toSorted(compareText),
    hidden: hidden.toSorted(compareText),
    links: links.toSorted(compareText),
    ignored: ignored.toSorted(compareText),
    problems,
  };
}

/** As Git does, an ignored folder's own rules are not read: nothing in it can be named again. */
async function withOwnRules(
  folder: Folder,
  entries: readonly TreeEntry[],
  { directory, tree, problems }: Pick<Lists, 'problems'> & { readonly directory: string; readonly tree: FileTree },
): Promise<Folder> {
  const entry = entries.find(({ name }) => name === ignoreFileName);
  if (entry === undefined || folder.state === 'ignored') return folder;
  const file = join(folder.path, ignoreFileName);
  const read = entry.isSymbolicLink()
    ? new IgnoreProblem('is a link')
    : await readIgnoreRules(join(directory, file), tree);
  if (!(read instanceof IgnoreProblem))
    return { ...folder, rules: [{ folder: folder.path, rules: read }, ...folder.rules] };
  problems.push({ file, problem: read });
  return folder;
}

/** The nearest file that speaks of the path decides. */
function isIgnored(name: string, entry: TreeEntry, { rules }: Folder): boolean {
  const path = portablePath(name) + (entry.isDirectory() ? '/' : '');
  for (const { folder, rules: own } of rules) {
    const { ignored, unignored } = own.test(folder === '' ? path : path.slice(folder.length + 1));
    if (ignored || unignored) return ignored;
  }
  return false;
}

function listFor(name: string, state: Folder['state'], lists: Lists): string[] {
  if (state === 'ignored') return lists.ignored;
  return isHidden(name) ? lists.hidden : lists.names;
}

function isHidden(name: string): boolean {
  return /(?:^|[\\/])\./.test(name);
}

async function isDirectory(path: string, tree: FileTree): Promise<boolean> {
  const kind = await tree.kindOf(path).catch(() => undefined);
  return kind === 'directory';
}
