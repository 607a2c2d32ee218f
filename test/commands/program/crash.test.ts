import { describe, expect, it, onTestFinished } from 'vitest';
import { authenticateCall, scriptedTenant, token } from '../../support/provider/scripted-tenant.ts';
import { runProgram, type Ended } from '../../support/commands/program.ts';
import { openWorkspace } from '../../support/commands/workspace.ts';

describe('no command ends without a code that is documented', () => {
  /** Runs a command whose standard input never ends, and does something else meanwhile. */
  async function hanging(meanwhile: string): Promise<Ended> {
    const endless = `{ async *[Symbol.asyncIterator]() { ${meanwhile}; await new Promise(() => undefined); } }`;
    const script = `Object.defineProperty(process, 'stdin', { value: ${endless} });`;
    const environment = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
    return runProgram(['validate', '-'], { environment });
  }

  it('when it waits for what never comes', async () => {
    const { code, stdout, stderr } = await hanging('');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      'Error: faceform has a bug: it waits for something that never comes\n  Please report it, with the output of --debug.\n',
    );
  });

  it.each([
    ['an exception', 'setTimeout(() => { throw new Error("\\u001b[2Jboom"); }, 10)'],
    ['a rejection', 'setTimeout(() => Promise.reject(new Error("\\u001b[2Jboom")), 10)'],
  ])('when nobody catches %s, whose text is made harmless', async (_, meanwhile) => {
    const ended = await hanging(meanwhile);
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('boom') });
    expect(ended.stderr).not.toContain('\u001b');
    expect(ended.stderr).not.toContain('    at ');
  });
});

describe('a token that no header may hold', () => {
  it.each([
    ['plan', 1],
    ['status', 1],
    ['apply --auto-approve', 1],
  ])('ends %s with a message', async (command, code) => {
    const tenant = await scriptedTenant({ [authenticateCall]: [token('a\r\nx-injected: b')] });
    onTestFinished(() => tenant.close());
    const files = { 'faces.yaml': 'version: 1\nenrollments: [{ user: alice, flow: mobile }]\n' };
    const { directory: cwd } = await openWorkspace({ files });
    const environment = {
      FACEFORM_TENANT_URL: tenant.url,
      FACEFORM_APPLICATION_ID: 'app',
      FACEFORM_SHARED_SECRET: 'of the application',
    };
    const ended = await runProgram([...command.split(' '), 'faces.yaml'], { cwd, environment });
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toContain('authToken has characters that no header may have');
    expect(tenant.received).toHaveLength(1);
  });
});
