import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText } from '../../model/values/order.ts';

/** What lies below a directory, as paths relative to it, sorted. */
interface Listing {
  /** YAML and JSON by their names. */
  readonly names: readonly string[];
  /** YAML and JSON that is hidden, or lies in a hidden directory. */
  readonly hidden: readonly string[];
  /** Links to other directories, which are not followed. */
  readonly links: readonly string[];
}

/** Directories of Git, npm and the sandbox; nobody keeps enrollment files there, and the first two are large. */
const closed: ReadonlySet<string> = new Set(['.git', 'node_modules', '.faceform']);

/** @throws as `readdir` of node:fs does, such as EACCES. */
export async function listDirectory(directory: string): Promise<Listing> {
  const names: string[] = [];
  const hidden: string[] = [];
  const links: string[] = [];
  const folders = [''];
  for (const folder of folders) {
    for (const entry of await readdir(join(directory, folder), { withFileTypes: true })) {
      const name = join(folder, entry.name);
      if (closed.has(entry.name)) continue;
      if (entry.isDirectory()) folders.push(name);
      // Links and pipes count: a file that is silently left out would mean faces that nobody asks for.
      else if (/\.(ya?ml|json)$/i.test(entry.name)) (isHidden(name) ? hidden : names).push(name);
      else if (entry.isSymbolicLink() && (await isDirectory(join(directory, name)))) links.push(name);
    }
  }
  return {
    names: names.toSorted(compareText),
    hidden: hidden.toSorted(compareText),
    links: links.toSorted(compareText),
  };
}

function isHidden(name: string): boolean {
  return /(?:^|[\\/])\./.test(name);
}

async function isDirectory(path: string): Promise<boolean> {
  const about = await stat(path).catch(() => undefined);
  return about?.isDirectory() === true;
}
