export { applyAll, applyPlan, report, type ApplyRequest } from './run/apply.ts';
export { applyUser } from './run/apply-user.ts';
export { claimedFaces } from './run/claimed-faces.ts';
export { concerns, partsForUser } from './explain-part.ts';
export { adopt, type Adoption } from './adopt/adopt.ts';
export { explain } from './explain.ts';
export { exportLive } from './export.ts';
export {
  usersToAskFor,
  usersWithPolicy,
  withoutUnread,
  withPolicies,
  type SettingsByUser,
  type SettingsChoice,
} from './match/face-settings.ts';
export { countRefusals, judge, type Judgement } from './plan/guard.ts';
export { mergePlans } from './plan/merge.ts';
export { createPlan } from './owners/create-plan.ts';
export { readingsOf } from './owners/parts.ts';
export { usersToRead, type UsersNamed } from './plan/plan.ts';
export { withoutUsers } from './plan/without-users.ts';
export { differenceOf, type Difference } from './since/difference.ts';
export { noLongerManaged } from './since/no-longer-managed.ts';
export { countUsers, scopesIn, touchedPart, usersNamedIn, type TouchedPart } from './since/touched-part.ts';
export { scopeNotRead } from './plan/plan-diagnostics.ts';
export { createRevert, usersToRevert } from './revert/revert.ts';
export { resendsByName, resendsToWaiting } from './run/resend.ts';
export { resendToUser } from './run/resend-user.ts';
export { findStale } from './run/stale.ts';
export { takeStatus, type StatusRequest } from './status.ts';
export { userRef } from './plan/user-ref.ts';
export type { WriteTools } from './run/write-tools.ts';
