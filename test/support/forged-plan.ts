import { digestOf, planDigest } from '../../src/report/text/canonical-json.ts';

/** A plan as somebody would write it who changes it and knows how the digests are made. */
export function forgedPlan(json: object): string {
  const changes = ('resource_changes' in json ? json.resource_changes : undefined) ?? [];
  const told = { ...json, x_changes_digest: digestOf(changes) };
  return JSON.stringify({ ...told, x_digest: planDigest(told) });
}
