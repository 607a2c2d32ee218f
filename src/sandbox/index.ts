export { startSandbox, type Sandbox, type SandboxOptions } from './start-sandbox.ts';
export { SandboxStateError } from './state-file.ts';
export type { TenantControl } from './tenant-control.ts';
export { defaultReadings, readingChoices, type Readings } from './readings.ts';
export {
  SeedProblem,
  seedUsers,
  type FaceFlow,
  type FaceStatus,
  type SandboxSeed,
  type SeedFace,
  type SeedGroup,
  type SeedUser,
  type UserState,
} from './seed.ts';
export type { Email, StoredFace, StoredGroup, StoredUser } from './stored.ts';
export { faultStages, type Fault, type FaultKind } from './fault.ts';
export type { RetryAfter } from './retry-after.ts';
export type { OperationName } from './routes.ts';
export type { RequestListener, SandboxCall, SandboxRequest } from './request-log.ts';
