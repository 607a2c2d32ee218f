import { members } from '../generated/check-enrollments.generated.ts';
import type { SourceFile } from '../source/source-file.ts';
import { suggest } from '../../model/values/suggest.ts';
import { topProperties, type TopProperties } from '../source/top-properties.ts';
import { yamlRoot } from '../source/yaml-root.ts';
import { isJson, withoutComments } from './is-json.ts';

/** A kind of JSON file that lies beside enrollment files and is none. */
interface Kind {
  readonly description: string;
  readonly fits: (properties: TopProperties, file: string) => boolean;
  /** Properties that files of this kind share with the format, or that are near misses of its own. */
  readonly shared: readonly string[];
}

const having =
  (...names: readonly string[]): Kind['fits'] =>
  (properties) =>
    names.every((name) => properties.has(name));

/** Recognized by what they are, in this order; a property more or less makes no difference. */
const kinds: readonly Kind[] = [
  { description: 'npm file', fits: isNpmFile, shared: ['version', '$schema'] },
  {
    description: 'a TypeScript configuration',
    fits: (_, file) => isConfiguration(file),
    shared: ['$schema'],
  },
  { description: 'output of faceform', fits: having('format_version'), shared: ['x_tenant'] },
  { description: 'output of faceform', fits: having('@level', '@message'), shared: [] },
  { description: 'a journal', fits: having('time', 'event'), shared: ['x_tenant'] },
  { description: 'GitLab report', fits: having('create', 'update', 'delete'), shared: [] },
  { description: 'credentials', fits: having('applicationId', 'sharedSecret'), shared: [] },
  { description: 'sandbox state', fits: having('clockOffset', 'users'), shared: [] },
  {
    description: 'a SARIF log',
    fits: (properties) => hasOtherSchema(properties) && properties.has('runs'),
    shared: ['version', '$schema'],
  },
  { description: 'a file with another $schema', fits: hasOtherSchema, shared: ['$schema', 'project'] },
];

/** The version of a package is text such as 1.0.0; that of the format is a number. */
function isNpmFile(properties: TopProperties, file: string): boolean {
  const version = properties.get('version');
  const isPackage = !properties.has('version') || (version !== undefined && /^\d+\.\d+\.\d+/.test(version));
  return isPackage && /(?:^|[\\/])(?:package|package-lock|npm-shrinkwrap)\.json$/.test(file);
}

function hasOtherSchema(properties: TopProperties): boolean {
  const schema = properties.get('$schema');
  return schema !== undefined && !/enrollments/i.test(schema);
}

/** TypeScript and editors read these with comments in them. */
function isConfiguration(file: string): boolean {
  return /(?:^|[\\/])(?:ts|js)config(?:\.[^\\/]+)?\.json$/.test(file);
}

/**
 * What a file is that is skipped in a directory; undefined where it is read. A file with any property of the format at
 * its top, or a near miss of one, is never skipped: that would mean faces that nobody asks for. Nor is one that is not
 * JSON, since YAML has names that JSON has not.
 */
export function foreignKind({ file, text }: SourceFile): string | undefined {
  if (!/\.json$/i.test(file)) return undefined;
  const json = isConfiguration(file) ? withoutComments(text) : text;
  const properties = topProperties(json);
  const kind = kinds.find(({ fits }) => fits(properties, file));
  if (kind === undefined) return undefined;
  const others = [...properties.keys()].filter((name) => !kind.shared.includes(name));
  return others.some(isOfFormat) || !isJson(json) ? undefined : kind.description;
}

/**
 * Whether a file that is no foreign kind has nothing of the format at its top. Where that cannot be told for certain,
 * the file counts as one of enrollments, and says what is wrong with it.
 */
export function holdsNoEnrollments({ file, text }: SourceFile): boolean {
  const names = /\.json$/i.test(file) ? jsonRoot(text) : yamlRoot(text);
  return names !== undefined && ![...names].some(isOfFormat);
}

function jsonRoot(text: string): Iterable<string> | undefined {
  const names = [...topProperties(text).keys()];
  return /^\s*\{/.test(text) && names.length > 0 && isJson(text) ? names : undefined;
}

/** One edit at most: files of other kinds have `projects`, which is two away from `protect`. */
function isOfFormat(name: string): boolean {
  return suggest(name, members.file, 1) !== undefined || name.toLowerCase() === 'enrolment';
}
