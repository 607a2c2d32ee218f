import { sortedDiagnostics } from '../model/diagnostic.ts';
import type { User } from '../model/face.ts';
import type { Place } from '../model/place.ts';
import type { Reason, WritingChange } from '../model/plan.ts';
import type { AdoptedEntry, AdoptReport } from '../model/shown/adoption.ts';
import { tenantText } from '../model/tenant-id.ts';
import { given } from '../model/values/given.ts';
import { compareText } from '../model/values/order.ts';
import { diagnosticJson, type DiagnosticJson } from './diagnostics/diagnostic-json.ts';
import { placeJson } from './plan-json/change-to-json.ts';
import { userJson } from './plan-json/face-json.ts';
import { plain } from './text/escape.ts';

/** One line for each file that was written. */
export function adoptText({ entries }: AdoptReport): string {
  const files = [...new Set(entries.map(({ place }) => place.file))];
  if (files.length === 0) return 'Nothing to adopt.\n';
  const lines = files.map((file) => {
    const { changed, added } = countsOf(entries.filter(({ place }) => place.file === file));
    return `${plain(file)}: ${changed} changed, ${added} added.\n`;
  });
  return lines.join('');
}

function countsOf(entries: readonly AdoptedEntry[]): Readonly<Record<'changed' | 'added', number>> {
  const added = entries.filter(isNew).length;
  return { changed: entries.length - added, added };
}

function isNew({ before }: AdoptedEntry): boolean {
  return before === undefined;
}

/** What `adopt --format json` prints. */
interface AdoptJson {
  readonly format_version: '1.0';
  readonly tool: 'faceform';
  readonly tool_version: string;
  readonly x_tenant: string;
  readonly summary: Readonly<Record<'changed' | 'added' | 'left', number>>;
  readonly adopted: readonly AdoptedJson[];
  readonly left: readonly LeftJson[];
  readonly diagnostics: readonly DiagnosticJson[];
}

interface AdoptedJson {
  readonly index: string;
  readonly x_user: User;
  /** In the file as it is now. */
  readonly x_source: Place;
  readonly entry: 'changed' | 'added';
  /** Properties that are not what they were; null where the entry is new, and for a property that was not there. */
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>>;
}

/** What a plan would still do. */
interface LeftJson {
  readonly index: string;
  readonly x_user: User;
  readonly x_source?: Place;
  readonly x_action: WritingChange['action'];
  readonly action_reason: Reason;
}

export function adoptJson({ tenant, entries, left, diagnostics }: AdoptReport, toolVersion: string): AdoptJson {
  return {
    format_version: '1.0',
    tool: 'faceform',
    tool_version: toolVersion,
    x_tenant: tenantText(tenant),
    summary: { ...countsOf(entries), left: left.length },
    adopted: entries.toSorted((one, other) => compareText(one.key, other.key)).map(adoptedJson),
    left: left.map(leftJson),
    diagnostics: sortedDiagnostics(diagnostics).map(diagnosticJson),
  };
}

function adoptedJson(adopted: AdoptedEntry): AdoptedJson {
  const { key, user, place, before, after } = adopted;
  return {
    index: key,
    x_user: userJson(user),
    x_source: placeJson(place),
    entry: isNew(adopted) ? 'added' : 'changed',
    before: before ?? null,
    after,
  };
}

function leftJson({ key, user, place, action, reason }: WritingChange): LeftJson {
  return given<LeftJson>({
    index: key,
    x_user: userJson(user),
    x_source: place && placeJson(place),
    x_action: action,
    action_reason: reason,
  });
}
