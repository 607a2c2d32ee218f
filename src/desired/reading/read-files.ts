import { dirname, join, relative, resolve } from 'node:path';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { disk, type FileTree } from './file-tree.ts';
import { foreignKind, holdsNoEnrollments } from './foreign-files.ts';
import { ignoreFileName, IgnoreProblem, readGlob } from './ignore-rules.ts';
import { listDirectory } from './list-directory.ts';
import { portablePath } from './portable-path.ts';
import { isMissing } from '../../files/is-missing.ts';
import { SourceFile } from '../source/source-file.ts';
import { fileError, readFile, type FileToRead, type ReadRequest } from './read-file.ts';
import type { Beginning } from './heads-above.ts';

/** Name of standard input in messages. */
export const standardInput = '<stdin>';

interface Found extends FileToRead {
  /** Whether the user has named the file itself, or a directory above it. */
  readonly given: 'itself' | 'directory';
}

/** A file below a directory that is not read, and why. */
export interface SkippedFile {
  readonly file: string;
  /** Such as `credentials`. */
  readonly what: string;
}

export interface ReadResult {
  readonly sources: readonly SourceFile[];
  readonly skipped: readonly SkippedFile[];
  /** Below a directory, with nothing of the format at their top. They are among `skipped`, too. */
  readonly passedOver: readonly string[];
  /** Left out by ignore files. They are among `skipped`, too. */
  readonly ignored: readonly string[];
  /** Where the paths begin. */
  readonly begins: readonly Beginning[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads every file once, in the order of the paths, those below a directory sorted. */
export async function readFiles(request: ReadRequest): Promise<ReadResult> {
  const { workingDirectory, tree = disk } = request;
  const found = await Promise.all(request.paths.map((path) => expand(path, { workingDirectory, tree })));
  const diagnostics = found.flatMap(({ problems }) => problems);
  const skipped = found.flatMap((one) => one.skipped);
  const sources: SourceFile[] = [];
  const passedOver: string[] = [];
  for (const file of withoutRepeats(found.flatMap(({ files }) => files))) {
    const source = await readFile(file, request);
    if (!(source instanceof SourceFile)) {
      diagnostics.push(source);
      continue;
    }
    const isKnown = request.knownSources?.get(source.file) === source;
    const use = isKnown ? ({ for: 'enrollments' } as const) : useOf(source, file);
    if (use.for === 'others') skipped.push({ file: source.file, what: use.what });
    else if (use.for === 'apply') diagnostics.push(savedPlan(file.name));
    else if (use.for === 'nothing') passedOver.push(source.file);
    else sources.push(source);
  }
  skipped.push(...passedOver.map((name) => ({ file: name, what: 'no enrollments' })));
  if (sources.length === 0 && diagnostics.length === 0) diagnostics.push(...noFiles(request.paths.join(', '), tree));
  const ignored = found.flatMap((one) => one.ignored);
  return { sources, skipped, passedOver, ignored, begins: found.flatMap(({ begins }) => begins), diagnostics };
}

type Use = { readonly for: 'enrollments' | 'apply' | 'nothing' } | { readonly for: 'others'; readonly what: string };

function useOf(source: SourceFile, { given }: Found): Use {
  if (given === 'directory') {
    const what = foreignKind(source);
    if (what !== undefined) return { for: 'others', what };
    return { for: holdsNoEnrollments(source) ? 'nothing' : 'enrollments' };
  }
  // Saved beside the files it was made from, as pipelines do, it says nothing of what is wanted.
  return { for: isSavedPlan(source) ? 'apply' : 'enrollments' };
}

/** A file that is named itself counts as that, even where a directory above it is named as well. */
function withoutRepeats(found: readonly Found[]): readonly Found[] {
  const files = new Map<string | undefined, Found>();
  for (const file of found) {
    if (file.given === 'itself' || !files.has(file.absolute)) files.set(file.absolute, file);
  }
  return [...files.values()];
}

function noFiles(where: string, { nowhere }: FileTree): readonly Diagnostic[] {
  if (nowhere === 'no files') return [];
  const hint = 'Name a file, or another directory. Files end in .yaml, .yml or .json.';
  return [fileError('NO_FILES', where, 'contains no enrollment files', hint)];
}

/** What a path leads to. */
interface Expanded {
  readonly files: readonly Found[];
  readonly skipped: readonly SkippedFile[];
  readonly ignored: readonly string[];
  readonly begins: readonly Beginning[];
  readonly problems: readonly Diagnostic[];
}

/** Where paths are looked up. */
interface Lookup {
  readonly workingDirectory: string;
  readonly tree: FileTree;
}

const nothing: Expanded = { files: [], skipped: [], ignored: [], begins: [], problems: [] };

async function expand(path: string, { workingDirectory, tree }: Lookup): Promise<Expanded> {
  if (path === '-')
    return singleFile(
      { name: standardInput, absolute: undefined, given: 'itself' },
      { directory: resolve(workingDirectory), file: resolve(workingDirectory, standardInput) },
    );
  const start = resolve(workingDirectory, path);
  const nameOf = (absolute: string, as: string): string => portablePath(shown(absolute, as, workingDirectory));
  try {
    if ((await tree.kindOf(start)) !== 'directory')
      return singleFile(
        { name: nameOf(start, path), absolute: start, given: 'itself' },
        { directory: dirname(start), file: start },
      );
    const { names, hidden, links, ignored, problems } = await listDirectory(start, tree);
    const files = names.map((name): Found => {
      const absolute = join(start, name);
      return { name: nameOf(absolute, join(path, name)), absolute, given: 'directory' };
    });
    const left = (what: string) => (name: string) => ({ file: nameOf(join(start, name), join(path, name)), what });
    const leftOut = ignored.map(left(`ignored by ${ignoreFileName}`));
    const skipped = [...links.map(left('a link to a directory')), ...hidden.map(left('hidden')), ...leftOut];
    const bad = problems.map(({ file, problem }) => ignoreError(nameOf(join(start, file), join(path, file)), problem));
    const none = files.length === 0 ? noFiles(path, tree) : [];
    const begins = [{ directory: start, ignored: new Set(ignored.map((name) => join(start, name))) }];
    return { files, skipped, ignored: leftOut.map(({ file }) => file), begins, problems: [...bad, ...none] };
  } catch (error) {
    if (isMissing(error) && /[*?[]/.test(path)) return expandGlob(portablePath(path), { workingDirectory, tree });
    if (isMissing(error) && tree.nowhere === 'no files') return nothing;
    const [what, hint] = isMissing(error)
      ? ['does not exist', 'Correct the path; it starts at the working directory.']
      : ['cannot be read', 'Check the path and its permissions.'];
    return { ...nothing, problems: [fileError('UNREADABLE_FILE', path, what, hint)] };
  }
}

/** Files below the directory in which the pattern begins; one that is left out there is left out of the pattern too. */
async function expandGlob(path: string, { workingDirectory, tree }: Lookup): Promise<Expanded> {
  const begins = path.lastIndexOf('/', path.search(/[*?[]/)) + 1;
  const [base, pattern] = [path.slice(0, begins), path.slice(begins)];
  const rules = await readGlob(pattern);
  if (rules instanceof IgnoreProblem) return { ...nothing, problems: [ignoreError(path, rules)] };
  const start = base === '' ? '.' : base;
  const below = await expand(start, { workingDirectory, tree });
  const isMatch = (file: string): boolean => {
    const name = portablePath(relative(resolve(workingDirectory, start), resolve(workingDirectory, file)));
    return rules.test(name).ignored;
  };
  const files = below.files.filter(({ absolute }) => absolute !== undefined && isMatch(absolute));
  const directories = new Set(files.map(({ absolute }) => dirname(String(absolute))));
  const ignored = new Set(below.ignored.map((file) => resolve(workingDirectory, file)));
  return {
    files,
    skipped: below.skipped.filter(({ file }) => isMatch(file)),
    ignored: below.ignored.filter(isMatch),
    begins: [...directories].map((directory) => ({ directory, ignored })),
    problems: files.length === 0 && below.problems.length === 0 ? noFiles(path, tree) : below.problems,
  };
}

function singleFile(file: Found, begins: Beginning): Expanded {
  return { ...nothing, files: [file], begins: [begins] };
}

/** As the user would type it from the working directory; a path that leads out of it stays as it was given. */
function shown(absolute: string, given: string, workingDirectory: string): string {
  const inside = relative(resolve(workingDirectory), absolute);
  return inside.startsWith('..') ? given : inside;
}

/** By what `plan --out` begins it with. */
function isSavedPlan({ text }: SourceFile): boolean {
  return /^\{\s*"format_version": "[^"]*",\s*"tool": "faceform"/.test(text);
}

function savedPlan(name: string): Diagnostic {
  const detail = "Carry it out with 'apply --plan', or name the files it was made from.";
  return fileError('SAVED_PLAN', name, 'is a saved plan', detail);
}

function ignoreError(file: string, { message, line }: IgnoreProblem): Diagnostic {
  const place = { line, column: 1, byte: 0 };
  const error = fileError('BAD_IGNORE_FILE', file, message, 'Correct or remove it. No file is left out until then.');
  return { ...error, range: { filename: file, start: place, end: place } };
}
