import type { Plan } from '../../../src/model/plan.ts';
import { planJson } from '../../../src/report/plan-json/plan-json.ts';
import { readPlan } from '../../../src/report/plan-json/read-plan.ts';
import { now } from './world.ts';

/** The plan as it comes back from a file. */
export function savedAndRead(plan: Plan): Plan {
  const context = { toolVersion: '0.1.0', now, acknowledged: {}, pace: {}, createApi: 'v2' } as const;
  const reading = readPlan(JSON.stringify(planJson(plan, context, 'omit')));
  if (reading.state === 'unfit') throw new Error(`the saved plan cannot be read: ${reading.found}`);
  return reading.saved.plan;
}
