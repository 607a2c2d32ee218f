export { applyAll, applyPlan, report, writingChanges } from './apply.ts';
export { applyUser } from './apply-user.ts';
export { explain } from './explain.ts';
export { exportLive } from './export.ts';
export {
  usersToAskFor,
  usersWithPolicy,
  withoutUnread,
  withPolicies,
  type SettingsByUser,
  type SettingsChoice,
} from './face-settings.ts';
export { judge, type Verdict } from './guard.ts';
export { mergePlans } from './merge.ts';
export { createPlan, usersToRead } from './plan.ts';
export { resendsByName, resendsToWaiting } from './resend.ts';
export { resendToUser } from './resend-user.ts';
export { findStale } from './stale.ts';
export { takeStatus } from './status.ts';
export { userRef } from './user-ref.ts';
export type { WriteTools } from './write-change.ts';
