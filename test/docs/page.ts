/** A fenced block, with what the comment just before it says: `<!-- file: users.yaml -->`, `<!-- exits 2 -->`,
 * `<!-- answers yes -->` on a terminal, `<!-- run by test/package.test.ts -->`. */
export interface Block {
  readonly language: string;
  readonly text: string;
  readonly note: string;
}

const fence = /^(?:<!-- ([^\n]*) -->\n\n)?```(\w+)\n(.*?)^```$/gms;

export function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(fence)].map(([, note = '', language = '', text = '']) => ({ language, text, note }));
}

/** What to do for a page, in its order. */
export type Step =
  | { readonly step: 'write'; readonly file: string; readonly text: string }
  | {
      readonly step: 'run';
      readonly commands: string;
      readonly exits: number;
      readonly answer?: string;
      readonly prints?: string;
    };

/** Commands are followed by what they print, where the page shows it. Those that another test runs are left to it. */
export function stepsOf(page: string): readonly Step[] {
  const blocks = blocksOf(page);
  return blocks.flatMap(({ language, text, note }, at): readonly Step[] => {
    const [, file] = /^file: (.+)$/.exec(note) ?? [];
    if (file !== undefined) return [{ step: 'write', file, text }];
    if (language !== 'sh' || note.startsWith('run by ')) return [];
    const next = blocks[at + 1];
    const prints = next?.language === 'text' && next.note === '' ? { prints: next.text } : {};
    const [, answer] = /^answers (\w+)$/.exec(note) ?? [];
    const answered = answer === undefined ? {} : { answer };
    return [
      { step: 'run', commands: text, exits: Number(/^exits (\d+)$/.exec(note)?.[1] ?? 0), ...answered, ...prints },
    ];
  });
}

/** Where a page links to inside the project: the file, and the heading if there is one. */
export function linksOf(page: string): readonly { readonly file: string; readonly anchor: string }[] {
  return [...page.matchAll(/\]\((?!https?:)([^)#]*)#?([^)]*)\)/g)].map(([, file = '', anchor = '']) => ({
    file,
    anchor,
  }));
}

/** The anchors that GitHub gives to the headings of a page. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const headings = [...page.replaceAll(fence, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  const anchor = (heading: string): string =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
  return new Set(headings.map(anchor));
}
