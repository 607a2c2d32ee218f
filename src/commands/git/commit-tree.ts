import { createHash } from 'node:crypto';
import { join, posix, relative, sep } from 'node:path';
import type { FileTree, TreeEntry } from '../../desired/index.ts';
import { readRegular, type Unfit } from '../../files/read-regular.ts';
import type { BaseCommit } from './base-commit.ts';
import type { GitObject } from './object-reader.ts';

/** Something that a commit has, by its mode: a directory, file, link, or the commit of a submodule. */
interface Node {
  readonly kind: 'tree' | 'blob' | 'link' | 'submodule';
  readonly id: string;
}

/** By its name, and the same without links. */
export interface WorkingDirectory {
  readonly named: string;
  readonly real: string;
}

type ReadObject = (name: string, most: number) => Promise<GitObject | 'too large' | undefined>;

/** Of a directory or a link; one of a million files has 40 MB. */
const largestObjectBytes = 128 * 1024 * 1024;

/** Links that lead to links; more are a circle. */
const mostLinks = 40;

/** The files of a commit. What is the same on the disk is read from there. */
export class CommitTree implements FileTree {
  readonly nowhere = 'no files';
  /** What cannot be known of the commit, such as a submodule: what the files asked for then is not known either. */
  readonly doubts: string[] = [];
  /** Objects that the repository lacks. */
  readonly missing: string[] = [];
  readonly #base: BaseCommit;
  readonly #from: WorkingDirectory;
  readonly #read: ReadObject;
  readonly #directories = new Map<string, Promise<ReadonlyMap<string, Node>>>();

  constructor(base: BaseCommit, from: WorkingDirectory, read: ReadObject) {
    this.#base = base;
    this.#from = from;
    this.#read = read;
  }

  async kindOf(path: string): Promise<'directory' | 'other'> {
    const { kind } = await this.#find(this.inside(path));
    return kind === 'tree' || kind === 'submodule' ? 'directory' : 'other';
  }

  async list(directory: string): Promise<readonly TreeEntry[]> {
    const way = this.inside(directory);
    const found = await this.#find(way);
    if (found.kind === 'submodule') {
      this.doubts.push(`${way ?? directory} is a submodule`);
      return [];
    }
    return [...(await this.#entriesOf(found))].map(([name, { kind }]) => ({
      name,
      isDirectory: () => kind === 'tree' || kind === 'submodule',
      isSymbolicLink: () => kind === 'link',
    }));
  }

  async read(path: string, most: number): Promise<Uint8Array | Unfit> {
    const { kind, id } = await this.#find(this.inside(path));
    if (kind !== 'blob') return 'not a regular file';
    const onDisk = await readRegular(path, most).catch(() => undefined);
    if (onDisk instanceof Uint8Array && this.#idOf(onDisk) === id) return onDisk;
    return this.#object(id, most);
  }

  isTop(directory: string): Promise<boolean> {
    return Promise.resolve(this.inside(directory) === '');
  }

  /** The way from the root of the work tree, with slashes; undefined where the path leads out of it. */
  inside(path: string): string | undefined {
    const real = join(this.#from.real, relative(this.#from.named, path));
    const way = relative(this.#base.root, real).split(sep).join('/');
    return way === '..' || way.startsWith('../') || /^[A-Za-z]:/.test(way) ? undefined : way;
  }

  /** What is at a path, all links followed. */
  async #find(path: string | undefined, links = 0): Promise<Node> {
    if (path === undefined) return this.#outside('a path');
    const steps = path.split('/').filter((step) => step !== '');
    let node: Node = { kind: 'tree', id: `${this.#base.id}^{tree}` };
    for (const [at, step] of steps.entries()) {
      if (node.kind === 'submodule') return node;
      const next = node.kind === 'tree' ? (await this.#entriesOf(node)).get(step) : undefined;
      if (next === undefined || links > mostLinks) throw nothingAt(path);
      if (next.kind === 'link') return this.#find(await this.#target(next, steps, at), links + 1);
      node = next;
    }
    return node;
  }

  /** Where a path leads whose step is a link; undefined where that is out of the repository. */
  async #target({ id }: Node, steps: readonly string[], at: number): Promise<string | undefined> {
    const target = (await this.#whole(id)).toString('utf8');
    const way = posix.normalize(posix.join(...steps.slice(0, at), target, ...steps.slice(at + 1)));
    if (target.startsWith('/') || way === '..' || way.startsWith('../')) return this.#outside(steps.join('/'));
    return way === '.' ? '' : way;
  }

  #outside(what: string): never {
    this.doubts.push(`${what} leads out of the repository`);
    throw nothingAt(what);
  }

  #entriesOf({ id }: Node): Promise<ReadonlyMap<string, Node>> {
    const known = this.#directories.get(id);
    if (known !== undefined) return known;
    const entries = this.#whole(id).then((bytes) => parseTree(bytes, this.#base.hash === 'sha1' ? 20 : 32));
    this.#directories.set(id, entries);
    return entries;
  }

  async #whole(id: string): Promise<Buffer> {
    const bytes = await this.#object(id, largestObjectBytes);
    return bytes === 'too large' ? this.#lacks(id) : bytes;
  }

  async #object(id: string, most: number): Promise<Buffer | 'too large'> {
    const found = await this.#read(id, most);
    if (found === undefined) return this.#lacks(id);
    return found === 'too large' ? found : found.bytes;
  }

  #lacks(id: string): never {
    this.missing.push(id);
    throw nothingAt(id);
  }

  #idOf(bytes: Uint8Array): string {
    return createHash(this.#base.hash).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  }
}

const kinds: Readonly<Record<string, Node['kind']>> = { '40000': 'tree', '120000': 'link', '160000': 'submodule' };

/** One entry after the other: mode, space, name, NUL, id. */
function parseTree(bytes: Buffer, idLength: number): ReadonlyMap<string, Node> {
  const entries = new Map<string, Node>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(' ', at);
    const end = bytes.indexOf(0, space);
    if (space < at || end < space) throw new Error('a directory of the commit is damaged');
    const name = bytes.toString('utf8', space + 1, end);
    const id = bytes.toString('hex', end + 1, end + 1 + idLength);
    entries.set(name, { kind: kinds[bytes.toString('latin1', at, space)] ?? 'blob', id });
    at = end + 1 + idLength;
  }
  return entries;
}

/** As the disk says it. */
function nothingAt(path: string): Error {
  return Object.assign(new Error(`nothing is at ${path}`), { code: 'ENOENT' });
}
