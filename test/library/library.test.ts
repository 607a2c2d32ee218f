import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apply, FaceformError, plan, validate, type ProgressEvent, type RunEvent } from '../../src/library.ts';
import { rejection } from '../support/provider/session.ts';
import { openLibrary, watchOutputs } from './open.ts';

const paths = ['users.yaml'];

/** Calls as plain JavaScript would. */
function untyped(work: (...args: never) => Promise<unknown>, args: readonly unknown[]): Promise<unknown> {
  const result: unknown = Reflect.apply(work, undefined, args);
  return Promise.resolve(result);
}

describe('the library', () => {
  it('returns what the commands print as JSON, and prints nothing', async () => {
    const { around, run } = await openLibrary();
    const { written } = watchOutputs();
    const [validation, made] = [await validate(paths, around), await plan(paths, around)];
    const report = await apply(made, around);
    expect(written()).toBe('');
    expect(validation).toEqual(JSON.parse((await run(['validate', ...paths, '--format', 'json'])).stdout));
    expect(made.summary.create).toBe(3);
    expect(report.summary).toMatchObject({ planned: 3, applied: 3 });
    const { timestamp, ...again } = await plan(paths, around);
    const { timestamp: printedAt, ...printed } = JSON.parse(
      (await run(['plan', ...paths, '--format', 'json', '--requests-per-second', '1000'])).stdout,
    );
    expect([timestamp, printedAt]).toEqual([expect.any(String), expect.any(String)]);
    expect(again).toEqual(printed);
  });

  it('tells of users that are read, and of each change as it begins and ends', async () => {
    const { around } = await openLibrary();
    const read: ProgressEvent[] = [];
    const made = await plan(paths, { ...around, onEvent: (event) => read.push(event) });
    expect(read).toContainEqual({ type: 'progress', activity: 'read-users', done: 3, total: 3 });
    const told: (RunEvent | ProgressEvent)[] = [];
    await apply(made, { ...around, onEvent: (event) => told.push(event) });
    const count = (type: string): number => told.filter((event) => event.type === type).length;
    expect(['version', 'planned_change', 'apply_start', 'apply_complete', 'progress'].map(count)).toEqual([
      1, 3, 3, 3, 3,
    ]);
    const last = told.at(-1);
    expect(last?.type === 'change_summary' && last.x_summary).toMatchObject({ planned: 3, applied: 3 });
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('a mistake of the caller');
      },
    ],
    ['rejects', () => Promise.reject(new Error('a mistake of the caller'))],
  ])('goes on to the end of a run, with a warning, where a listener %s', async (_, fail) => {
    const { around } = await openLibrary();
    const warned = once(process, 'warning');
    const onEvent = () => fail();
    const report = await apply(await plan(paths, around), { ...around, onEvent });
    expect(report.summary.applied).toBe(3);
    expect(await warned).toEqual([expect.objectContaining({ message: 'a mistake of the caller' })]);
  });
});

describe('an AbortSignal', () => {
  it('ends a plan with its reason, and no further call is sent', async () => {
    const { around, sandbox } = await openLibrary(40);
    const stopping = new AbortController();
    const reason = new Error('the job was cancelled');
    const onEvent = (): void => {
      stopping.abort(reason);
    };
    const given = { ...around, concurrency: 1, signal: stopping.signal, onEvent };
    expect(await rejection(plan(paths, given))).toBe(reason);
    const calls = sandbox.tenant.requests.length;
    expect(calls).toBeLessThan(10);
    expect(await rejection(plan(paths, given))).toBe(reason);
    expect(sandbox.tenant.requests).toHaveLength(calls);
  });

  it('that comes before the first call ends a plan without one', async () => {
    const { around, sandbox } = await openLibrary();
    const stopping = new AbortController();
    const planning = rejection(plan(paths, { ...around, signal: stopping.signal }));
    queueMicrotask(() => {
      stopping.abort(new Error('at once'));
    });
    expect(await planning).toMatchObject({ message: 'at once' });
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it('ends an apply as a signal ends the program: what was not begun is skipped, and all of it is reported', async () => {
    const { around, sandbox } = await openLibrary(20);
    const stopping = new AbortController();
    const made = await plan(paths, around);
    const onEvent = ({ type }: { readonly type: string }): void => {
      if (type === 'apply_complete') stopping.abort();
    };
    const { summary } = await apply(made, { ...around, concurrency: 1, signal: stopping.signal, onEvent });
    expect(summary).toMatchObject({ planned: 20, applied: 1, skipped: 19 });
    expect(sandbox.tenant.requests.filter(({ operation }) => operation === 'createFace')).toHaveLength(1);
  });

  it('that is aborted already ends validate with its reason', async () => {
    const { around } = await openLibrary();
    const reason = new Error('too late');
    expect(await rejection(validate(paths, { ...around, signal: AbortSignal.abort(reason) }))).toBe(reason);
  });
});

describe('an error', () => {
  it('of the files has the diagnostics, with their places', async () => {
    const { around, write } = await openLibrary();
    await write(
      'twice.yaml',
      'version: 1\nenrollments:\n  - { user: amy, flow: mobile }\n  - { user: amy, flow: mobile }\n',
    );
    const error = await rejection(plan(['twice.yaml'], around));
    expect(error).toBeInstanceOf(FaceformError);
    expect(error).toMatchObject({
      exitCode: 1,
      message: expect.stringMatching(/^twice\.yaml:4:5: /),
      diagnostics: [{ code: 'DUPLICATE_ENROLLMENT' }],
    });
  });

  it.each([
    ['a budget refuses', {}, 5],
    ['the plan is for another tenant', { tenant: 'http://127.0.0.1:1' }, 1],
  ])('has the exit code of the command line: %s', async (_, more, exitCode) => {
    const { around, write, sandbox } = await openLibrary();
    await write(
      'tight.yaml',
      `budgets: { email: 0 }\n${await readFile(join(around.workingDirectory, 'users.yaml'), 'utf8')}`,
    );
    const made = await plan(['tight.yaml'], around);
    expect(await rejection(apply(made, { ...around, ...more }))).toMatchObject({ name: 'FaceformError', exitCode });
    expect(sandbox.tenant.requests.filter(({ operation }) => operation === 'createFace')).toEqual([]);
  });

  it('after the run has its report, since what was written was written', async () => {
    const { directory } = await openLibrary(1);
    const given = { workingDirectory: directory, environment: {}, sandbox: 'state/tenant.json' };
    await mkdir(join(directory, 'state'));
    const made = await plan(paths, given);
    const onEvent = ({ type }: { readonly type: string }): void => {
      if (type !== 'apply_start') return;
      rmSync(join(directory, 'state'), { recursive: true, force: true });
      writeFileSync(join(directory, 'state'), 'in the way');
    };
    const error = await rejection(apply(made, { ...given, concurrency: 1, onEvent }));
    expect(error).toMatchObject({ name: 'FaceformError', exitCode: 1, report: { summary: { planned: 1 } } });
  });

  it('of the way to the tenant has 6, since trying again may help', async () => {
    const { around, sandbox } = await openLibrary();
    await sandbox.close();
    const fast = { fetch: () => Promise.reject(Object.assign(new Error('no'), { code: 'ECONNREFUSED' })) };
    expect(await rejection(plan(paths, { ...around, ...fast, maxWait: 0 }))).toMatchObject({ exitCode: 6 });
  });

  it.each([
    [{ concurrency: 0 }, 'concurrency'],
    [{ concurrency: 1000 }, 'concurrency'],
    [{ requestsPerSecond: Number.NaN }, 'requestsPerSecond'],
    [{ maxWait: -1 }, 'maxWait'],
    [{ allowDeletes: '3' }, 'allowDeletes'],
    [{ target: 'user0' }, 'target'],
    [{ createApi: 'v3' }, 'createApi'],
    [{ includeNoop: 'yes' }, 'includeNoop'],
    [{ shard: 3 }, 'shard'],
    [{ allowDelete: 3 }, 'allowDelete'],
    [{ signal: 'stop' }, 'signal'],
    [{ onEvent: {} }, 'onEvent'],
    [{ environment: null }, 'environment'],
  ])('of an argument is a TypeError, before any call: %j', async (options, name) => {
    const { around, sandbox } = await openLibrary();
    const error = await rejection(untyped(plan, [paths, { ...around, ...options }]));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: expect.stringContaining(name) });
    expect(sandbox.tenant.requests).toEqual([]);
  });

  it.each([[{ maxFailures: 0 }], [{ planMaxAge: -5 }], [{ onStale: 'retry' }], [{ verify: 0 }]])(
    'of an argument of apply is a TypeError as well: %j',
    async (options) => {
      const { around } = await openLibrary();
      const made = await plan(paths, around);
      expect(await rejection(untyped(apply, [made, { ...around, ...options }]))).toBeInstanceOf(TypeError);
    },
  );

  it('is a TypeError where paths are a text, whose letters would be taken for files', async () => {
    const { around } = await openLibrary();
    expect(await rejection(untyped(validate, ['users.yaml', {}]))).toBeInstanceOf(TypeError);
    expect(await rejection(validate([''], { workingDirectory: around.workingDirectory }))).toBeInstanceOf(TypeError);
    expect(await rejection(validate(['-'], { workingDirectory: around.workingDirectory }))).toBeInstanceOf(TypeError);
  });
});
