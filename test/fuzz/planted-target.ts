import { BrokenLaw, type Target } from './target.ts';

/** A bug that only a way through three blocks leads to, to see whether fuzzing can fail. */
export const plantedTarget: Target = {
  form: 'bytes',
  run: (input) => {
    const [first, second, third] = Buffer.from(input).toString('latin1');
    if (first === 'Q') {
      if (second === '7') {
        if (third === '~') throw new BrokenLaw('planted\nit was found');
      }
    }
    return Promise.resolve();
  },
};
