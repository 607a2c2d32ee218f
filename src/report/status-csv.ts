import type { Status, StatusEntry } from '../model/status.ts';
import { csvField } from './escape.ts';
import { statusEntryJson } from './status-json.ts';

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
const last = 'reason';

/** RFC 4180 with a header: one line for each entry. The columns come in this order always. */
export function* statusCsv({ entries }: Status): Iterable<string> {
  yield line([...first, ...place, last]);
  for (const entry of entries) yield line(fields(entry));
}

function fields(entry: StatusEntry): readonly (string | number | undefined)[] {
  const { x_source: source, ...members } = statusEntryJson(entry);
  return [...first.map((name) => members[name]), ...place.map((name) => source?.[name]), members[last]];
}

function line(values: readonly (string | number | undefined)[]): string {
  return `${values.map((value) => csvField(String(value ?? ''))).join(',')}\r\n`;
}
