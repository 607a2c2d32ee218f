import { compact, isObject, type Members, type Value } from './value.ts';
import { yamlText } from '../../model/values/yaml-text.ts';

/** How a mapping or list is written: on one line, as YAML or so that it is JSON too; or a member on each line. */
export type Style = 'flow' | 'json' | 'block';

/** A value on one line. */
export function valueText(value: Value, style: Style): string {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return style === 'json' ? JSON.stringify(value) : yamlText(value);
  if (!isObject(value)) return `[${value.map((item) => valueText(item, style)).join(', ')}]`;
  const members = Object.entries(compact(value)).map(([name, inner]) => memberText(name, inner, style));
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** `name: value` on one line. */
export function memberText(name: string, value: Value, style: Style): string {
  return `${valueText(name, style)}: ${valueText(value, style)}`;
}

/** An entry as an item of a list, without the dash. @param indent of its members, in block style. */
export function entryText(entry: Members, style: Style, indent: string, newline: string): string {
  const members = compact(entry);
  if (style !== 'block') return valueText(members, style);
  return Object.entries(members)
    .map(([name, value]) => memberText(name, value, style))
    .join(`${newline}${indent}`);
}

/** A new value in the quotes of the old one, where it can stand in them. */
export function quotedLike(old: string, value: Value, style: Style): string {
  if (typeof value !== 'string') return valueText(value, style);
  if (old.startsWith('"')) return valueText(value, style).startsWith('"') ? yamlText(value) : JSON.stringify(value);
  const isPrintable = /^[ -~\u00c0-\u024f]*$/.test(value) && !value.includes('##');
  return old.startsWith("'") && isPrintable ? `'${value.replaceAll("'", "''")}'` : valueText(value, style);
}
