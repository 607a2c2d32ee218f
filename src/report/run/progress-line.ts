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

/**
 * The same for a line that is written over itself, with a bar and the rate: `Applying [####------] 120/412 …`. What goes on
 * in a second line of the terminal could not be written over, so that a narrow one shows less.
 */
export function liveLine(
  verb: string,
  progress: readonly [done: number, total: number] | undefined,
  { seconds, width = Infinity }: { readonly seconds: number; readonly width?: number | undefined },
): string {
  const [done, total] = progress ?? [0, 0];
  const line = progressLine(verb, progress, seconds);
  const short = line.length < width ? line : `${plain(verb)}${progress === undefined ? '' : ` ${done}/${total}`}`;
  if (done === 0 || seconds < 1) return short;
  const filled = total === 0 ? barWidth : Math.floor((barWidth * done) / total);
  const bar = `${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}`;
  const rate = done / seconds;
  const whole = `${progressLine(`${verb} [${bar}]`, progress, seconds)}, ${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`;
  return whole.length < width ? whole : short;
}
