import { canary } from '../target.ts';

/** Names, values and examples of JSON schemas: what a change at random would never spell. */
export function wordsOf(schemas: readonly unknown[]): readonly string[] {
  const words = new Set<string>([
    canary,
    'FACE_TOKEN_A',
    '365d',
    'policy',
    '!!str',
    '&a',
    '*a',
    '|',
    '>-',
    '<<',
    '- ',
    ': ',
    '{}',
    '[]',
    '#',
    '?',
  ]);
  for (const schema of schemas) collect(schema, words);
  return [...words];
}

function collect(value: unknown, words: Set<string>): void {
  if (typeof value === 'string' && value.length <= 40 && !value.includes(' ')) words.add(value);
  if (Array.isArray(value)) for (const item of value) collect(item, words);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      words.add(name);
      collect(inner, words);
    }
  }
}
