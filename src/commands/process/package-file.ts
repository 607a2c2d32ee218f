import { existsSync } from 'node:fs';

/** A file that the package brings along. Sources and built program lie at different depths below package.json. */
export function packageFile(path: string): URL {
  let directory = new URL('./', import.meta.url);
  while (!existsSync(new URL('package.json', directory))) {
    const above = new URL('../', directory);
    if (above.href === directory.href)
      throw new Error(`the package is not whole: no package.json above ${import.meta.url}`);
    directory = above;
  }
  return new URL(path, directory);
}
