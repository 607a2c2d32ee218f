import type { Face } from '../model/face.ts';
import type { Client } from './client.ts';
import { decodeFaces } from './decode.ts';

/** @throws CallError */
export function readFaces(client: Client, uuid: string): Promise<readonly Face[]> {
  return client.call({ operation: 'faces', id: uuid, decode: decodeFaces });
}
