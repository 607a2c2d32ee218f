import type { Words } from '../source/source-file.ts';

export function missingMember(name: string): Words {
  return { code: 'MISSING_MEMBER', summary: `'${name}' is missing`, detail: `Add '${name}'.` };
}
