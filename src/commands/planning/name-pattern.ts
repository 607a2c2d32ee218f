/** A user's name, or a pattern of names, as flags give it. */
export interface NamePattern {
  /** As it was given. */
  readonly text: string;
  readonly fits: (key: string) => boolean;
}

/** In a pattern, `*` stands for any characters and `?` for one; upper and lower case are alike. */
export function namePattern(text: string): NamePattern {
  const wanted = text.toLowerCase();
  if (!/[*?]/.test(wanted)) return { text, fits: (key) => key.toLowerCase() === wanted };
  return { text, fits: (key) => isFit(wanted, key.toLowerCase()) };
}

/** Goes back to the last `*` only, so that no pattern takes longer than its length times that of the name. */
function isFit(pattern: string, name: string): boolean {
  let [at, read, star, from] = [0, 0, -1, 0];
  while (read < name.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      [star, from] = [at, read];
      at += 1;
    } else if (wanted === '?' || wanted === name[read]) {
      at += 1;
      read += 1;
    } else if (star >= 0) {
      from += 1;
      [at, read] = [star + 1, from];
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
