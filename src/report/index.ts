export { age } from './age.ts';
export { applyJson, outcomeJson } from './apply-json.ts';
export { applyText } from './apply-text.ts';
export { canonicalJson, planDigest } from './canonical-json.ts';
export { count } from './count.ts';
export { diagnosticsGithub } from './diagnostics-github.ts';
export { diagnosticsSarif } from './diagnostics-sarif.ts';
export { gitlabJson } from './gitlab-json.ts';
export { planMarkdown } from './plan-markdown.ts';
export { diagnosticsText, errorText } from './diagnostics-text.ts';
export { doctorJson, doctorText } from './doctor.ts';
export { plain, quoted, toJsonText } from './escape.ts';
export { explainJson } from './explain-json.ts';
export { explainText } from './explain-text.ts';
export { exportYaml } from './export-yaml.ts';
export { planDiff } from './plan-diff.ts';
export { planJson } from './plan-json.ts';
export { planText } from './plan-text.ts';
export type { PlanView } from './plan-view.ts';
export { progressLine } from './progress-line.ts';
export { statusCsv } from './status-csv.ts';
export { statusJson } from './status-json.ts';
export { statusText } from './status-text.ts';
export { resendText } from './resend-text.ts';
export { palette, type Palette } from './style.ts';
export { validateJson, validateText } from './validation.ts';
export {
  diagnosticEvent,
  endEvent,
  eventLine,
  failureEvent,
  outcomeEvent,
  planEvents,
  startEvent,
  versionEvent,
  type RunEvent,
} from './run-events.ts';
export { budgetVerdict } from './plan-notes.ts';
