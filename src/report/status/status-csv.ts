import type { Instant } from '../../model/instant.ts';
import type { Status, StatusEntry } from '../../model/shown/status.ts';
import { csvField } from '../text/escape.ts';
import { statusEntryJson } from './status-json.ts';
import { differenceText } from './status-text.ts';

/** The members of the JSON, before and after the place. */
const first = [
  'index',
  'state',
  'user',
  'uuid',
  'flow',
  'status',
  'since',
  'expiry',
  'serial_number',
  'face_id',
] as const;
const place = ['file', 'line', 'column'] as const;
const last = ['reason', 'policy_days', 'policy_matches', 'differs'] as const;

/** RFC 4180 with a header: one line for each entry. The columns come in this order always. */
export function* statusCsv({ entries }: Status, now: Instant): Iterable<string> {
  yield line([...first, ...place, ...last]);
  for (const entry of entries) yield line(fields(entry, now));
}

function fields(entry: StatusEntry, now: Instant): readonly (string | number | undefined)[] {
  const { x_source: source, x_policy: policy, x_differs: _, ...members } = statusEntryJson(entry);
  const differs = entry.change && differenceText(entry.change, now);
  const compared = policy === undefined ? [undefined, undefined] : [policy.lifetime_days, String(policy.matches)];
  return [
    ...first.map((name) => members[name]),
    ...place.map((name) => source?.[name]),
    members.reason,
    ...compared,
    differs,
  ];
}

function line(values: readonly (string | number | undefined)[]): string {
  return `${values.map((value) => csvField(String(value ?? ''))).join(',')}\r\n`;
}
