import { openWorkspace, type Workspace } from './workspace.ts';

export async function open(files: Readonly<Record<string, string | Uint8Array>>): Promise<Workspace> {
  return openWorkspace({ files });
}

/** The codes and places on stderr. */
export function told(stderr: string): readonly string[] {
  const codes = [...stderr.matchAll(/\[([A-Z_]+)\]\n {2}at \S+?:(\d+):\d+/g)];
  return codes.map(([, code = '', line = '']) => `${code} ${line}`);
}
