import { judge } from '../../src/engine/index.ts';
import { errorText, palette, planDiff, planJson, planMarkdown, planText, toJsonText } from '../../src/report/index.ts';
import { forgedPlan } from '../support/forged-plan.ts';
import { planHtml } from '../../src/report/page/plan-html.ts';
import { readPlan, type SavedPlan } from '../../src/report/plan-json/read-plan.ts';
import { BrokenLaw, demand, demandHarmless, type Target } from './target.ts';

/** Saved plans: the reader, and all that is said of a plan that it takes. */
export const planTarget: Target = {
  form: 'json',
  repair: withDigest,
  run: (input) => {
    const read = readPlan(Buffer.from(input).toString('utf8'));
    if (read.state === 'unfit') demandHarmless(errorText(read.found, read.expected, palette('plain')));
    else demandFaithful(read.saved);
    return Promise.resolve();
  },
};

function demandFaithful(saved: SavedPlan): void {
  const { plan, context } = saved;
  const written = textOf(saved);
  const again = readPlan(written);
  if (again.state === 'unfit') throw new BrokenLaw(`a plan that was read can be written and read\n${again.found}`);
  const rewritten = textOf(again.saved);
  demand(rewritten === written, 'a plan that is read and written stays the same', () => `${written}\n${rewritten}`);
  judge(plan, context.acknowledged);
  const view = { ...context, palette: palette('plain'), noops: 'list' } as const;
  demandHarmless(written);
  demandHarmless(planText(plan, view));
  demandHarmless(planMarkdown(plan, view));
  demandHarmless(planDiff(plan, context));
  demandHarmless(planHtml(plan, context, 'list'));
}

function textOf({ plan, context }: SavedPlan): string {
  return toJsonText(planJson(plan, context, 'list'));
}

/** As somebody leaves a plan who can compute a digest. */
function withDigest(input: Uint8Array): Uint8Array {
  try {
    const json: unknown = JSON.parse(Buffer.from(input).toString('utf8'));
    if (typeof json !== 'object' || json === null) return input;
    return Buffer.from(forgedPlan(json));
  } catch {
    return input;
  }
}
