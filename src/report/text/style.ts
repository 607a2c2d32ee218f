import type { Action } from '../../model/plan.ts';
import picocolors from 'picocolors';

export type Tone = Action | 'shorten' | 'strong' | 'faint' | 'good' | 'warning' | 'error';

/** Colours a piece of text that has been through `plain`. */
export type Palette = Readonly<Record<Tone, (text: string) => string>>;

export function palette(mode: 'color' | 'plain'): Palette {
  const colors = picocolors.createColors(mode === 'color');
  return {
    create: colors.green,
    update: colors.yellow,
    shorten: colors.magenta,
    disable: colors.magenta,
    replace: colors.red,
    delete: colors.red,
    'no-op': colors.dim,
    strong: colors.bold,
    faint: colors.dim,
    good: colors.green,
    warning: colors.yellow,
    error: colors.red,
  };
}
