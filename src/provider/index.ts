export type { OnWrite, TraceLine } from './client.ts';
export type { Clock } from './clock.ts';
export { connectProbe, permissions, type Seen, type TenantProbe, type Tried } from './probe.ts';
export { connectReader, connectResender, connectWriter, type ConnectRequest, type Session } from './connect.ts';
