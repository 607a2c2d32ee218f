import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchDirectory, terraformDirectory } from './files.js';
import { runCommand } from './measure.js';

/** Plans resources that make no call at all; the time of `terraform init` does not count. */
export function terraformPlan(users) {
  const cwd = terraformDirectory(users);
  runCommand('terraform', ['init', '-input=false'], { cwd });
  return runCommand('terraform', ['plan', '-input=false', '-out=plan.bin'], { cwd });
}

const idOf = (index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

function facesUrls(tenant, users) {
  return Array.from({ length: users }, (_, index) => `${tenant.url}/api/web/v1/users/${idOf(index)}/faces`);
}

/** What a script does: 32 curls at once, and jq over what they bring. Reads the faces alone, the ids are given. */
export function shellScript(tenant, users) {
  const list = join(scratchDirectory(), 'urls');
  writeFileSync(list, `${facesUrls(tenant, users).join('\n')}\n`);
  const one = 'curl -s -H "Authorization: Bearer token" "$1" | jq -c ".[] | {id, status, expiry}"';
  return runCommand('sh', ['-c', `xargs -P 32 -n 1 sh -c '${one}' one < "${list}" | wc -l`]);
}

/** One curl, 32 transfers at once. */
export function parallelCurl(tenant, users) {
  const config = join(scratchDirectory(), 'curl');
  writeFileSync(
    config,
    facesUrls(tenant, users)
      .map((url) => `url = "${url}"\noutput = "-"\n`)
      .join(''),
  );
  const args = ['-s', '-Z', '--parallel-max', '32', '-H', 'Authorization: Bearer token', '-K', config];
  return runCommand('curl', args);
}

/** A playbook with the uri module in a loop. */
export function ansiblePlaybook(tenant, users) {
  const playbook = join(scratchDirectory(), 'playbook.yaml');
  const loop = facesUrls(tenant, users).map((url) => `        - ${url}\n`);
  writeFileSync(
    playbook,
    '- hosts: localhost\n  gather_facts: false\n  tasks:\n    - uri:\n        url: "{{ item }}"\n' +
      `        headers: { Authorization: Bearer token }\n      loop:\n${loop.join('')}`,
  );
  return runCommand('ansible-playbook', ['-i', 'localhost,', '-c', 'local', playbook]);
}
