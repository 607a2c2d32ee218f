import { expect, it } from 'vitest';
import { diagnosticsSarif } from '../../src/report/diagnostics/diagnostics-sarif.ts';
import { listOf, memberOf } from '../support/commands/expectations.ts';
import { openWorkspace } from '../support/commands/workspace.ts';

const file =
  'version: 1\nenrollments:\n  - user: amy\n    flow: moble\n  - user: bob\n    flow: mobile\n    colour: red\n';

it('validate --format sarif names each rule, and each place as code scanning wants it', async () => {
  const name = 'enroll/a b#1.yaml';
  const { run } = await openWorkspace({ files: { [name]: file } });
  const { code, stdout, stderr } = await run(['validate', name, '--format', 'sarif']);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  const sarif: unknown = JSON.parse(stdout);
  expect(memberOf(sarif, 'version')).toBe('2.1.0');
  const [only, ...others] = listOf(sarif, 'runs');
  expect(others).toEqual([]);
  const rules = listOf(memberOf(memberOf(only, 'tool'), 'driver'), 'rules').map((rule) => memberOf(rule, 'id'));
  const [rule] = listOf(memberOf(memberOf(only, 'tool'), 'driver'), 'rules');
  expect(rule).toEqual({ id: 'UNKNOWN_MEMBER', shortDescription: { text: 'A member is not known.' } });
  const results = listOf(only, 'results');
  expect(results).toHaveLength(2);
  for (const result of results) {
    expect(rules[Number(memberOf(result, 'ruleIndex'))]).toBe(memberOf(result, 'ruleId'));
    expect(memberOf(result, 'level')).toBe('error');
  }
  expect(listOf(results[0], 'locations')).toEqual([
    {
      physicalLocation: {
        artifactLocation: { uri: 'enroll/a%20b%231.yaml' },
        region: { startLine: 4, startColumn: 11, endLine: 4, endColumn: 16 },
      },
    },
  ]);
});

it('a valid file has no results', async () => {
  const { run } = await openWorkspace({ files: { 'a.yaml': 'version: 1\n' } });
  const { code, stdout } = await run(['validate', '--format', 'sarif']);
  expect(code).toBe(0);
  expect(listOf(listOf(JSON.parse(stdout), 'runs')[0], 'results')).toEqual([]);
});

it.each([
  ['/etc/faces/a b.yaml', 'file:///etc/faces/a%20b.yaml'],
  ['C:\\faces\\a.yaml', 'file:///C%3A/faces/a.yaml'],
  ['..\\faces\\a.yaml', '../faces/a.yaml'],
])('the file %s is found under %s', (filename, uri) => {
  const start = { line: 1, column: 1, byte: 0 };
  const words = { severity: 'error', code: 'EMPTY_FILE', summary: 'the file is empty', detail: '' } as const;
  const sarif = diagnosticsSarif([{ ...words, range: { filename, start, end: start } }], '0.1.0');
  const [result] = listOf(listOf(sarif, 'runs')[0], 'results');
  const place = memberOf(listOf(result, 'locations')[0], 'physicalLocation');
  expect(memberOf(memberOf(place, 'artifactLocation'), 'uri')).toBe(uri);
});
