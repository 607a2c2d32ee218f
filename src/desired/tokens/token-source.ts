import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import type { TokenSource } from '../../model/enrollment.ts';
import type { Words } from '../source/source-file.ts';

/** Directories that a token file must be in: the enrollment file's own, and with a saved plan the working directory. */
export type TokenBounds = 'enrollment file' | 'working directory';

export interface SourceRequest {
  readonly workingDirectory: string;
  /** Names of variables that may hold tokens besides `FACE_TOKEN_…`; `*` stands for any characters. */
  readonly tokenVariables: readonly string[];
  readonly bounds: TokenBounds;
}

type FileSource = Extract<TokenSource, { readonly from: 'file' }>;

/** Says why a token may not come from there. The source itself is not read, and need not exist. */
export async function refuseSource(source: TokenSource, request: SourceRequest): Promise<Words | undefined> {
  if (source.from === 'env') return refuseVariable(source.name, request);
  const place = await locate(source, request);
  return typeof place === 'string' ? undefined : place;
}

/** Follows all links of a token file that may be read; the last parts of the path need not exist. */
export async function locate(source: FileSource, { workingDirectory, bounds }: SourceRequest): Promise<string | Words> {
  const directory = await followLinks(dirname(resolve(workingDirectory, source.namedBy)));
  const file = await followLinks(resolve(workingDirectory, source.path));
  if (!isBelow(file, directory)) return outsideDirectory(source);
  if (bounds === 'enrollment file') return file;
  const root = await followLinks(resolve(workingDirectory));
  return directory === root || isBelow(directory, root) ? file : outsideWorkingDirectory(source);
}

/** Of a path that does not exist, the last parts are taken as they are. */
async function followLinks(path: string): Promise<string> {
  for (const ancestor of ancestorsOf(path)) {
    try {
      return join(await realpath(ancestor), relative(ancestor, path));
    } catch {
      // Its parent may exist.
    }
  }
  return path;
}

/** The path itself first, the root last. */
function ancestorsOf(path: string): readonly string[] {
  const { root } = parse(path);
  const names = path.slice(root.length).split(sep);
  return names.map((_, dropped) => join(root, ...names.slice(0, names.length - dropped))).concat(root);
}

function isBelow(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

export function refuseVariable(
  name: string,
  { tokenVariables }: Pick<SourceRequest, 'tokenVariables'>,
): Words | undefined {
  return isTokenVariable(name, tokenVariables) ? undefined : foreignVariable(name);
}

/** The program's own variables hold no biometric tokens, whatever a pattern matches. */
function isTokenVariable(name: string, patterns: readonly string[]): boolean {
  if (name.startsWith('FACEFORM_')) return false;
  return ['FACE_TOKEN_*', ...patterns].some((pattern) => matches(name, pattern));
}

function matches(name: string, pattern: string): boolean {
  return new RegExp(`^${pattern.replace(/\*+/g, '\\w*')}$`).test(name);
}

function foreignVariable(name: string): Words {
  const owner = name.replace(/_?FACE_TOKEN_?/, '');
  const renamed = `FACE_TOKEN_${owner === '' ? 'NAME' : owner}`;
  return {
    code: 'TOKEN_VARIABLE_NOT_ALLOWED',
    summary: `the variable ${name} is not allowed for tokens`,
    detail: name.startsWith('FACEFORM_')
      ? 'It belongs to faceform itself. Put the biometric token in a variable named FACE_TOKEN_….'
      : `If it holds a biometric token, rename it to ${renamed} here and where it is set, or set ` +
        `FACEFORM_TOKEN_VARIABLES=${name} where faceform runs.`,
  };
}

function outsideDirectory({ path, namedBy }: FileSource): Words {
  const directory = dirname(namedBy);
  return {
    code: 'TOKEN_FILE_OUTSIDE',
    summary: `the token file ${path} is outside the directory of ${namedBy}`,
    detail: `Move it to ${directory === '.' ? 'that directory' : directory} or a directory below. Links are followed.`,
  };
}

function outsideWorkingDirectory({ path, namedBy }: FileSource): Words {
  return {
    code: 'TOKEN_FILE_OUTSIDE',
    summary: `the token file ${path} is outside the working directory`,
    detail:
      `A saved plan reads tokens only below the directory in which it is applied. Run plan and apply in a directory ` +
      `that contains ${namedBy}.`,
  };
}
