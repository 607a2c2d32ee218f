import { describe, expect, it } from 'vitest';
import { listOf, memberOf } from '../../support/commands/expectations.ts';
import { openTenant, type TenantWorkspace } from '../../support/commands/workspace.ts';

/** Commands of GitHub's runner, in both of its forms, and of the agents of Azure DevOps and TeamCity. */
const hostile = [
  '::add-mask::a',
  ' ::set-output name=a::b',
  'x##[add-mask]a',
  '##vso[task.setvariable variable=PATH]a',
  '##teamcity[publishArtifacts]',
];
const users = hostile.map((login, at) => ({
  login,
  email: `u${at}@example.com`,
  faces: at === 0 ? [] : [{ flow: 'mobile' as const, created: '2026-03-01T00:00:00Z' }],
}));
const yaml = [
  'version: 1',
  '##[group]a comment',
  'enrollments:',
  ...hostile.map((login) => {
    const name = JSON.stringify(login);
    return `  - { user: ${name}, flow: mobile, label: ${name}, annotations: { ${name}: ${name} }, expiry: 2027-01-01T00:00:00Z }`;
  }),
].join('\n');

function open(): Promise<TenantWorkspace> {
  return openTenant({ seed: { users } }, { files: { 'faces.yaml': yaml, 'broken.yaml': `${yaml}\n  - ##[x] [` } });
}

const commands = [
  'plan faces.yaml --out plan.json --include-noop',
  ...['text', 'json', 'markdown', 'diff'].map((format) => `plan faces.yaml --include-noop --format ${format}`),
  ...['text', 'json', 'sarif'].map((format) => `validate broken.yaml --format ${format}`),
  ...['text', 'json', 'csv'].map((format) => `status faces.yaml --format ${format}`),
  ...['text', 'json', 'csv'].map((format) => `status --all --every-user --format ${format}`),
  'export --every-user',
  'doctor faces.yaml',
  ...['text', 'json', 'ndjson'].map((format) => `apply faces.yaml --auto-approve --format ${format}`),
];

describe('what a CI system would carry out', () => {
  it.each(commands)('stands in no line of %s', async (command) => {
    const { run } = await open();
    const { stdout, stderr } = await run(command.split(' '));
    for (const text of [stdout, stderr]) {
      expect(text).not.toMatch(/^\s*::/m);
      expect(text).not.toMatch(/##[\w.-]*\[/);
    }
  });

  it('comes back as it was from JSON', async () => {
    const { run } = await open();
    const { stdout } = await run(['plan', 'faces.yaml', '--format', 'json']);
    const labels = listOf(JSON.parse(stdout), 'resource_changes').map((change) => String(memberOf(change, 'index')));
    for (const login of hostile) expect(labels.some((index) => index.endsWith(`/mobile/${login}`))).toBe(true);
  });

  it('is in an annotation of validate no command of its own', async () => {
    const { run, write } = await open();
    await write('wrong.yaml', `version: 1\nenrollments: [{ user: a, flow: "x\\n::error::b ##[add-mask]c" }]\n`);
    const { stdout } = await run(['validate', 'wrong.yaml', '--format', 'github']);
    expect(stdout.match(/^::/gm)).toHaveLength(1);
    expect(stdout).not.toContain('##[');
  });
});
