import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openScenario, type Scenario } from '../../support/commands/saved-plan-scenario.ts';

interface Line {
  readonly time: string;
  readonly event: 'start' | 'change' | 'before' | 'after' | 'created' | 'outcome' | 'end';
  readonly call?: number;
  readonly index?: string;
  readonly path?: string;
  readonly status?: number;
  readonly answer?: string;
  readonly outcome?: string;
  readonly error?: { readonly code?: string };
  readonly x_annotations?: object;
  readonly x_source?: object;
  readonly summary?: Readonly<Record<string, number>>;
  readonly x_action?: string;
  readonly face_id?: string;
  readonly before?: Values;
  readonly after?: Values;
}

type Values = { readonly id?: string; readonly status?: string; readonly expiry?: string } | null;

async function linesOf({ read }: Pick<Scenario, 'read'>): Promise<readonly Line[]> {
  const text = await read('journal.jsonl');
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const parsed: Line = JSON.parse(line);
      return parsed;
    });
}

const applying = ['apply', 'faces.yaml', '--auto-approve', '--journal', 'journal.jsonl'];

describe('the journal', () => {
  it('has a line before and a line after each call that writes', async () => {
    const scenario = await openScenario();
    expect((await scenario.run(applying)).code).toBe(0);
    const lines = await linesOf(scenario);
    const before = lines.filter(({ event }) => event === 'before');
    const after = lines.filter(({ event }) => event === 'after');
    expect(before.map(({ path }) => path).toSorted()).toEqual(
      scenario
        .writes()
        .map(({ path }) => path)
        .toSorted(),
    );
    expect(after.map(({ call }) => call).toSorted()).toEqual(before.map(({ call }) => call).toSorted());
    for (const { status } of after) expect(status).toBeLessThan(300);
  });

  it('is on the disk before the call is', async () => {
    const scenario = await openScenario();
    const seen: (string | undefined)[] = [];
    const { readFileSync } = await import('node:fs');
    scenario.sandbox.tenant.onRequest(({ operation, path }) => {
      if (operation !== 'createFace') return;
      const text = readFileSync(join(scenario.directory, 'journal.jsonl'), 'utf8');
      seen.push(text.split('\n').find((line) => line.includes('"before"') && line.includes(path)));
    });
    await scenario.run(applying);
    expect(seen).toHaveLength(3);
    expect(seen).not.toContain(undefined);
  });

  it('ends with totals that add up, after one outcome for each change', async () => {
    const scenario = await openScenario();
    scenario.sandbox.tenant.failWith({ kind: '409', operation: 'createFace', times: 1 });
    expect((await scenario.run(applying)).code).toBe(3);
    const lines = await linesOf(scenario);
    const { planned = 0, applied = 0, failed = 0, ...others } = lines.at(-1)?.summary ?? {};
    expect([planned, applied, failed]).toEqual([6, 5, 1]);
    expect(others).toMatchObject({ stale: 0, skipped: 0, unknown: 0 });
    const outcomes = lines.filter(({ event }) => event === 'outcome');
    expect(new Set(outcomes.map(({ index }) => index)).size).toBe(6);
    expect(outcomes.filter(({ outcome }) => outcome === 'failed')).toMatchObject([
      { error: { code: expect.any(String) } },
    ]);
    for (const { x_source, x_annotations } of outcomes)
      expect({ x_source, x_annotations }).toMatchObject({ x_source: {} });
  });

  it('holds what each face was before its first call, and what it is to be', async () => {
    const scenario = await openScenario();
    const expiry = scenario.sandbox.tenant.faces('longer')[0]?.expiry;
    const was = new Date(expiry ?? 0).toISOString().replace('.000Z', 'Z');
    await scenario.run(applying);
    const lines = await linesOf(scenario);
    const wanted = new Map([
      [
        'longer/mobile',
        [
          { status: 'ACTIVE', expiry: was },
          { status: 'ACTIVE', expiry: '2027-03-28T12:00:00Z' },
        ],
      ],
      ['off/mobile', [{ status: 'ACTIVE' }, { status: 'DISABLED' }]],
      ['new/mobile', [null, { flow: 'mobile' }]],
    ]);
    for (const [key, [before, after]] of wanted) {
      const ofKey = lines.filter(({ index }) => index === key);
      expect(ofKey[0]).toMatchObject({ event: 'change', before, after });
      expect(ofKey.at(-1)).toMatchObject({ event: 'outcome', before, after });
    }
    const deleted = lines.filter(({ event, x_action }) => event === 'outcome' && x_action === 'delete');
    expect(deleted).toMatchObject([{ before: { status: 'ACTIVE' }, after: null }]);
  });

  it('names a new face as soon as it is there', async () => {
    const scenario = await openScenario();
    await scenario.run(applying);
    const lines = await linesOf(scenario);
    const at = lines.findIndex(({ event, index }) => event === 'created' && index === 'new/mobile');
    const [face] = scenario.sandbox.tenant.faces('new');
    expect(lines[at]).toMatchObject({ face_id: face?.id });
    expect(lines.findIndex(({ event, index }) => event === 'outcome' && index === 'new/mobile')).toBeGreaterThan(at);
  });

  it('says so where no answer came', async () => {
    const scenario = await openScenario();
    scenario.sandbox.tenant.failWith({ kind: 'reset-after-commit', operation: 'createFace', times: 1 });
    await scenario.run(applying);
    expect((await linesOf(scenario)).filter(({ answer }) => answer === 'none')).toHaveLength(1);
  });

  it('is appended to, for its owner alone, and mends a line that a crash cut short', async () => {
    const scenario = await openScenario();
    await scenario.run(applying);
    const first = await scenario.read('journal.jsonl');
    expect((await stat(join(scenario.directory, 'journal.jsonl'))).mode & 0o777).toBe(0o600);
    await scenario.write('journal.jsonl', first + '{"time":"2026');
    await scenario.run(['apply', 'faces.yaml', '--auto-approve', '--journal', 'journal.jsonl']);
    const text = await scenario.read('journal.jsonl');
    expect(text.startsWith(first)).toBe(true);
    expect(
      text
        .slice(first.length)
        .split('\n')
        .slice(1, 3)
        .map((line): unknown => JSON.parse(line)),
    ).toMatchObject([{ event: 'start', planned: 0 }, { event: 'end' }]);
  });

  it('that cannot be written stops everything before the tenant is asked', async () => {
    const scenario = await openScenario();
    const ran = await scenario.run(['apply', 'faces.yaml', '--auto-approve', '--journal', 'no/journal.jsonl']);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain('the journal no/journal.jsonl cannot be written (ENOENT)');
    expect(scenario.sandbox.tenant.requests).toEqual([]);
  });

  it('holds neither tokens nor activation secrets', async () => {
    const scenario = await openScenario();
    await scenario.run(applying);
    expect(await scenario.read('journal.jsonl')).not.toMatch(/activation(Url|QRCode)|Bearer|authToken/i);
  });
});

it('a full disk stops the call that could not be written down', async () => {
  const scenario = await openScenario();
  const ran = await scenario.run(['apply', 'faces.yaml', '--auto-approve', '--journal', '/dev/full']);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('the journal /dev/full cannot be written (ENOSPC)');
  expect(scenario.writes()).toEqual([]);
});
