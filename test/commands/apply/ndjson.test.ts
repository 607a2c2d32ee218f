import { execFileSync } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listOf, memberOf } from '../../support/commands/expectations.ts';
import { openScenario, yaml, type Scenario } from '../../support/commands/saved-plan-scenario.ts';

const applying = ['apply', 'faces.yaml', '--auto-approve', '--format', 'ndjson'];

function eventsOf(text: string): readonly unknown[] {
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

const typesOf = (events: readonly unknown[]): readonly string[] =>
  events.map((event) => String(memberOf(event, 'type')));
const ofType = (events: readonly unknown[], type: string): readonly unknown[] =>
  events.filter((event) => memberOf(event, 'type') === type);
const addressIn = (event: unknown, member: 'change' | 'hook'): unknown =>
  memberOf(memberOf(memberOf(event, member), 'resource'), 'addr');

async function failing(): Promise<Scenario> {
  const scenario = await openScenario();
  scenario.sandbox.tenant.failWith({ kind: '409', operation: 'createFace', times: 1 });
  return scenario;
}

describe('a pipe', () => {
  it.each(['--json-into', '--journal'])('that %s names gets the lines, and keeps its mode', async (flag) => {
    const { run, directory } = await openScenario();
    const pipe = join(directory, 'pipe');
    execFileSync('mkfifo', ['-m', '644', pipe]);
    const reading = readFile(pipe, 'utf8');
    expect(await run(['apply', 'faces.yaml', '--auto-approve', flag, 'pipe'])).toMatchObject({ code: 0 });
    expect(eventsOf(await reading).length).toBeGreaterThan(0);
    expect((await stat(pipe)).mode & 0o777).toBe(0o644);
  });
});

describe('apply --format ndjson', () => {
  it('tells the version, the plan, each change as it begins and ends, and the totals', async () => {
    const { run } = await failing();
    const { code, stdout, stderr } = await run(applying);
    expect(code).toBe(3);
    expect(stderr).toContain('Plan: ');
    const events = eventsOf(stdout);
    const types = typesOf(events);
    expect(types[0]).toBe('version');
    const planned = ofType(events, 'planned_change').map((event) => addressIn(event, 'change'));
    expect(planned).toHaveLength(6);
    const begun = ofType(events, 'apply_start').map((event) => addressIn(event, 'hook'));
    const ended = [...ofType(events, 'apply_complete'), ...ofType(events, 'apply_errored')].map((event) =>
      addressIn(event, 'hook'),
    );
    expect(begun.toSorted()).toEqual(planned.toSorted());
    expect(ended.toSorted()).toEqual(planned.toSorted());
    expect(types.indexOf('change_summary')).toBeGreaterThan(types.lastIndexOf('planned_change'));
    expect(types.indexOf('change_summary')).toBeLessThan(types.indexOf('apply_start'));
    const last = events.at(-1);
    expect(memberOf(last, 'type')).toBe('change_summary');
    expect(memberOf(memberOf(last, 'changes'), 'operation')).toBe('apply');
    expect(memberOf(last, 'x_summary')).toMatchObject({ planned: 6, applied: 5, failed: 1, skipped: 0 });
  });

  it('has what every reader of Terraform’s lines looks for', async () => {
    const { run } = await failing();
    const events = eventsOf((await run(applying)).stdout);
    for (const event of events) {
      expect(event).toMatchObject({
        '@level': expect.stringMatching(/^(info|warn|error)$/),
        '@message': expect.any(String),
        '@module': 'faceform',
        '@timestamp': expect.stringMatching(/^2026-06-01T12:\d\d:\d\dZ$/),
      });
    }
    const [failed] = ofType(events, 'apply_errored');
    expect(failed).toMatchObject({ '@level': 'error', x_outcome: { outcome: 'failed', error: { status: 409 } } });
  });

  it('tells nothing twice, and nothing of changes when there are none', async () => {
    const { run } = await openScenario();
    await run(applying);
    const events = eventsOf((await run(applying)).stdout);
    expect(typesOf(events)).toEqual(['version', 'change_summary', 'change_summary']);
  });

  it('tells of a change that was left out, in a type of its own', async () => {
    const { run, sandbox } = await openScenario();
    await run(['plan', 'faces.yaml', '--out', 'plan.json']);
    for (const { login } of sandbox.tenant.users()) sandbox.tenant.addFace(login, { status: 'DISABLED' });
    const { code, stdout } = await run(['apply', '--plan', 'plan.json', '--format', 'ndjson']);
    expect(code).toBe(4);
    const left = ofType(eventsOf(stdout), 'x_apply_left_out');
    expect(left).toHaveLength(6);
    expect(left[0]).toMatchObject({ '@level': 'warn', x_outcome: { outcome: 'stale' } });
  });

  it('tells why a run ended before its end, or never began', async () => {
    const { run, read, write } = await openScenario();
    await write('faces.yaml', yaml('budgets: { delete: 0 }\n'));
    const overspent = await run([...applying, '--json-into', 'run.jsonl']);
    const why = { '@level': 'error', type: 'diagnostic', diagnostic: { severity: 'error' } };
    expect(overspent.code).toBe(5);
    expect(eventsOf(overspent.stdout).at(-1)).toMatchObject(why);
    expect(eventsOf(await read('run.jsonl'))).toEqual(eventsOf(overspent.stdout));

    await write('faces.yaml', yaml('nonsense: 1\n'));
    const invalid = eventsOf((await run(applying)).stdout);
    expect(typesOf(invalid)).toEqual(['version', 'diagnostic']);
    expect(invalid[1]).toMatchObject({
      ...why,
      diagnostic: { code: 'UNKNOWN_MEMBER', range: { filename: 'faces.yaml' } },
    });
    await write('plan.json', '{}');
    const foreign = eventsOf((await run(['apply', '--plan', 'plan.json', '--format', 'ndjson'])).stdout);
    expect(typesOf(foreign)).toEqual(['version', 'diagnostic']);
  });

  it('is what --json-into writes beside the text', async () => {
    const { run, read } = await failing();
    const ran = await run(['apply', 'faces.yaml', '--auto-approve', '--json-into', 'run.jsonl']);
    expect(ran.stdout).toContain('6 planned = 5 applied + 0 already done + 1 failed');
    const events = eventsOf(await read('run.jsonl'));
    const other = await failing();
    const streamed = eventsOf((await other.run(applying)).stdout);
    expect(typesOf(events).toSorted()).toEqual(typesOf(streamed).toSorted());
  });
});

it('policies for Terraform plans find their members in ours', async () => {
  const { run } = await openScenario();
  const plan: unknown = JSON.parse((await run(['plan', 'faces.yaml', '--format', 'json'])).stdout);
  const deletes = listOf(plan, 'resource_changes').filter((change) =>
    listOf(memberOf(change, 'change'), 'actions').includes('delete'),
  );
  const summary = memberOf(plan, 'summary');
  expect(deletes).toHaveLength(Number(memberOf(summary, 'delete')) + Number(memberOf(summary, 'replace')));
});
