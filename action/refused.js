// Fails where `apply` would refuse the saved plan, so that a pull request is red before it is merged.
// Arguments: the saved plan.
import { readFileSync } from 'node:fs';

const plan = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const overspent = plan.x_budgets.filter(
  ({ budget, used, allowed }) => used > allowed && plan.x_acknowledged[budget] !== used,
);
const reasons = [
  ...overspent.map(({ budget, used, limit }) => `${used} of the ${budget} budget, whose limit is ${limit}`),
  ...(plan.x_protected.length === 0 ? [] : [`changes of protected users (${plan.x_protected.length})`]),
];
if (reasons.length > 0) {
  console.log(
    `::error title=apply would refuse this plan::It asks for ${reasons.join('; ')}. See the plan for what to do.`,
  );
  process.exitCode = 1;
}
