import type { Random } from './random.ts';

type Change = (lines: string[], at: number, random: Random) => void;

const changes: readonly Change[] = [
  (lines, at) => lines.splice(at, 0, lines[at] ?? ''),
  (lines, at) => lines.splice(at, 1),
  (lines, at, random) => {
    const with_ = random.below(lines.length);
    [lines[at], lines[with_]] = [lines[with_] ?? '', lines[at] ?? ''];
  },
  (lines, at) => {
    lines[at] = `  ${lines[at] ?? ''}`;
  },
  (lines, at) => {
    lines[at] = (lines[at] ?? '').replace(/^ {1,2}/, '');
  },
  (lines, at) => {
    lines[at] = `${lines[at] ?? ''} # ${lines[at + 1] ?? ''}`;
  },
  (lines, at, random) => {
    const moved = lines.splice(at, 1 + random.below(4));
    lines.splice(random.below(lines.length + 1), 0, ...moved);
  },
];

/** Changes a text as somebody who edits YAML does: by lines and indentation. */
export function mutateLines(text: string, random: Random, other: string): string {
  const lines = text.split('\n');
  const at = random.below(lines.length);
  if (random.oneIn(8))
    lines.splice(
      at,
      0,
      ...other
        .split('\n')
        .slice(random.below(8))
        .slice(0, 1 + random.below(6)),
    );
  else random.pick(changes)(lines, at, random);
  return lines.join('\n');
}

/** Puts a word in the place of one that is there, or between two. */
export function mutateWords(text: string, random: Random, words: readonly string[]): string {
  const parts = text.split(/([\w.@+/-]+)/);
  const at = random.below(parts.length);
  parts.splice(at, random.oneIn(3) ? 0 : 1, random.pick(words));
  return parts.join('');
}
