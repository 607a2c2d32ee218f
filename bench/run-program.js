import { fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { usersFile } from './files.js';
import { median } from './measure.js';

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const pollMs = 10;

/** The built program. */
export const faceform = file('../dist/bin.js');

export const pace = ['--concurrency', '32', '--quiet'];
export const unlimited = [...pace, '--requests-per-second', '1000000'];
/** The loop does not wait for the tenant to settle, nor do these. */
export const applyArgs = (users) => ['apply', usersFile(users), '--auto-approve', '--settle', '0s', ...unlimited];

/**
 * Runs Node with these arguments to its end, in this directory where one is given.
 *
 * @returns wall time and processor time in milliseconds, the peak of resident memory in megabytes (0 where the system does
 *   not tell), and what it printed.
 */
export async function runNode(args, environment = {}, cwd = undefined) {
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, NO_COLOR: '1', ...environment } });
  let output = '';
  let peakMb = 0;
  let cpuMs = 0;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const poll = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid));
    cpuMs = Math.max(cpuMs, cpuOf(child.pid));
  }, pollMs);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(poll);
  return { ms: performance.now() - start, peakMb, cpuMs, code, output };
}

/** Linux keeps the peak itself, so that asking now and then is enough. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** What Linux has counted of the processors by now, in steps of 10 milliseconds. */
function cpuOf(pid) {
  try {
    const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 13);
    return (Number(user) + Number(system)) * 10;
  } catch {
    return 0;
  }
}

/**
 * A tenant in a process of its own. `calls` tells how many of each kind came since it was asked last, and forgets;
 * `busy` tells as well how many milliseconds passed from the first to the last.
 */
export async function openTenant({ users, faces = 'enrolled', latencyMs = 0, perSecond = 0 }) {
  const child = fork(file('tenant.js'), [users, faces, latencyMs, perSecond].map(String));
  const told = () => new Promise((resolve) => child.once('message', resolve));
  const { url } = await told();
  const ask = () => {
    child.send('calls');
    return told();
  };
  return {
    url,
    environment: { FACEFORM_TENANT_URL: url, FACEFORM_APPLICATION_ID: 'bench', FACEFORM_SHARED_SECRET: 'bench' },
    calls: async () => (await ask()).calls,
    busy: ask,
    close: () => child.kill(),
  };
}

/** How long one call after the other takes, in milliseconds: a timer of 20 ms takes longer than that. */
export async function latencyOf(tenant) {
  const times = [];
  for (let call = 0; call < 20; call += 1) {
    const start = performance.now();
    await (await fetch(`${tenant.url}/api/web/v1/settings/general`)).text();
    times.push(performance.now() - start);
  }
  await tenant.calls();
  return median(times);
}

/** Runs the loop that makes the same calls; with `overlapped` it reads faces while it still asks for pages. */
export function runReference(tenant, calls, order = 'in turn') {
  return runNode([file('reference.js'), tenant.url, JSON.stringify(calls), order]);
}

/** Runs the program, and demands that it went well. */
export async function run(args, tenant) {
  const ran = await runNode([faceform, ...args], tenant?.environment);
  if (ran.code !== 0) throw new Error(`faceform ${args[0]} ended with ${ran.code}: ${ran.output.slice(-500)}`);
  return ran;
}
