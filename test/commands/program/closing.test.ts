import { describe, expect, it } from 'vitest';
import { closing, whole } from '../../../src/commands/process/closing.ts';
import { rejection } from '../../support/provider/session.ts';

const done = () => Promise.resolve({ result: 'done' });
const closed = () => Promise.resolve();
const stuck = () => Promise.reject(new Error('stuck'));

describe('work that uses something', () => {
  it('keeps its result where that cannot be closed', async () => {
    expect(await closing(done, closed)).toEqual({ result: 'done' });
    const ended = await closing(done, stuck);
    expect(ended).toMatchObject({ result: 'done', problem: { message: 'stuck' } });
    expect(() => whole(ended)).toThrow('stuck');
    expect(whole(await closing(done, closed))).toBe('done');
  });

  it('tells the first of several problems', async () => {
    const inner = () => closing(done, () => Promise.reject(new Error('first')));
    expect(await closing(inner, stuck)).toMatchObject({ result: 'done', problem: { message: 'first' } });
  });

  it('tells what ended it, not what could not be closed after that', async () => {
    expect(await rejection(closing(() => Promise.reject(new Error('refused')), stuck))).toMatchObject({
      message: 'refused',
    });
  });
});
