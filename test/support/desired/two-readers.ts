import { Findings } from '../../../src/desired/entries/findings.ts';
import { parsePlain } from '../../../src/desired/yaml/parse-plain.ts';
import { parseYaml } from '../../../src/desired/yaml/parse-yaml.ts';
import type { ParsedFile, Path } from '../../../src/desired/source/parsed-file.ts';
import { SourceFile } from '../../../src/desired/source/source-file.ts';

const words = { code: 'WRONG_VALUE', summary: 's', detail: 'd' } as const;

/** `handed over`: the plain reader leaves the file to the reference. `same`: both read the same, at the same places. */
export type Comparison = 'handed over' | 'same' | { readonly differs: string };

/** Lets both readers read a text. */
export function compareReaders(text: string): Comparison {
  const source = new SourceFile('a.yaml', Buffer.from(text), text);
  const plain = parsePlain(source);
  if (plain === undefined) return 'handed over';
  const findings = new Findings();
  const reference = parseYaml(source, findings);
  const { diagnostics } = findings.end();
  if (diagnostics.length > 0)
    return { differs: `the reference complains: ${diagnostics.map(({ code }) => code).join()}` };
  if (reference === undefined) return { differs: 'the reference finds no value' };
  const values = [plain.value, reference.value].map((value) => JSON.stringify(value));
  if (values[0] !== values[1]) return { differs: values.join(' is not ') };
  for (const path of pathsOf(reference.value, [])) {
    for (const part of ['key', 'value'] as const) {
      const [found, wanted] = [plain.file, reference.file].map((file) => placesOf(file, path, part));
      if (found !== wanted)
        return { differs: `at ${path.join('.')}, ${part}: ${String(found)} is not ${String(wanted)}` };
    }
  }
  return 'same';
}

function placesOf(file: ParsedFile, path: Path, part: 'key' | 'value'): string {
  const { start, end } = file.spanOf(path, part);
  return JSON.stringify([start, end, file.diagnose(words, path, part)]);
}

/** The way to each part of a value, to members that are not there, and to the whole. */
function pathsOf(value: unknown, path: Path): readonly Path[] {
  const missing = [...path, 'missing'];
  if (Array.isArray(value)) return [path, ...value.flatMap((item, index) => pathsOf(item, [...path, index]))];
  if (typeof value !== 'object' || value === null) return [path];
  return [path, missing, ...Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...path, name]))];
}
