import { describe, expect, it } from 'vitest';
import { openTenant } from '../../support/commands/workspace.ts';

/** A file with so many new faces, and a tenant that has the users. */
function open(users: number) {
  const logins = Array.from({ length: users }, (_, at) => `user${at + 1}`);
  const seed = { users: logins.map((login) => ({ login, email: `${login}@mail.example` })) };
  const entries = logins.map((login) => `  - { user: ${login}, flow: mobile }\n`).join('');
  return openTenant({ seed }, { files: { 'faces.yaml': `version: 1\nenrollments:\n${entries}` } });
}

const blocks = (text: string): number => text.match(/will be created/g)?.length ?? 0;
const line = "  + create 60 mobile faces, e-mail, tenant's expiry: user1 … user60 (--full lists them)\n";

describe('a plan of 60 changes', () => {
  it('is compact, and full where that is asked for, whichever command shows it', async () => {
    const { run } = await open(60);
    const saved = await run(['plan', 'faces.yaml', '--out', 'p.json']);
    expect(saved.stdout).toContain(line);
    expect(blocks((await run(['plan', 'faces.yaml', '--full'])).stdout)).toBe(60);
    expect((await run(['show', 'p.json'])).stdout).toContain(line);
    expect(blocks((await run(['show', 'p.json', '--full'])).stdout)).toBe(60);
    expect((await run(['apply', 'faces.yaml'], { answer: 'no' })).stdout).toContain(line);
    expect(blocks((await run(['apply', 'faces.yaml', '--full'], { answer: 'no' })).stdout)).toBe(60);
    const applied = await run(['apply', '--plan', 'p.json', '--journal', 'j.jsonl']);
    expect(applied.stdout).toContain(line);
    expect((await run(['revert', 'j.jsonl'])).stdout).toMatch(
      /^ {2}- delete 60 ACTIVATING mobile faces \(.+\): user1, user2, user3,/m,
    );
    expect((await run(['revert', 'j.jsonl', '--full'])).stdout.match(/will be deleted/g)).toHaveLength(60);
  });
});

describe('a plan of two changes', () => {
  it('is full, and compact where that is asked for', async () => {
    const { run } = await open(2);
    expect(blocks((await run(['plan', 'faces.yaml'])).stdout)).toBe(2);
    const { stdout } = await run(['plan', 'faces.yaml', '--compact']);
    expect(stdout).toContain("  + create 2 mobile faces, e-mail, tenant's expiry: user1, user2\n");
  });

  it('cannot be both', async () => {
    const { run } = await open(2);
    const { code, stderr } = await run(['plan', 'faces.yaml', '--compact', '--full']);
    expect([code, stderr]).toEqual([1, expect.stringContaining("'--compact' cannot be used with option '--full'")]);
  });
});
