import { describe, expect, it } from 'vitest';
import { open, told } from '../../support/commands/import-run.ts';

const rows = 'user,flow,annotations.case\na,mobile,1\nb,mobile,2\nA,Mobile,1\nb,mobile,2\n';
const entries = 'version: 1\nenrollments:\n';

describe('rows of a list that make the same entry', () => {
  it('are an error, which names both lines and says how to skip them', async () => {
    const { run, read } = await open({ 'l.csv': rows });
    const ran = await run(['import', 'l.csv', '--into', 'u.yaml']);
    expect({ code: ran.code, stdout: ran.stdout, told: told(ran.stderr) }).toEqual({
      code: 1,
      stdout: '',
      told: ['DUPLICATE_ROW 4', 'DUPLICATE_ROW 5'],
    });
    expect(ran.stderr).toContain('the same entry as line 2');
    expect(ran.stderr).toContain("pass '--duplicates skip'");
    await expect(read('u.yaml')).rejects.toThrow('ENOENT');
  });

  it('are skipped on demand, counted and named, whether the file is new or has the entry', async () => {
    const { run, read } = await open({ 'l.csv': rows });
    const importing = ['import', 'l.csv', '--into', 'u.yaml', '--duplicates', 'skip'];
    const ran = await run(importing);
    expect(ran).toMatchObject({ code: 0, stdout: 'u.yaml: 2 added, 0 changed, 0 unchanged.\n' });
    expect(told(ran.stderr)).toEqual(['DUPLICATE_ROW 4']);
    expect(ran.stderr).toContain('2 rows were skipped');
    expect(ran.stderr).toContain('Lines 4, 5.');
    const text = await read('u.yaml');
    expect(text).toBe(
      `${entries}  - { user: a, flow: mobile, annotations: { case: "1" } }\n  - { user: b, flow: mobile, annotations: { case: "2" } }\n`,
    );
    expect(await run(importing)).toMatchObject({ code: 0, stdout: 'u.yaml: 0 added, 0 changed, 2 unchanged.\n' });
    expect(await read('u.yaml')).toBe(text);
  });

  it('are not all named where they are many', async () => {
    const { run } = await open({ 'l.csv': `user,flow\n${'a,mobile\n'.repeat(50)}` });
    const { code, stderr } = await run(['import', 'l.csv', '--duplicates', 'skip']);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('49 rows were skipped') });
    expect(stderr).toMatch(/Lines 3, 4, .* 22, and 29\s+more\./s);
    const one = await run(['import', '-', '--duplicates', 'skip'], { standardInput: 'user\na\na\n' });
    expect(one.stderr).toContain('1 row was skipped');
    expect(one.stderr).toContain('Line 3.');
  });

  it('stay an error where they differ, with both lines and what differs', async () => {
    const { run } = await open({ 'l.csv': rows.replace('A,Mobile,1', 'A,Mobile,9') });
    for (const flags of [[], ['--duplicates', 'skip']]) {
      const { code, stderr } = await run(['import', 'l.csv', ...flags]);
      expect(code).toBe(1);
      expect(told(stderr)[0]).toBe('DUPLICATE_ROW 4');
      expect(stderr).toContain("'a/mobile' is in line 2 too, with another 'annotations'");
      expect(stderr).toContain("give each a 'label'");
    }
    const ran = await run(['import', 'l.csv', '--duplicates', 'both']);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('error, skip') });
  });

  it('are told of rows without a user only for what is missing', async () => {
    const { run } = await open({ 'l.csv': 'user,flow\n,mobile\n,mobile\n' });
    expect(told((await run(['import', 'l.csv'])).stderr)).toEqual(['USER_NOT_NAMED_ONCE 2', 'USER_NOT_NAMED_ONCE 3']);
  });
});
