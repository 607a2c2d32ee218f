import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadDesired, loadEach } from '../../../src/desired/index.ts';
import { lawRuns, lawTimeout } from '../../property-runs.ts';
import { chosen, file } from '../../support/desired/environment-files.ts';
import { directoryOf, loadText, now, presentOf } from '../../support/desired/load-files.ts';

async function requestFor(content: string) {
  const workingDirectory = await directoryOf({ 'a.yaml': content });
  const readStandardInput = () => Promise.resolve(new Uint8Array());
  const common = { paths: ['.'], workingDirectory, readStandardInput, environment: {}, tokenVariables: [], now };
  return { ...common, secrets: 'ignore' } as const;
}

describe('the laws of environments', { timeout: lawTimeout }, () => {
  const value = (staging: string, prod: string): string =>
    staging === prod ? staging : `{ staging: ${staging}, prod: ${prod} }`;
  const entryArb = fc.record({
    user: fc.integer({ min: 0, max: 1e9 }),
    in: fc.constantFrom('', 'staging', 'prod', 'staging, prod'),
    enabled: fc.tuple(fc.constantFrom('true', 'false'), fc.constantFrom('true', 'false')),
    lifetime: fc.tuple(fc.constantFrom('1d', '2d', 'policy'), fc.constantFrom('1d', '90d', 'policy')),
  });
  const entriesArb = fc.uniqueArray(entryArb, { maxLength: 8, selector: ({ user }) => user });

  it('read for one environment what a file of its values alone says, and the same for all at once', async () => {
    await fc.assert(
      fc.asyncProperty(entriesArb, async (entries) => {
        const request = await requestFor(
          file(
            ...entries.map(
              (one) =>
                `user: u${one.user}, flow: mobile, enabled: ${value(...one.enabled)}, lifetime: ${value(...one.lifetime)}` +
                (one.in === '' ? '' : `, in: [${one.in}]`),
            ),
          ),
        );
        const all = await loadEach(request);
        for (const [at, name] of (['staging', 'prod'] as const).entries()) {
          const one = await loadDesired({ ...request, ...chosen(name) });
          expect(all.states[at]?.state).toEqual(one.state);
          const alone = entries
            .filter((entry) => entry.in === '' || entry.in.includes(name))
            .map(
              (entry) =>
                `{ user: u${entry.user}, flow: mobile, enabled: ${entry.enabled[at] ?? ''}, lifetime: ${entry.lifetime[at] ?? ''} }`,
            );
          const plain = await loadText(`version: 1\nenrollments: [${alone.join(', ')}]\n`);
          const shape = (loaded: typeof plain) =>
            presentOf(loaded).map(({ key, enabled, face }) => ({ key, enabled, face }));
          expect(shape(one)).toEqual(shape(plain));
        }
      }),
      { numRuns: Math.min(lawRuns, 100) },
    );
  });
});
