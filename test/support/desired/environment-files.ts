/** Heads and entries of files for two environments, `staging` and `prod`. */
export const heads = `environments:
  staging: { tenant: { url: 'https://test.us.trustedauth.com', concurrency: 2 } }
  prod: { tenant: { url: 'https://acme.us.trustedauth.com' } }
`;
export const file = (...entries: readonly string[]): string =>
  `version: 1\n${heads}enrollments:${entries.length === 0 ? ' []' : ''}\n${entries.map((entry) => `  - { ${entry} }\n`).join('')}`;
export const chosen = (name: string) => ({ chosen: { name, source: '--env' } });
