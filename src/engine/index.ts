export { applyPlan, report, writingChanges } from './apply.ts';
export { applyUser } from './apply-user.ts';
export { exportLive } from './export.ts';
export { judge, type Verdict } from './guard.ts';
export { mergePlans } from './merge.ts';
export { createPlan, usersToRead } from './plan.ts';
export { findStale } from './stale.ts';
export { takeStatus } from './status.ts';
export type { WriteTools } from './write-change.ts';
