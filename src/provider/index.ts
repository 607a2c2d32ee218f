export type { OnWrite, TraceLine } from './client.ts';
export type { Clock } from './clock.ts';
export { connectReader, connectWriter, type ConnectRequest, type Session } from './connect.ts';
