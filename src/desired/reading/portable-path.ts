import { sep } from 'node:path';

/** As it is spelled on every system, so that the same files give the same plan and digest. Windows reads it as well. */
export function portablePath(path: string, separator: string = sep): string {
  return path.replaceAll(separator, '/');
}
