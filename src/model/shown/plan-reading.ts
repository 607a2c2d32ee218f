/** Of whom a plan has read the faces, and why of these. Counts are of users. */
export interface PlanReading {
  /**
   * - `full`: everybody whom the files name and the scope brings in.
   * - `changed-since`: those whose entries differ from those of another commit.
   * - `target`: those whom flags chose.
   */
  readonly mode: 'full' | 'changed-since' | 'target';
  /** As given, where a plan of changed entries was asked for. */
  readonly ref?: string | undefined;
  /** The commit that the files were compared with. */
  readonly mergeBase?: string | undefined;
  readonly usersRead: number;
  /** Distinct names in the files, of all shards. */
  readonly usersInFiles: number;
  /** Of those in the files, how many the plan says nothing of. */
  readonly usersLeftOut: number;
  /** Why everybody was read though only changed entries were asked for. */
  readonly reason?: string | undefined;
}
