export { applyPlan, writingChanges } from './apply.ts';
export { applyUser } from './apply-user.ts';
export { judge, type Verdict } from './guard.ts';
export { createPlan, usersToRead } from './plan.ts';
export type { WriteTools } from './write-change.ts';
