import { given, type Spelled } from '../../model/values/given.ts';
import type { Removal, Scope } from '../../model/enrollment.ts';
import type { Action, Reason } from '../../model/plan.ts';
import type { ProtectedChange } from '../../model/values/budget.ts';
import { tenantText } from '../../model/tenant-id.ts';
import { sortedDiagnostics } from '../../model/diagnostic.ts';
import type { BudgetShare, ExplainContext, Explanation, Guards, Verdict } from '../../model/shown/explanation.ts';
import { formatInstant } from '../../model/instant.ts';
import type { Unknown } from '../../model/live.ts';
import { placeOf, type Place } from '../../model/place.ts';
import type { Profile, ShownFace } from '../../model/shown/profile.ts';
import { diagnosticJson } from '../diagnostics/diagnostic-json.ts';
import type { ChangeJson, DiagnosticJson, FaceJson } from '../generated/plan-file.generated.ts';
import { faceJson } from '../plan-json/face-json.ts';
import { placeJson, resourceChange } from '../plan-json/change-to-json.ts';
import { missingJson } from '../plan-json/plan-json.ts';

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
  readonly user?: UserJson;
  readonly ownership: Explanation['ownership'];
  /** Why nothing could be decided for a user who was read. */
  readonly undecided?: Unknown;
  readonly faces: readonly ShownFaceJson[];
  readonly face_settings?: FaceSettingsJson;
  readonly entries: readonly EntryJson[];
  /** Entries that are no error though the tenant does not have the user, as in a plan; missing where there are none. */
  readonly x_missing?: ReturnType<typeof missingJson>;
  readonly decisions: readonly DecisionJson[];
  readonly resource_changes: readonly ChangeJson[];
  readonly guards: GuardsJson;
  readonly diagnostics: readonly DiagnosticJson[];
}

type ShownFaceJson = FaceJson & { readonly lastUsed?: string };

interface UserJson {
  readonly login: string;
  readonly uuid: string;
  readonly aliases: readonly string[];
  readonly external_id?: string;
  readonly groups: readonly string[];
  /** Missing where not everything of the user could be read. */
  readonly in_scope?: boolean;
}

/** The lifetime of the tenant's policy, or why it could not be read. */
type FaceSettingsJson = { readonly faces_allowed: number } & (
  { readonly lifetime_days: number } | { readonly reason: Unknown }
);

interface EntryJson {
  readonly index: string;
  /** The name by which the entry means the user. */
  readonly named_by: string;
  readonly state: 'present' | 'absent';
  readonly x_source: Place;
}

interface DecisionJson extends Pick<Verdict, 'desired' | 'live'> {
  readonly index: string;
  readonly x_source?: Place;
  readonly face_id?: string;
  readonly matched_by?: string;
  readonly x_action: Action | 'keep';
  readonly action_reason?: Reason;
}

interface GuardsJson {
  readonly protect: readonly { readonly name: string; readonly x_source: Place }[];
  readonly protected: readonly { readonly index: string; readonly action: ProtectedChange['action'] }[];
  readonly budgets: readonly Pick<BudgetShare, 'budget' | 'used' | 'limit' | 'verdict'>[];
  readonly unmatched: Guards['unmatched'];
  readonly scope: ScopeJson;
}

interface ScopeJson {
  readonly users: Scope['users'];
  readonly group?: string;
  readonly on_remove?: Removal;
}

export function explainJson(explanation: Explanation, context: ExplainContext): ExplainJson {
  const { asked, profile, ownership, undecided, entries, missing, verdicts, guards, diagnostics } = explanation;
  return given<ExplainJson>({
    format_version: '1.0',
    tool: 'faceform',
    tool_version: context.toolVersion,
    timestamp: formatInstant(context.now),
    x_tenant: tenantText(context.tenant),
    asked: asked.key,
    ...profileJson(profile),
    ownership,
    undecided,
    entries: entries.map(({ entry, by }) => ({
      index: entry.key,
      named_by: by,
      state: entry.state,
      x_source: placeJson(placeOf(entry.range)),
    })),
    x_missing: missing.length === 0 ? undefined : missingJson(missing),
    decisions: verdicts.map(decisionJson),
    resource_changes: verdicts.flatMap(({ change }) => (change === undefined ? [] : [resourceChange(change)])),
    guards: guardsJson(guards),
    diagnostics: sortedDiagnostics(diagnostics).map(diagnosticJson),
  });
}

type ProfileJson = Pick<ExplainJson, 'presence' | 'reason' | 'user' | 'faces' | 'face_settings'>;

function profileJson(profile: Profile): Spelled<ProfileJson> {
  const { presence } = profile;
  const nothing = { presence, reason: undefined, user: undefined, faces: [], face_settings: undefined };
  switch (profile.presence) {
    case 'absent':
      return nothing;
    case 'unknown':
      return { ...nothing, reason: profile.reason, user: profile.user && userJson(profile.user, undefined) };
    case 'present': {
      const { user, inScope, faces, settings, maxFacesPerUser } = profile;
      const told =
        settings.settings === 'read' ? { lifetime_days: settings.lifetimeDays } : { reason: settings.reason };
      return {
        ...nothing,
        user: userJson(user, inScope),
        faces: faces.map(shownFaceJson),
        face_settings: { ...told, faces_allowed: maxFacesPerUser },
      };
    }
  }
}

function userJson(user: NonNullable<NamedProfile['user']>, inScope: boolean | undefined): UserJson {
  const { login, uuid, aliases, externalId, groups } = user;
  return given<UserJson>({ login, uuid, aliases, external_id: externalId, groups, in_scope: inScope });
}

type NamedProfile = Exclude<Profile, { readonly presence: 'absent' }>;

function shownFaceJson(face: ShownFace): ShownFaceJson {
  return face.lastUsed === undefined ? faceJson(face) : { ...faceJson(face), lastUsed: formatInstant(face.lastUsed) };
}

function decisionJson({ key, entry, face, step, desired, live, change }: Verdict): DecisionJson {
  return given<DecisionJson>({
    index: key,
    x_source: entry && placeJson(placeOf(entry.range)),
    face_id: face?.id,
    matched_by: step,
    desired,
    live,
    x_action: change?.action ?? 'keep',
    action_reason: change?.reason,
  });
}

function guardsJson({ protect, protected: refused, budgets, unmatched, scope }: Guards): GuardsJson {
  return {
    protect: protect.map(({ name, place }) => ({ name, x_source: placeJson(place) })),
    protected: refused.map(({ key, action }) => ({ index: key, action })),
    budgets: budgets.map(({ budget, used, limit, verdict }) => ({ budget, used, limit, verdict })),
    unmatched,
    scope: given<ScopeJson>({
      users: scope.users,
      group: scope.users === 'group' ? scope.group : undefined,
      on_remove: scope.users === 'listed' ? undefined : scope.onRemove,
    }),
  };
}
