export { startSandbox, type Sandbox, type SandboxOptions } from './start-sandbox.ts';
export type { FilledIn } from './fill-in.ts';
export { loadState, SandboxStateError } from './state/state-file.ts';
export { defaultReadings, readingChoices, type Readings } from './state/readings.ts';
export { seedUsers, type FaceStatus, type SandboxSeed, type SeedUser } from './state/seed.ts';
export type { FaultKind } from './http/fault.ts';
