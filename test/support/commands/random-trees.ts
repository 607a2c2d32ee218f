import fc from 'fast-check';

export const logins = ['amy', 'bob', 'cyd', 'dan', 'eve', 'fay'] as const;
export const fileNames = ['a.yaml', 'b.yaml', 'teams/c.yaml', 'teams/faceform.yaml'] as const;

interface Wish {
  readonly login: (typeof logins)[number];
  readonly file: (typeof fileNames)[number];
  readonly by: 'login' | 'alias' | 'externalId';
  readonly rest: string;
}

/** What the files ask for, each user once, under one of their names. */
export const treeArb = fc.record({
  wishes: fc.uniqueArray(
    fc.record({
      login: fc.constantFrom(...logins),
      file: fc.constantFrom(...fileNames),
      by: fc.constantFrom('login', 'login', 'alias', 'externalId'),
      rest: fc.constantFrom(
        'flow: mobile',
        'flow: mobile, enabled: false',
        'flow: web, applicantId: APP',
        'state: absent',
      ),
    }),
    { selector: ({ login }) => login },
  ) satisfies fc.Arbitrary<readonly Wish[]>,
  head: fc.constantFrom('', '', '', 'unmatched: disable\n', 'defaults: { enabled: false }\n'),
  owner: fc.constantFrom('', '', 'owner: team\n'),
  scope: fc.constantFrom('', '', 'scope: { users: group, group: Staff, onRemove: delete }\n'),
});
export type Tree = typeof treeArb extends fc.Arbitrary<infer T> ? T : never;

const userOf = {
  login: (name: string) => `user: ${name}`,
  alias: (name: string) => `user: ${name}.alias`,
  externalId: (name: string) => `externalId: E-${name}`,
};

export function textOf(file: string, { wishes, head, owner, scope }: Tree): string {
  const entries = wishes
    .filter((wish) => wish.file === file)
    .map(({ login, by, rest }) => `  - { ${userOf[by](login)}, ${rest.replace('APP', `app-${login}`)} }\n`);
  const top = file === 'a.yaml' ? `${head}${scope}budgets: { delete: 99, disable: 99 }\n` : '';
  const own = file === 'teams/faceform.yaml' ? owner : '';
  return `version: 1\n${top}${own}enrollments:${entries.length === 0 ? ' []' : ''}\n${entries.join('')}`;
}

/** Users whom the files may name, in the group of the scope. */
export const users = logins.map((login) => ({
  login,
  aliases: [`${login}.alias`],
  externalId: `E-${login}`,
  email: `${login}@example.com`,
  groups: ['Staff'],
}));
