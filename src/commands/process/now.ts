import type { Instant } from '../../model/instant.ts';
import type { Surroundings } from './io.ts';

/** The instant at which the core is told that it works. */
export function nowOf({ clock }: Pick<Surroundings, 'clock'>): Instant {
  return Math.floor(clock.now() / 1000);
}
