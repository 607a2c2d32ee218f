export { startSandbox, type Sandbox, type SandboxOptions } from './start-sandbox.ts';
export { SandboxStateError } from './state-file.ts';
export { defaultReadings, readingChoices, type Readings } from './readings.ts';
export { seedUsers, type FaceStatus, type SandboxSeed } from './seed.ts';
export type { FaultKind } from './fault.ts';
