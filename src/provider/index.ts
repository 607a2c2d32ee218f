export type { OnWrite, TraceLine } from './client.ts';
export type { Clock } from './clock.ts';
export { connectReader, connectResender, connectWriter, type ConnectRequest, type Session } from './connect.ts';
