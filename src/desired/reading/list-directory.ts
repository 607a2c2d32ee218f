import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { compareText } from '../../model/order.ts';

/** What lies below a directory, as paths relative to it, sorted. */
interface Listing {
  /** YAML and JSON by their names, neither hidden nor installed by npm. */
  readonly names: readonly string[];
  /** Links to other directories, which are not followed. */
  readonly links: readonly string[];
}

/** @throws as `readdir` of node:fs does, such as EACCES. */
export async function list(directory: string): Promise<Listing> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const names: string[] = [];
  const links: string[] = [];
  for (const entry of entries) {
    const absolute = join(entry.parentPath, entry.name);
    const name = relative(directory, absolute);
    if (entry.isDirectory() || name.split(/[\\/]/).some(isHidden)) continue;
    // Links and pipes count: a file that is silently left out would mean faces that nobody asks for.
    if (/\.(ya?ml|json)$/i.test(entry.name)) names.push(name);
    else if (entry.isSymbolicLink() && (await isDirectory(absolute))) links.push(name);
  }
  return { names: names.toSorted(compareText), links: links.toSorted(compareText) };
}

function isHidden(part: string): boolean {
  return part.startsWith('.') || part === 'node_modules';
}

async function isDirectory(path: string): Promise<boolean> {
  const about = await stat(path).catch(() => undefined);
  return about?.isDirectory() === true;
}
