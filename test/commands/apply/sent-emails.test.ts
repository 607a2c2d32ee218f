import { describe, expect, it } from 'vitest';
import { listOf, memberOf } from '../../support/commands/expectations.ts';
import { openTenant, type TenantWorkspace } from '../../support/commands/workspace.ts';

/** A face 31 days old that its entry wants for 30: its replace creates the new face, then deletes this one. */
function open(): Promise<TenantWorkspace> {
  const face = { id: 'old', serialNumber: '1-1', flow: 'mobile', created: '2026-05-01T00:00:00Z' } as const;
  return openTenant(
    { seed: { users: [{ login: 'ann', email: 'ann@example.com', faces: [face] }] } },
    {
      files: {
        'faces.yaml': `version: 1
enrollments:
  - { user: ann, flow: mobile, lifetime: 30d, replaceOn: [EXPIRED] }
`,
      },
    },
  );
}

async function applyWithoutDelete(format: string): Promise<TenantWorkspace & { readonly stdout: string }> {
  const workspace = await open();
  const { run, sandbox } = workspace;
  sandbox.tenant.failWith({ kind: '403', operation: 'deleteFace', times: 1 });
  const args = ['apply', 'faces.yaml', '--auto-approve', '--quiet', '--journal', 'journal.jsonl', '--format', format];
  const { code, stdout } = await run(args);
  expect(code).toBe(3);
  expect(sandbox.tenant.emails).toHaveLength(1);
  return { ...workspace, stdout };
}

const linesOf = (text: string): readonly unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

describe('an e-mail that was sent by a change which then failed', () => {
  it('is counted and told of in the text', async () => {
    const { stdout } = await applyWithoutDelete('text');
    expect(stdout).toContain('The activation e-mail was sent.\n');
    expect(stdout).toMatch(/0 applied \+ 0 already done \+ 1 failed .* 1 activation e-mail sent\.\n$/);
  });
  it('is counted and told of in the JSON', async () => {
    const report: unknown = JSON.parse((await applyWithoutDelete('json')).stdout);
    expect(memberOf(report, 'summary')).toMatchObject({ applied: 0, failed: 1, emails: 1 });
    expect(listOf(report, 'outcomes')).toMatchObject([{ outcome: 'failed', email: 'sent' }]);
  });
  it('is counted and told of in the events and the journal', async () => {
    const { stdout, read } = await applyWithoutDelete('ndjson');
    const events = linesOf(stdout);
    expect(events.find((event) => memberOf(event, 'type') === 'apply_errored')).toMatchObject({
      x_outcome: { outcome: 'failed', email: 'sent' },
    });
    expect(events.at(-1)).toMatchObject({ x_summary: { failed: 1, emails: 1 } });
    const journal = linesOf(await read('journal.jsonl'));
    expect(journal.find((line) => memberOf(line, 'event') === 'outcome')).toMatchObject({ email: 'sent' });
    expect(journal.at(-1)).toMatchObject({ summary: { failed: 1, emails: 1 } });
  });
  it('is not sent again by the next run', async () => {
    const { run, sandbox } = await applyWithoutDelete('text');
    expect((await run(['apply', 'faces.yaml', '--auto-approve', '--quiet'])).code).toBe(0);
    expect(sandbox.tenant.emails).toHaveLength(1);
    expect(sandbox.tenant.faces('ann')).toHaveLength(2);
  });
});
