import { members } from '../generated/check-enrollments.generated.ts';
import { topProperties } from './top-properties.ts';

/** Properties that make a file with `version: 1` one of the format; files of other tools have a version and a schema. */
const telling = members.file.filter((name) => name !== '$schema' && name !== 'version');

/**
 * Whether a value is that of an enrollment file, right or wrong. Of anything else, such as what a link leads to,
 * messages show no source text: nobody knows what secrets it holds, and where.
 */
export function isEnrollments(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'enrollments' in value || ('version' in value && value.version === 1 && telling.some((name) => name in value));
}

const list = /^(["']?)enrollments\1[ \t]*:/m;
const version = /^(["']?)version\1[ \t]*:[ \t]*1[ \t]*(?:#.*)?\r?$/m;
const another = new RegExp(`^(["']?)(?:${telling.join('|')})\\1[ \\t]*:`, 'm');

/** Whether a text that is not YAML was meant as an enrollment file. */
export function looksLikeEnrollments(text: string): boolean {
  if (/^\s*\{/.test(text)) return topProperties(text).has('enrollments');
  return list.test(text) || (version.test(text) && another.test(text));
}
