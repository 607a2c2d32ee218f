import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const directory = mkdtempSync(join(tmpdir(), 'faceform-bench-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

/** Writes a file with so many entries of six lines each, `step` users apart. */
export function usersFile(count, step = 1) {
  const path = join(directory, `users-${count}-${step}.yaml`);
  const entries = Array.from(
    { length: count },
    (_, index) =>
      `  - user: user${index * step}\n    flow: mobile\n    lifetime: 365d\n` +
      `    annotations:\n      ticket: HR-${index}\n      team: blue\n`,
  );
  writeFileSync(path, `version: 1\nbudgets: { email: ${count} }\nenrollments:\n${entries.join('')}`);
  return path;
}

/** An empty directory, which goes with the others. */
export function scratchDirectory() {
  return mkdtempSync(join(directory, 'scratch-'));
}

/** Writes as many resources that make no call, for Terraform to plan. */
export function terraformDirectory(count) {
  const path = scratchDirectory();
  const users = Array.from({ length: count }, (_, index) => `{"user":"user${index}","flow":"mobile"}`);
  writeFileSync(join(path, 'users.json'), `[${users.join(',')}]`);
  writeFileSync(
    join(path, 'main.tf'),
    'resource "terraform_data" "face" {\n' +
      '  for_each = { for each in jsondecode(file("users.json")) : each.user => each }\n  input    = each.value\n}\n',
  );
  return path;
}
