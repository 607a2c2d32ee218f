import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { memberOf } from '../../support/commands/expectations.ts';
import { runProgram } from '../../support/commands/program.ts';
import { openWorkspace } from '../../support/commands/workspace.ts';

const yaml = 'version: 1\nenrollments:\n  - { user: alice, flow: mobile }\n';

/** Only a part of the HTTP library is built in: the tests of the proxy itself run on all of it. */
it('the program calls a tenant through a proxy', async () => {
  const asked: string[] = [];
  const proxy = createServer((socket) => {
    socket.once('data', (data) => {
      asked.push(data.toString().split('\r\n')[0] ?? '');
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void proxy.close());
  const { directory: cwd } = await openWorkspace({ files: { 'faces.yaml': yaml } });
  const environment = {
    FACEFORM_TENANT_URL: 'https://acme.example',
    FACEFORM_APPLICATION_ID: 'app',
    FACEFORM_SHARED_SECRET: 'secret',
    HTTPS_PROXY: `http://127.0.0.1:${String(memberOf(proxy.address(), 'port'))}`,
  };
  const { code, stderr } = await runProgram(['plan', 'faces.yaml'], { cwd, environment });
  expect(asked[0]).toBe('CONNECT acme.example:443 HTTP/1.1');
  expect(code).toBe(1);
  expect(stderr).toContain('acme.example');
  expect(stderr).not.toContain('    at ');
});
