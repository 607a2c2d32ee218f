import type { Ignore } from 'ignore';
import type { FileTree } from './file-tree.ts';

/** Name of the files that leave files out, in the syntax of `.gitignore`. */
export const ignoreFileName = '.faceformignore';

/** Enough for thousands of names. Each pattern is compared with each file. */
const largestBytes = 64 * 1024;
/** Each asterisk multiplies the time that a comparison may take; no more are needed in one part of a path. */
const mostAsterisks = 3;
const mostDoubleAsterisks = 2;

/** What is wrong with an ignore file, and in which line. */
export class IgnoreProblem {
  readonly message: string;
  readonly line: number;

  constructor(message: string, line = 1) {
    this.message = message;
    this.line = line;
  }
}

/** What the ignore file of a directory says of a path below that directory. */
export type IgnoreRules = Pick<Ignore, 'test'>;

export async function readIgnoreRules(path: string, tree: FileTree): Promise<IgnoreRules | IgnoreProblem> {
  const text = await readText(path, tree);
  if (text instanceof IgnoreProblem) return text;
  const lines = text.split('\n');
  const costly = lines.findIndex((pattern) => !pattern.startsWith('#') && isCostly(pattern));
  if (costly >= 0) return new IgnoreProblem(tooCostly, costly + 1);
  const { default: ignore } = await import('ignore');
  return ignore({ ignoreCase: false, allowRelativePaths: true }).add(text);
}

/** What a pattern names below the directory that it starts from. */
export async function readGlob(pattern: string): Promise<IgnoreRules | IgnoreProblem> {
  if (isCostly(pattern)) return new IgnoreProblem(tooCostly);
  const { default: ignore } = await import('ignore');
  return ignore({ ignoreCase: false, allowRelativePaths: true }).add(`/${pattern}`);
}

const tooCostly = `has more than ${mostAsterisks} '*' in one part of a path, or more than ${mostDoubleAsterisks} '**'`;

async function readText(path: string, tree: FileTree): Promise<string | IgnoreProblem> {
  try {
    const bytes = await tree.read(path, largestBytes);
    if (bytes === 'not a regular file') return new IgnoreProblem('is not a regular file');
    if (bytes === 'too large') return new IgnoreProblem('is larger than 64 KiB');
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new IgnoreProblem('cannot be read as UTF-8 text');
  }
}

function isCostly(pattern: string): boolean {
  const parts = pattern.trim().split('/');
  const isDouble = (part: string): boolean => /^\*\*+$/.test(part);
  const costly = parts.some((part) => !isDouble(part) && part.split('*').length - 1 > mostAsterisks);
  return costly || parts.filter(isDouble).length > mostDoubleAsterisks;
}
