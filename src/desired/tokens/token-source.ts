import path, { type PlatformPath } from 'node:path';
import type { TokenSource } from '../../model/enrollment.ts';
import { matchesName } from '../../model/values/environment.ts';
import { standardInput } from '../reading/read-files.ts';
import type { Words } from '../source/source-file.ts';

/** Directories that a token file must be in: the enrollment file's own, and with a saved plan the working directory. */
export type TokenBounds = 'enrollment file' | 'working directory';

export interface SourceRequest {
  readonly workingDirectory: string;
  /** Names of variables that may hold tokens besides `FACE_TOKEN_…`; `*` stands for any characters. */
  readonly tokenVariables: readonly string[];
  readonly bounds: TokenBounds;
}

export type FileSource = Extract<TokenSource, { readonly from: 'file' }>;

/**
 * Says why a token may not come from there, as it is written: the system is asked nothing, so that a path cannot make it
 * call another host, and the source need not exist.
 *
 * @param rules of paths; those of this system where left out.
 */
export function refuseSource(source: TokenSource, request: SourceRequest, rules?: PlatformPath): Words | undefined {
  if (source.from === 'env') return refuseVariable(source.name, request);
  return refusePlaces(placesOf(source, request, rules), source, request, rules);
}

/** Absolute paths. */
export interface Places {
  readonly workingDirectory: string;
  /** Directory of the enrollment file. */
  readonly directory: string;
  readonly file: string;
}

export function placesOf(source: FileSource, request: SourceRequest, rules = path): Places {
  const workingDirectory = rules.resolve(request.workingDirectory);
  const directory = rules.dirname(rules.resolve(workingDirectory, source.namedBy));
  return { workingDirectory, directory, file: rules.resolve(workingDirectory, source.path) };
}

export function refusePlaces(
  { workingDirectory, directory, file }: Places,
  source: FileSource,
  { bounds }: Pick<SourceRequest, 'bounds'>,
  rules = path,
): Words | undefined {
  if (!isBelow(file, directory, rules)) return outsideDirectory(source);
  if (bounds === 'enrollment file' || directory === workingDirectory) return undefined;
  return isBelow(directory, workingDirectory, rules) ? undefined : outsideWorkingDirectory(source);
}

/** Between two roots, such as drives or hosts of Windows, the way is an absolute path. */
function isBelow(file: string, directory: string, rules: PlatformPath): boolean {
  const way = rules.relative(directory, file);
  return way !== '' && way !== '..' && !way.startsWith(`..${rules.sep}`) && !rules.isAbsolute(way);
}

export function refuseVariable(
  name: string,
  { tokenVariables }: Pick<SourceRequest, 'tokenVariables'>,
): Words | undefined {
  return isTokenVariable(name, tokenVariables) ? undefined : foreignVariable(name);
}

function isTokenVariable(name: string, patterns: readonly string[]): boolean {
  if (isOwnVariable(name)) return false;
  return ['FACE_TOKEN_*', ...patterns].some((pattern) => matchesName(name, pattern));
}

/** The program's own variables hold no biometric tokens, whatever a pattern matches. Windows ignores the case of names. */
function isOwnVariable(name: string): boolean {
  return name.toUpperCase().startsWith('FACEFORM_');
}

function foreignVariable(name: string): Words {
  const owner = name.replace(/_?FACE_TOKEN_?/, '');
  const renamed = `FACE_TOKEN_${owner === '' ? 'NAME' : owner}`;
  return {
    code: 'TOKEN_VARIABLE_NOT_ALLOWED',
    summary: `the variable ${name} is not allowed for tokens`,
    detail: isOwnVariable(name)
      ? 'It belongs to faceform itself. Put the biometric token in a variable named FACE_TOKEN_….'
      : `If it holds a biometric token, rename it to ${renamed} here and where it is set, or set ` +
        `FACEFORM_TOKEN_VARIABLES=${name} where faceform runs.`,
  };
}

function outsideDirectory({ path: file, namedBy }: FileSource): Words {
  const directory = path.dirname(namedBy);
  const [where, there] =
    namedBy === standardInput
      ? ['the working directory', 'the working directory']
      : [`the directory of ${namedBy}`, directory === '.' ? 'that directory' : directory];
  return {
    code: 'TOKEN_FILE_OUTSIDE',
    summary: `the token file ${file} is outside ${where}`,
    detail: `Move it to ${there} or a directory below. A link counts as the file it points to.`,
  };
}

function outsideWorkingDirectory({ path: file, namedBy }: FileSource): Words {
  return {
    code: 'TOKEN_FILE_OUTSIDE',
    summary: `the token file ${file} is outside the working directory`,
    detail:
      `A saved plan reads tokens only below the directory in which it is applied. Run plan and apply in a directory ` +
      `that contains ${namedBy}.`,
  };
}
