import { formatInstant } from '../model/instant.ts';
import type { Leaf, LeafValue } from './attribute-rows.ts';
import { quoted } from './escape.ts';

/** A value as every text form of a plan shows it, harmless on a terminal. */
export function leafText(leaf: Leaf): string {
  switch (leaf.state) {
    case 'none':
      return 'null';
    case 'known':
      return valueText(leaf.value);
    case 'unknown':
      return '(known after apply)';
    case 'masked':
      return '(sensitive)';
  }
}

function valueText(value: LeafValue): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return formatInstant(value);
  if (typeof value === 'boolean') return String(value);
  const ways = [...(value.email ? ['email'] : []), ...(value.qrCode ? ['qrCode'] : [])];
  return ways.length === 0 ? 'none' : ways.join(' + ');
}
