import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../src/sandbox/index.ts';
import { jsonTotalsOf, listOf, memberOf, totalsOf } from '../../support/commands/expectations.ts';
import { approved, mailed, named, open, user, waiting } from '../../support/commands/resend-scenario.ts';

interface Ending {
  readonly state: 'applied' | 'failed' | 'unknown';
  readonly mails: number;
}

describe('an e-mail of which', () => {
  const endings: readonly (readonly [FaultKind, Ending])[] = [
    ['reset-after-commit', { state: 'unknown', mails: 1 }],
    ['500-after-commit', { state: 'unknown', mails: 1 }],
    ['hang-after-commit', { state: 'unknown', mails: 1 }],
    ['truncated', { state: 'unknown', mails: 1 }],
    ['not-json', { state: 'unknown', mails: 1 }],
    ['reset', { state: 'unknown', mails: 0 }],
    ['500', { state: 'unknown', mails: 0 }],
    ['502-html', { state: 'unknown', mails: 0 }],
    ['503', { state: 'unknown', mails: 0 }],
    ['html', { state: 'unknown', mails: 0 }],
    ['hang', { state: 'unknown', mails: 0 }],
    ['403', { state: 'failed', mails: 0 }],
    ['404', { state: 'failed', mails: 0 }],
    ['409', { state: 'failed', mails: 0 }],
    ['redirect', { state: 'failed', mails: 0 }],
    ['429', { state: 'applied', mails: 1 }],
    ['401', { state: 'applied', mails: 1 }],
  ];
  it.each(endings)(
    'the call meets %s ends as it should, is sent at most once, and so is the other',
    async (kind, { state, mails }) => {
      const workspace = await open();
      const { run, sandbox } = workspace;
      const [struck] = sandbox.tenant.faces('ann');
      sandbox.tenant.failWith({ kind, operation: 'sendActivation', path: struck?.id, times: 1 });
      const ran = await run(approved(...named('ann', 'ben')));
      const applied = state === 'applied' ? 2 : 1;
      expect(ran.code).toBe(applied === 2 ? 0 : 3);
      expect(totalsOf(ran)).toMatchObject({ planned: 2, applied, ...(applied === 2 ? {} : { [state]: 1 }) });
      expect(mailed(workspace)).toEqual([...(mails === 1 ? ['ann'] : []), 'ben']);
      expect(ran.stdout).toContain(`${applied} activation e-mail${applied === 1 ? '' : 's'} sent.`);
    },
  );

  it('the tenant refuses to send bears what it says, and what to do', async () => {
    const { run } = await open({
      seed: { users: [{ login: 'nomail', faces: [waiting(1)] }, user('ben', waiting(1))] },
    });
    const ran = await run(approved(...named('nomail', 'ben')));
    expect(ran.code).toBe(3);
    expect(ran.stdout).toContain('the tenant answered 400 user_email_missing: "The user has no e-mail address');
    expect(ran.stdout).toContain('with --user');
  });

  it('the role may not send is failed, and names the permission', async () => {
    const { run } = await open({ permissions: ['USERS:VIEW', 'FACE:VIEW'] });
    const ran = await run(approved(...named('ann')));
    expect(ran.code).toBe(3);
    expect(ran.stdout).toContain('FACE:ADD');
  });
});

describe('a resend that is stopped', () => {
  it('by identical failures in a row starts nothing more', async () => {
    const { run, sandbox } = await open();
    sandbox.tenant.failWith({ kind: '403', operation: 'sendActivation', times: Infinity });
    const ran = await run(approved(...named('ann', 'ben', 'cyd'), '--max-failures', '2', '--concurrency', '1'));
    expect(ran.code).toBe(3);
    expect(totalsOf(ran)).toMatchObject({ planned: 3, failed: 2, skipped: 1 });
  });

  it('by a signal lets what is in flight end, and reports the rest as skipped', async () => {
    const workspace = await open();
    const { run, sandbox } = workspace;
    const ran = await run(approved(...named('ann', 'ben', 'cyd'), '--concurrency', '1'), {
      onStart: (send) => {
        sandbox.tenant.onRequest(({ operation }) => {
          if (operation === 'sendActivation') send('SIGINT');
        });
      },
    });
    expect(ran.code).toBe(130);
    expect(totalsOf(ran)).toMatchObject({ planned: 3, applied: 1, skipped: 2 });
    expect(mailed(workspace)).toHaveLength(1);
  });
});

describe('the record of a resend', () => {
  it('is the same in JSON and in the journal', async () => {
    const { run, read, sandbox } = await open();
    const [struck] = sandbox.tenant.faces('ann');
    sandbox.tenant.failWith({ kind: 'reset-after-commit', operation: 'sendActivation', path: struck?.id });
    const ran = await run(approved(...named('ann', 'ben'), '--format', 'json', '--journal', 'journal.jsonl'));
    expect(ran.code).toBe(3);
    expect(jsonTotalsOf(ran)).toMatchObject({ planned: 2, applied: 1, unknown: 1 });
    expect(listOf(JSON.parse(ran.stdout), 'outcomes').map((each) => memberOf(each, 'x_action'))).toEqual([
      'resend',
      'resend',
    ]);
    const lines = (await read('journal.jsonl')).trimEnd().split('\n');
    const parsed = lines.map((line): unknown => JSON.parse(line));
    const events = parsed.map((line) => String(memberOf(line, 'event')));
    expect(events.toSorted()).toEqual(['after', 'after', 'before', 'before', 'end', 'outcome', 'outcome', 'start']);
    expect(memberOf(parsed.at(-1), 'summary')).toEqual(memberOf(JSON.parse(ran.stdout), 'summary'));
  });
});
