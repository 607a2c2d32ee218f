// Fails where `apply` would refuse the saved plan, so that a pull request is red before it is merged.
// Arguments: the saved plan.
import { readFileSync } from 'node:fs';

/** What the plan says is text from outside: a line break in it would begin the next command to the runner. */
function escaped(text) {
  return text
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0).toString(16)}}`)
    .replaceAll('##', '#\\u0023')
    .replaceAll('%', '%25');
}

/** The parser's own message would repeat the text. */
function read(file) {
  try {
    const plan = JSON.parse(readFileSync(file, 'utf8'));
    if (isPlan(plan)) return plan;
  } catch {
    // Told as any other file that is no plan.
  }
  console.log('::error title=no saved plan::The file that the input plan names is not a valid saved plan.');
  process.exit(1);
}

function isPlan(plan) {
  return (
    Array.isArray(plan?.x_budgets) &&
    plan.x_budgets.every((each) => typeof each?.budget === 'string' && typeof each.used === 'number') &&
    typeof plan.x_acknowledged === 'object' &&
    plan.x_acknowledged !== null &&
    Array.isArray(plan.x_protected)
  );
}

const plan = read(process.argv[2]);
const overspent = plan.x_budgets.filter(
  ({ budget, used, allowed }) => used > allowed && plan.x_acknowledged[budget] !== used,
);
const reasons = [
  ...overspent.map(({ budget, used, limit }) => `${used} of the ${budget} budget, whose limit is ${limit}`),
  ...(plan.x_protected.length === 0 ? [] : [`changes of protected users (${plan.x_protected.length})`]),
];
if (reasons.length > 0) {
  const message = `It asks for ${reasons.join('; ')}. See the plan for what to do.`;
  console.log(`::error title=apply would refuse this plan::${escaped(message)}`);
  process.exitCode = 1;
}
