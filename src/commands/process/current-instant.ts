import { instantFromMs, type Instant } from '../../model/instant.ts';
import type { Surroundings } from './io.ts';

/** What the clock says now, as everything but waiting and measuring uses it. */
export function currentInstant({ clock }: Pick<Surroundings, 'clock'>): Instant {
  return instantFromMs(clock.now());
}
