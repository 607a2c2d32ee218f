import type { Findings } from '../entries/findings.ts';
import type { Parsed } from '../source/parsed-file.ts';
import { parsePlain } from './parse-plain.ts';
import type { SourceFile } from '../source/source-file.ts';

/**
 * Parses one document of YAML 1.2, core schema. What is plain is read at once; anything else, and anything that is
 * wrong, is for the `yaml` package to say, which is loaded only then.
 *
 * @returns undefined where the file has no value to speak of; one where names stand in it twice.
 */
export async function parse(source: SourceFile, findings: Findings): Promise<Parsed | undefined> {
  const plain = parsePlain(source);
  if (plain !== undefined) return plain;
  const { parseYaml } = await import('./parse-yaml.ts');
  return parseYaml(source, findings);
}
