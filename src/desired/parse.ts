import type { Parsed } from './parsed-file.ts';
import { parsePlain } from './parse-plain.ts';
import type { SourceFile } from './source-file.ts';

/**
 * Parses one document of YAML 1.2, core schema. What is plain is read at once; anything else, and anything that is
 * wrong, is for the `yaml` package to say, which is loaded only then.
 */
export async function parse(source: SourceFile): Promise<Parsed> {
  const plain = parsePlain(source);
  if (plain !== undefined) return { parsed: plain, diagnostics: [] };
  const { parseYaml } = await import('./parse-yaml.ts');
  return parseYaml(source);
}
