// As little of a client as there can be, for the programs that faceform is measured beside.
import { Pool } from 'undici';

/** Calls in flight. */
export const connections = 32;

/** @param origin the tenant's URL */
export function bareClient(origin) {
  const pool = new Pool(origin, { connections });
  const headers = { 'content-type': 'application/json', authorization: 'Bearer token' };
  return {
    call: async (method, path, body = null) => {
      const answer = await pool.request({ method, path, headers, body });
      return answer.body.text();
    },
    close: () => pool.close(),
  };
}
