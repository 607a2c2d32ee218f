import { age } from '../text/age.ts';
import { plain } from '../text/escape.ts';

/**
 * One line of progress without a newline: `Reading 120/412 (29 %), 12 s, about 29 s left`.
 *
 * @param seconds since the start.
 */
export function progressLine(verb: string, done: number, total: number, seconds: number): string {
  const share = total === 0 ? 100 : Math.floor((100 * done) / total);
  const left = done > 0 && done < total ? `, about ${age(Math.ceil((seconds * (total - done)) / done))} left` : '';
  return `${plain(verb)} ${done}/${total} (${share} %), ${age(seconds)}${left}`;
}
