// Makes TypeScript types from the schemas of the vendor's face operations: dates as `Date`, secrets opaque.

/** @param contract the parsed schemas/face-api.json. */
export function faceApiTypes({ $defs }) {
  const schemas = Object.entries($defs).filter(([name]) => name !== 'ErrorInfo');
  const statuses = $defs.FaceAuthenticator.properties.status.enum.map((status) => `'${status}'`);
  return [
    '// Generated from schemas/face-api.json by `npm run generate`. Do not edit.',
    "import type { Secret } from '../../model/values/secret.ts';",
    '',
    '/** The statuses of a face. */',
    `export type FaceStatus = ${statuses.join(' | ')};`,
    ...schemas.flatMap(([name, schema]) => interfaceOf(name, schema)),
    '',
  ].join('\n');
}

function interfaceOf(name, { description, properties, required = [], 'x-needed': needed = [] }) {
  const isOptional = (property) => ![...required, ...needed].includes(property);
  return [
    '',
    `/** ${description} */`,
    `export interface ${name} {`,
    ...Object.entries(properties).flatMap(([property, schema]) => {
      const [mark, absent] = isOptional(property) ? ['?', ' | undefined'] : ['', ''];
      return [`  /** ${schema.description} */`, `  readonly ${property}${mark}: ${typeOf(name, schema)}${absent};`];
    }),
    '}',
  ];
}

function typeOf(owner, schema) {
  // Requests accept plain text; what the tenant sends is always a Secret.
  if (schema['x-secret']) return owner === 'FaceCreateResponse' ? 'Secret' : 'Secret | string';
  if (schema.format === 'date-time') return 'Date';
  if (schema.enum !== undefined) return 'FaceStatus';
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1);
  return schema.type === 'integer' ? 'number' : schema.type;
}
