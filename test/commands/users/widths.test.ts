import { describe, expect, it } from 'vitest';
import { columns } from '../../../src/report/text/columns.ts';
import { openTenant } from '../../support/commands/workspace.ts';

const file = 'our teams/emea north/all users.yaml';
const text = 'version: 1\nprotect: [amy]\nenrollments:\n  - { user: amy, flow: mobile, enabled: false }\n';
const wordsOf = (shown: string): readonly string[] => shown.split(/\s+/).filter((word) => word !== '' && word !== '#');

describe.each([
  ['status', ['status']],
  ['explain', ['explain', 'amy']],
  ['doctor', ['doctor']],
])('%s on a terminal', (_, words) => {
  it.each([60, 80, 120])(
    'of %d columns ends its lines between words, and has each place in one piece',
    async (width) => {
      const users = [{ login: 'amy', faces: [{ status: 'ACTIVE' as const }] }];
      const tenant = await openTenant({ seed: { users } }, { files: { [file]: text } });
      const whole = await tenant.run([...words, file]);
      const shown = await tenant.run([...words, file], { columns: width });
      expect([shown.code, wordsOf(shown.stdout)]).toEqual([whole.code, wordsOf(whole.stdout)]);
      expect(whole.stdout.split('\n').some((line) => columns(line) > 60)).toBe(true);
      expect(shown.stdout.split('\n').filter((line) => columns(line) > width)).toEqual([]);
      const places = /our teams\/emea north\/all users\.yaml:\d+:\d+/g;
      expect(shown.stdout.match(places)).toEqual(whole.stdout.match(places));
    },
  );
});

it('explain lists errors and warnings in lines that fit', async () => {
  const rows = ['x', 'y'].map(
    (label) => `  - { user: amy, flow: mobile, label: ${label}, enabled: ${label === 'x'} }\n`,
  );
  const files = { [file]: `version: 1\nenrollments:\n${rows.join('')}` };
  const tenant = await openTenant({ seed: { users: [{ login: 'amy' }] } }, { files });
  const { stdout } = await tenant.run(['explain', 'amy', file], { columns: 60 });
  expect(stdout).toContain('\nErrors and warnings\n  Warning: ');
  expect(stdout).toContain(`  at ${file}:4:5`);
  expect(stdout.split('\n').filter((line) => columns(line) > 60)).toEqual([]);
});
