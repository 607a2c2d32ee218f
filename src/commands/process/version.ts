import { readFileSync } from 'node:fs';
import { packageFile } from './package-file.ts';

/** The version in package.json. */
export function toolVersion(): string {
  return inPackage(/"version": "([^"]+)"/);
}

/** The oldest Node.js that package.json allows. */
export function oldestNode(): string {
  return inPackage(/"node": ">=([^"]+)"/);
}

function inPackage(pattern: RegExp): string {
  const text = readFileSync(packageFile('package.json'), 'utf8');
  return pattern.exec(text)?.[1] ?? 'unknown';
}
