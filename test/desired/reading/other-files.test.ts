import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diagnosticsText, palette } from '../../../src/report/index.ts';
import { codes, directoryOf, loadBytes, loadText } from '../../support/desired/load-files.ts';

const secret = 'hunter2';

describe('a file that is not one of enrollments', () => {
  it.each([
    ['a Git config', `[core]\n\tbare = false\n[http "https://x"]\n\textraheader = AUTHORIZATION: basic ${secret}\n`],
    ['a variable', `export PASSWORD=${secret}: 'x\n`],
    ['broken JSON', `{ "version": 3, "password": "${secret}", }}`],
    ['a tag', `password: !${secret} x\n`],
    ['an alias', `password: *${secret}\n`],
    ['an anchor', `a: &${secret} 1\nb: *x\n`],
    ['a directive', `%${secret} 1\n---\na: 1\n`],
    ['an escape', `a: "\\${secret}"\n`],
    ['a block header', `a: |${secret}\n  x\n`],
    ['a duplicate', `${secret}: 1\n${secret}: 2\n`],
    ['a comment', `# ${secret}\nservices: 1 # ${secret}\n`],
    ['a name', `${secret}: 1\n`],
    ['a name in JSON', `{ "${secret}": { "x": 1 } }`],
    ['a list', `- ${secret}: 1\n`],
    ['text', `${secret}\n`],
    ['a second document', `a: 1\n---\n${secret}: 1\n`],
    ['a version of its own', `version: "3"\nservices: { db: ${secret} } # ${secret}\n`],
    ['version 1 of something else', `version: 1\nsmtp:\n  password: ${secret}: x\n`],
    ['version 1 with a property that is unknown', `version: 1\nsmtp: { password: ${secret} } # ${secret}\n`],
    ['version 1 with a name in it', `version: 1\n${secret}: 1\n`],
    ['version 1 with a duplicate', `version: 1\n${secret}: 1\n${secret}: 2\n`],
    ['version 1 with a schema', `$schema: x\nversion: 1\n${secret}: *x\n`],
    ['a deep one', `${'['.repeat(80)}"${secret}"${']'.repeat(80)}\n`],
    ['a known name', `tenant: { url: [${secret}], "${secret}": 1 } # ${secret}\n`],
  ])('is named with the place, and none of its text: %s', async (_, text) => {
    const workingDirectory = await directoryOf({ 'elsewhere/secret': text });
    await symlink(join('elsewhere', 'secret'), join(workingDirectory, 'x.yaml'));
    const { diagnostics } = await loadBytes('', { paths: ['x.yaml'], workingDirectory });
    expect(diagnostics).not.toEqual([]);
    expect(diagnostics.every(({ range, snippet }) => range !== undefined && snippet === undefined)).toBe(true);
    expect(diagnosticsText(diagnostics, palette('plain')) + JSON.stringify(diagnostics)).not.toContain(secret);
  });

  it('says which of its names are almost those of the format', async () => {
    const { diagnostics } = await loadText(`enrolments: []\n${secret}: 1\n`);
    expect(diagnostics.map(({ summary }) => summary)).toEqual([
      expect.stringContaining('version'),
      expect.stringContaining("'enrolments'"),
      expect.not.stringContaining(secret),
    ]);
  });
});

describe('broken YAML that was meant as enrollments', () => {
  it.each([
    ['version: 1\nscope: a: b\n', 'scope: a: b'],
    ['"enrollments":\nx: a: b\n', 'x: a: b'],
    ["x: a: b\r\n'version': 1 # ours\r\n'defaults': {}\r\n", 'x: a: b'],
    ['{ "enrollments": [] ]', '{ "enrollments": [] ]'],
    ['version: 1\ntenant: {}\nx: *nobody\n', 'x: *******'],
  ])('is shown: %j', async (text, line) => {
    const loaded = await loadText(text);
    expect(codes(loaded)).toContain('YAML_SYNTAX');
    expect(loaded.diagnostics.map(({ snippet }) => snippet?.code)).toContain(line);
  });
});
