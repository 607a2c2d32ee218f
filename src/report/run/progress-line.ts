import { age } from '../text/age.ts';
import { plain } from '../text/escape.ts';

/**
 * One line of progress without a newline: `Reading 120/412 (29 %), 12 s, about 29 s left`.
 *
 * @param progress how many are done, of how many; undefined while nothing was answered yet.
 * @param seconds since the start.
 */
export function progressLine(
  verb: string,
  progress: readonly [done: number, total: number] | undefined,
  seconds: number,
): string {
  if (progress === undefined) return `${plain(verb)}: no answer yet, ${age(seconds)}`;
  const [done, total] = progress;
  const share = total === 0 ? 100 : Math.floor((100 * done) / total);
  const left = done > 0 && done < total ? `, about ${age(Math.ceil((seconds * (total - done)) / done))} left` : '';
  return `${plain(verb)} ${done}/${total} (${share} %), ${age(seconds)}${left}`;
}

const barWidth = 20;

/** The same for a line that is written over itself, with a bar and the rate: `Applying [####------] 120/412 …`. */
export function liveLine(
  verb: string,
  progress: readonly [done: number, total: number] | undefined,
  seconds: number,
): string {
  const [done, total] = progress ?? [0, 0];
  if (done === 0 || seconds < 1) return progressLine(verb, progress, seconds);
  const filled = total === 0 ? barWidth : Math.floor((barWidth * done) / total);
  const bar = `${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}`;
  const rate = done / seconds;
  return `${progressLine(`${verb} [${bar}]`, progress, seconds)}, ${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`;
}
