import { plain } from './text/escape.ts';

/** What an import has made of a file. */
export interface ImportCounts {
  readonly file: string;
  readonly counts: Readonly<Record<'added' | 'changed' | 'same' | 'notListed', number>>;
}

/** One line for each file, and how to end the access of those who are not in the list. */
export function importText(files: readonly ImportCounts[]): string {
  const lines = files.map(({ file, counts: { added, changed, same, notListed } }) => {
    const left = notListed === 0 ? '' : ` ${notListed} not in the list.`;
    return `${plain(file)}: ${added} added, ${changed} changed, ${same} unchanged.${left}\n`;
  });
  const left = files.reduce((sum, { counts }) => sum + counts.notListed, 0);
  return lines.join('') + (left === 0 ? '' : leftNote);
}

const leftNote = `Entries that are not in the list stay as they are. To end a user's access, write 'state: absent' in the entry.
`;
