import { members } from '../generated/check-enrollments.generated.ts';
import type { SourceFile } from '../source/source-file.ts';
import { suggest } from '../entries/suggest.ts';
import { topProperties, type TopProperties } from '../source/top-properties.ts';

/** A kind of JSON file that lies beside files of enrollments and is none. */
interface Kind {
  readonly what: string;
  readonly fits: (properties: TopProperties, file: string) => boolean;
  /** Properties that files of this kind share with the format. */
  readonly shared: readonly string[];
}

const having =
  (...names: readonly string[]): Kind['fits'] =>
  (properties) =>
    names.every((name) => properties.has(name));

/** Recognized by what they are, in this order; a property more or less makes no difference. */
const kinds: readonly Kind[] = [
  { what: "npm's file", fits: isNpmFile, shared: ['version', '$schema'] },
  {
    what: 'a TypeScript configuration',
    fits: (_, file) => /(?:^|[\\/])tsconfig\.json$/.test(file),
    shared: ['$schema'],
  },
  { what: 'output of faceform', fits: having('format_version'), shared: ['x_tenant'] },
  { what: 'output of faceform', fits: having('@level', '@message'), shared: [] },
  { what: 'a journal', fits: having('time', 'event'), shared: ['x_tenant'] },
  { what: "counts in GitLab's form", fits: having('create', 'update', 'delete'), shared: [] },
  { what: 'credentials', fits: having('applicationId', 'sharedSecret'), shared: [] },
  { what: 'a state of the embedded tenant', fits: having('clockOffset', 'users'), shared: [] },
  {
    what: 'a SARIF log',
    fits: (properties) => hasOtherSchema(properties) && properties.has('runs'),
    shared: ['version', '$schema'],
  },
  { what: 'a file with another $schema', fits: hasOtherSchema, shared: ['$schema'] },
];

/** The version of a package is text such as 1.0.0; that of the format is a number. */
function isNpmFile(properties: TopProperties, file: string): boolean {
  const version = properties.get('version');
  const isPackage = !properties.has('version') || (version !== undefined && /^\d+\.\d+\.\d+/.test(version));
  return isPackage && /(?:^|[\\/])(?:package|package-lock)\.json$/.test(file);
}

function hasOtherSchema(properties: TopProperties): boolean {
  const schema = properties.get('$schema');
  return schema !== undefined && !/enrollments/i.test(schema);
}

/**
 * What a file is that is passed over in a directory; undefined where it is read. A file with any property of the format
 * at its top, or a near miss of one, is never passed over: that would mean faces that nobody asks for.
 */
export function foreignKind({ file, text }: SourceFile): string | undefined {
  if (!/\.json$/i.test(file)) return undefined;
  const properties = topProperties(text);
  const kind = kinds.find(({ fits }) => fits(properties, file));
  if (kind === undefined) return undefined;
  const others = [...properties.keys()].filter((name) => !kind.shared.includes(name));
  return others.some(isOfFormat) ? undefined : kind.what;
}

function isOfFormat(name: string): boolean {
  return suggest(name, members.file) !== undefined;
}
