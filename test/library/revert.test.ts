import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apply, FaceformError, plan, revert, type ApplyReport } from '../../src/library.ts';
import { rejection } from '../support/provider/session.ts';
import { openLibrary, type OpenLibrary } from './open.ts';

/** Three users whose faces an apply has just made. */
async function applied(): Promise<OpenLibrary & { readonly report: ApplyReport }> {
  const opened = await openLibrary();
  const report = await apply(await plan(['users.yaml'], opened.around), { ...opened.around, journal: 'run.jsonl' });
  return { ...opened, report };
}

const facesOf = ({ sandbox }: OpenLibrary): number =>
  ['user0', 'user1', 'user2'].flatMap((login) => sandbox.tenant.faces(login)).length;

describe('revert', () => {
  it('plans from a journal or from the report of apply what takes the run back, and writes nothing', async () => {
    const run = await applied();
    const [byJournal, byReport] = [await revert('run.jsonl', run.around), await revert(run.report, run.around)];
    expect(facesOf(run)).toBe(3);
    expect(byReport.resource_changes).toEqual(byJournal.resource_changes);
    expect(byJournal.summary.delete).toBe(3);
    expect((await apply(byJournal, run.around)).summary.applied).toBe(3);
    expect(facesOf(run)).toBe(0);
  });

  it('leaves activated faces with keepActivated', async () => {
    const run = await applied();
    for (const { id } of run.sandbox.tenant.faces('user0')) run.sandbox.tenant.activate(id);
    const made = await revert('run.jsonl', { ...run.around, keepActivated: true });
    expect(made.summary.delete).toBe(2);
  });

  it('takes budgets from the files of rules', async () => {
    const run = await applied();
    const strict = 'version: 1\nbudgets: { delete: 0 }\nenrollments: []\n';
    writeFileSync(join(run.directory, 'strict.yaml'), strict);
    const made = await revert('run.jsonl', { ...run.around, rules: ['strict.yaml'] });
    expect(await rejection(apply(made, run.around))).toMatchObject({ exitCode: 5 });
  });

  it('refuses what is no record of an apply', async () => {
    const { around } = await openLibrary();
    expect(await rejection(revert('users.yaml', around))).toBeInstanceOf(FaceformError);
    const untyped: unknown = Reflect.apply(revert, undefined, [7]);
    await expect(untyped).rejects.toThrow(TypeError);
  });
});

describe('failOn', () => {
  it('names in the plan the conditions that hold, of those that were asked for', async () => {
    const { around } = await openLibrary();
    const made = await plan(['users.yaml'], { ...around, failOn: ['missing', 'drift'] });
    expect(made.x_conditions).toEqual([{ condition: 'missing', count: 3 }]);
    expect((await plan(['users.yaml'], around)).x_conditions).toBeUndefined();
  });

  it('refuses a name that is no condition', async () => {
    const { around } = await openLibrary();
    const untyped: unknown = Reflect.apply(plan, undefined, [['users.yaml'], { ...around, failOn: ['missed'] }]);
    await expect(untyped).rejects.toThrow('failOn must be an array of attention, missing');
  });
});
