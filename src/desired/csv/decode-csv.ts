import type { Words } from '../source/source-file.ts';

export const encodings = ['utf-8', 'utf-16', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

/** The text of a list, without the byte order mark, or what is wrong. A mark at the start decides, else what was said, else UTF-8. */
export function decodeCsv(bytes: Uint8Array, said: Encoding | undefined): string | Words {
  const name = marked(bytes) ?? (said === 'utf-16' ? 'utf-16le' : (said ?? 'utf-8'));
  try {
    const text = new TextDecoder(name, { fatal: true }).decode(bytes);
    return text.includes('\0') ? withZeros : text;
  } catch {
    return { ...unreadable, summary: `the list is not ${name === 'utf-8' ? 'UTF-8' : 'UTF-16'} text` };
  }
}

function marked([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

const unreadable = {
  code: 'NOT_UTF8',
  detail: "Export it as 'CSV UTF-8', or pass --encoding windows-1252 if it comes from a spreadsheet on Windows.",
} as const;

const withZeros: Words = {
  code: 'NOT_UTF8',
  summary: 'the list has NUL characters',
  detail: "Export it as 'CSV UTF-8', or pass --encoding utf-16 if it is UTF-16 without a byte order mark.",
};
