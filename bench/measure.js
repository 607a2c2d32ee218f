import { spawnSync } from 'node:child_process';

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function quickest(values) {
  return Math.min(...values);
}

/** Runs it so many times: the median of the times, the greatest of the peaks. */
export async function timed(runs, run) {
  const rounds = [];
  for (let round = 0; round < runs; round += 1) rounds.push(await run());
  return { ms: median(rounds.map(({ ms }) => ms)), peakMb: Math.max(...rounds.map(({ peakMb }) => peakMb)) };
}

/** Runs a command that is not ours. Throws where it fails. */
export function runCommand(command, args, options = {}) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr.slice(-500)}`);
  return { ms: performance.now() - start, output: stdout };
}

export function isInstalled(command) {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

/** Of seconds. */
export const hours = (taken) => `${Math.floor(taken / 3600)} h ${Math.round((taken % 3600) / 60)} min`;

/** Of milliseconds. */
export const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

export const factor = (value) => `${value.toFixed(2)} x`;
