import { isObject, type Members, type Value } from '../edit/value.ts';
import { members } from '../generated/check-enrollments.generated.ts';

type Kind = 'text' | 'word' | 'boolean' | 'list';

/** How the text of a cell becomes a value; what is not here is text. */
const kinds: Readonly<Record<string, Kind>> = {
  flow: 'word',
  state: 'word',
  missingUsers: 'word',
  enabled: 'boolean',
  'activation.email': 'boolean',
  'activation.qrCode': 'boolean',
  replaceOn: 'list',
};

const nested: Readonly<Record<string, readonly string[]>> = { activation: members.activation, token: members.token };

/** Properties of an entry that a column or a constant can give, but for annotations, which have any name. */
export const properties: readonly string[] = members.entry.flatMap((name) =>
  name === 'annotations' ? [] : (nested[name]?.map((inner) => `${name}.${inner}`) ?? [name]),
);

export function isProperty(name: string): boolean {
  return properties.includes(name) || /^annotations\../s.test(name);
}

/** Sorts properties as the format lists them; annotations come last, in the order given. */
export function rankOf(property: string): number {
  const at = properties.indexOf(property);
  return at === -1 ? properties.length : at;
}

/** The value that a text stands for. What the format does not allow stays as it is, for the schema to refuse. */
export function valueFor(property: string, text: string): Value {
  const kind = kinds[property] ?? 'text';
  switch (kind) {
    case 'text':
      return text;
    case 'word':
      return text.toLowerCase();
    case 'boolean':
      return /^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text;
    case 'list':
      return text.split(/[\s,;|]+/).map((item) => item.toUpperCase());
  }
}

/** The members with a property put in; `annotations.ticket` goes into the inner mapping. */
export function withProperty(entry: Members, property: string, value: Value): Members {
  const dot = property.indexOf('.');
  if (dot === -1) return { ...entry, [property]: value };
  const outer = property.slice(0, dot);
  const inner = entry[outer];
  const old = isObject(inner) ? inner : {};
  return { ...entry, [outer]: { ...old, [property.slice(dot + 1)]: value } };
}
