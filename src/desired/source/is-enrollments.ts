import { topProperties } from './top-properties.ts';

/**
 * Whether a value is that of a file of enrollments, right or wrong. Of anything else, such as what a link leads to,
 * messages show no source text: nobody knows what secrets it holds, and where.
 */
export function isEnrollments(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'enrollments' in value || ('version' in value && value.version === 1);
}

const atTheTop = /^(["']?)(?:enrollments\1[ \t]*:|version\1[ \t]*:[ \t]*1[ \t]*(?:#.*)?\r?$)/m;

/** Whether a text that is not YAML was meant as a file of enrollments. */
export function looksLikeEnrollments(text: string): boolean {
  return /^\s*\{/.test(text) ? topProperties(text).has('enrollments') : atTheTop.test(text);
}
