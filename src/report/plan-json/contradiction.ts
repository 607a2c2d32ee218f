import { faceOf, type Change, type Plan, type UpdateChange } from '../../model/plan.ts';
import { earlierEnd, spent, summarize } from '../../model/summary.ts';
import { budgetNames } from '../../model/values/budget.ts';

const counted = [
  'create',
  'update',
  'shorten',
  'disable',
  'replace',
  'delete',
  'waiting',
  'attention',
  'duplicate',
  'emails',
] as const;

/**
 * What a plan says of itself that its changes deny; undefined where all fits. The digest does not tell: whoever changes
 * a plan may write a new one. What was reviewed is the summary; what is carried out are the changes.
 */
export function contradictionIn({ changes, kept, unknown, summary, budgets, owners }: Plan): string | undefined {
  // What has no face is told apart by its key. Two faces may bear one serial number, and so be changed under one key.
  const key = firstTwice(changes.flatMap((change) => (faceOf(change) === undefined ? change.key : [])));
  if (key !== undefined) return `${JSON.stringify(key)} is in it twice`;
  const face = firstTwice(changes.flatMap((change) => faceOf(change)?.id ?? []));
  if (face !== undefined) return `two of its changes are of the face ${JSON.stringify(face)}`;
  const sums = summarize(changes, unknown.length, kept.length);
  const wrong = counted.find((name) => sums[name] !== summary[name]);
  if (wrong !== undefined) return `its summary.${wrong} is ${summary[wrong]}, and its changes come to ${sums[wrong]}`;
  const silent = changes.find((change) => isShortening(change) && change.shortens === undefined);
  if (silent !== undefined) return `its update of ${JSON.stringify(silent.key)} does not say that access ends earlier`;
  return budgetContradiction(budgets, spent(sums, changes)) ?? ownerContradiction({ changes, owners });
}

type Uses = ReturnType<typeof spent>;

/** A budget that is left out limits nothing; only updates may have none. */
function budgetContradiction(budgets: Plan['budgets'], uses: Uses, whose = ''): string | undefined {
  const use = budgets.find(({ budget, used }) => used !== uses[budget]);
  if (use !== undefined) {
    return `its ${use.budget} budget${whose} has ${use.used} used, and its changes come to ${uses[use.budget]}`;
  }
  const twice = firstTwice(budgets.map(({ budget }) => budget));
  if (twice !== undefined) return `its ${twice} budget${whose} is in it twice`;
  const listed = new Set(budgets.map(({ budget }) => budget));
  const lacking = budgetNames.find((name) => name !== 'update' && uses[name] > 0 && !listed.has(name));
  return lacking && `it has no ${lacking} budget${whose}, and its changes come to ${uses[lacking]}`;
}

/** What was reviewed of an owner's budgets must be what its changes ask, and each change must be of an owner that is told. */
function ownerContradiction({ changes, owners = [] }: Pick<Plan, 'changes' | 'owners'>): string | undefined {
  const twice = firstTwice(owners.map(({ name }) => name));
  if (twice !== undefined) return `its owner ${JSON.stringify(twice)} is in it twice`;
  const names = new Set<string | undefined>([undefined, ...owners.map(({ name }) => name)]);
  const foreign = changes.find(({ owner }) => !names.has(owner));
  if (foreign !== undefined) return `its change ${JSON.stringify(foreign.key)} is of an owner that it does not list`;
  return owners
    .map(({ name, budgets }) => {
      const own = changes.filter(({ owner }) => owner === name);
      return budgetContradiction(budgets, spent(summarize(own, 0, 0), own), ` of its owner ${JSON.stringify(name)}`);
    })
    .find((found) => found !== undefined);
}

/** Whether the change ends access earlier, whatever the plan says of it. */
export function isShortening(change: Change): change is UpdateChange {
  return change.action === 'update' && earlierEnd(change) !== undefined;
}

function firstTwice(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size);
}
