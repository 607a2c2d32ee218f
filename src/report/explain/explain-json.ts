import { tenantText } from '../../model/tenant-id.ts';
import { sortedDiagnostics } from '../../model/diagnostic.ts';
import type { ExplainContext, Explanation, Guards, Verdict } from '../../model/shown/explanation.ts';
import { formatInstant } from '../../model/instant.ts';
import type { Unknown } from '../../model/live.ts';
import { placeOf, type Place } from '../../model/place.ts';
import type { Profile, ShownFace } from '../../model/shown/profile.ts';
import { diagnosticJson } from '../diagnostics/diagnostic-json.ts';
import type { ChangeJson, DiagnosticJson, FaceJson } from '../generated/plan-file.generated.ts';
import { faceJson } from '../plan-json/face-json.ts';
import { placeJson, resourceChange } from '../plan-json/change-to-json.ts';

/** What `explain --format json` prints; it holds no secret, for the tenant answers none and none is read. */
export interface ExplainJson {
  readonly format_version: '1.0';
  readonly tool: 'faceform';
  readonly tool_version: string;
  readonly timestamp: string;
  readonly x_tenant: string;
  /** Key of the user that was asked for. */
  readonly asked: string;
  readonly presence: Profile['presence'];
  /** Why the user could not be read. */
  readonly reason?: Unknown;
  readonly user?: object;
  readonly ownership: Explanation['ownership'];
  /** Why nothing could be decided for a user who was read. */
  readonly undecided?: Unknown;
  readonly faces: readonly ShownFaceJson[];
  readonly face_settings?: object;
  readonly entries: readonly object[];
  readonly decisions: readonly object[];
  readonly resource_changes: readonly ChangeJson[];
  readonly guards: object;
  readonly diagnostics: readonly DiagnosticJson[];
}

type ShownFaceJson = FaceJson & { readonly lastUsed?: string };

export function explainJson(explanation: Explanation, context: ExplainContext): ExplainJson {
  const { asked, profile, ownership, undecided, entries, verdicts, guards, diagnostics } = explanation;
  return {
    format_version: '1.0',
    tool: 'faceform',
    tool_version: context.toolVersion,
    timestamp: formatInstant(context.now),
    x_tenant: tenantText(context.tenant),
    asked: asked.key,
    ...profileJson(profile),
    ownership,
    ...(undecided === undefined ? {} : { undecided }),
    entries: entries.map(({ entry, by }) => ({
      index: entry.key,
      named_by: by,
      state: entry.state,
      x_source: placeJson(placeOf(entry.range)),
    })),
    decisions: verdicts.map(decisionJson),
    resource_changes: verdicts.flatMap(({ change }) => (change === undefined ? [] : [resourceChange(change)])),
    guards: guardsJson(guards),
    diagnostics: sortedDiagnostics(diagnostics).map(diagnosticJson),
  };
}

function profileJson(profile: Profile): Pick<ExplainJson, 'presence' | 'reason' | 'user' | 'faces' | 'face_settings'> {
  switch (profile.presence) {
    case 'absent':
      return { presence: 'absent', faces: [] };
    case 'unknown': {
      const { reason, user } = profile;
      return { presence: 'unknown', reason, ...(user === undefined ? {} : { user: userJson(user) }), faces: [] };
    }
    case 'present': {
      const { user, inScope, faces, settings, maxFacesPerUser } = profile;
      return {
        presence: 'present',
        user: { ...userJson(user), in_scope: inScope },
        faces: faces.map(shownFaceJson),
        face_settings: {
          ...(settings.settings === 'read' ? { lifetime_days: settings.lifetimeDays } : { reason: settings.reason }),
          faces_allowed: maxFacesPerUser,
        },
      };
    }
  }
}

function userJson({ login, uuid, aliases, externalId, groups }: NonNullable<NamedProfile['user']>): object {
  return { login, uuid, aliases, ...(externalId === undefined ? {} : { external_id: externalId }), groups };
}

type NamedProfile = Exclude<Profile, { readonly presence: 'absent' }>;

function shownFaceJson(face: ShownFace): ShownFaceJson {
  return { ...faceJson(face), ...(face.lastUsed === undefined ? {} : { lastUsed: formatInstant(face.lastUsed) }) };
}

function decisionJson({ key, entry, face, step, desired, live, change }: Verdict): object {
  return {
    index: key,
    ...(entry === undefined ? {} : { x_source: placeJson(placeOf(entry.range)) }),
    ...(face === undefined ? {} : { face_id: face.id }),
    ...(step === undefined ? {} : { matched_by: step }),
    desired,
    live,
    x_action: change?.action ?? 'keep',
    ...(change === undefined ? {} : { action_reason: change.reason }),
  };
}

function guardsJson({ protect, protected: refused, budgets, unmatched, scope }: Guards): object {
  return {
    protect: protect.map(({ name, place }): { readonly name: string; readonly x_source: Place } => ({
      name,
      x_source: placeJson(place),
    })),
    protected: refused.map(({ key, action }) => ({ index: key, action })),
    budgets: budgets.map(({ budget, used, limit, verdict }) => ({ budget, used, limit, verdict })),
    unmatched,
    scope: {
      users: scope.users,
      ...(scope.users === 'group' ? { group: scope.group } : {}),
      ...(scope.users === 'listed' ? {} : { on_remove: scope.onRemove }),
    },
  };
}
