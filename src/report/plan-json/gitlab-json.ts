import type { Plan } from '../../model/plan.ts';

/** The counts that GitLab shows in a merge request. */
export interface GitlabJson {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}

/**
 * As GitLab's own recipe counts Terraform's actions: a replace is a create and a delete; a disable is an update.
 *
 * @see https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsterraform
 */
export function gitlabJson({ summary }: Plan): GitlabJson {
  return {
    create: summary.create + summary.replace,
    update: summary.update + summary.disable,
    delete: summary.delete + summary.replace,
  };
}
