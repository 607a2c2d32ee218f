import { maskTokens } from './mask-tokens.ts';
import type { Words } from './source-file.ts';

/** Puts stars over what may be a token in words about a value. */
export function maskWords(words: Words): Words {
  return { ...words, summary: maskTokens(words.summary), detail: maskTokens(words.detail) };
}
