export { adoptJson, adoptText } from './adoption.ts';
export { age } from './text/age.ts';
export { applyJson, outcomeJson, startedJson, type ApplyContext } from './run/apply-json.ts';
export { applyEndText, applyText, outcomeText } from './run/apply-text.ts';
export { canonicalJson, planDigest } from './text/canonical-json.ts';
export { diagnosticsGithub } from './diagnostics/diagnostics-github.ts';
export { diagnosticsSarif } from './diagnostics/diagnostics-sarif.ts';
export { failureJson } from './diagnostics/failure-json.ts';
export { gitlabJson } from './plan-json/gitlab-json.ts';
export { planMarkdown } from './plan/plan-markdown.ts';
export { diagnosticsText, errorText } from './diagnostics/diagnostics-text.ts';
export { doctorJson, doctorText } from './doctor.ts';
export { plain, quoted, toJsonLine, toJsonText } from './text/escape.ts';
export { explainJson } from './explain/explain-json.ts';
export { explainText } from './explain/explain-text.ts';
export { exportYaml } from './export-yaml.ts';
export { importText } from './import-text.ts';
export { planDiff } from './plan/plan-diff.ts';
export { userJson } from './plan-json/face-json.ts';
export { environmentsJson, environmentsText, type EnvironmentPlan } from './environments.ts';
export { planJson } from './plan-json/plan-json.ts';
export { planText } from './plan/plan-text.ts';
export type { PlanView } from './plan/plan-view.ts';
export { liveLine, progressLine } from './run/progress-line.ts';
export { statusCsv } from './status/status-csv.ts';
export { statusJson } from './status/status-json.ts';
export { statusPrometheus } from './status/status-prometheus.ts';
export { statusText } from './status/status-text.ts';
export { resendText } from './run/resend-text.ts';
export { palette, type Palette } from './text/style.ts';
export { validateJson, validateText, type Validated } from './diagnostics/validation.ts';
export {
  diagnosticEvent,
  endEvent,
  eventAt,
  failureEvent,
  outcomeEvent,
  planEvents,
  startEvent,
  versionEvent,
  type Happening,
  type RunEvent,
} from './run/run-events.ts';
export { budgetVerdict } from './plan/plan-notes.ts';
