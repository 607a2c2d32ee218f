import { describe, expect, it } from 'vitest';
import { given } from '../../src/model/values/given.ts';

interface Note {
  readonly text: string;
  readonly title?: string;
  readonly pinned?: boolean;
}

describe('an object of given properties', () => {
  it('lacks those that are undefined, and has the others in the order in which they are spelled', () => {
    const note = given<Note>({ title: undefined, pinned: false, text: '' });
    expect(Object.entries(note)).toEqual([
      ['pinned', false],
      ['text', ''],
    ]);
  });

  it('does not compile where a property is forgotten, unknown, or undefined though it is required', () => {
    // @ts-expect-error `pinned` is forgotten
    given<Note>({ text: '', title: undefined });
    // @ts-expect-error `text` is required
    given<Note>({ text: undefined, title: undefined, pinned: undefined });
    // @ts-expect-error there is no `subject`
    given<Note>({ text: '', title: undefined, pinned: undefined, subject: '' });
  });
});
