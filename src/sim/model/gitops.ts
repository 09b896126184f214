/** What an agent that compares the cluster with git knows. Replaced, never changed in place. */
export interface GitOps {
  /** Commits to the file, and those that were applied. */
  readonly commits: number;
  readonly applied: number;
  /** Journal entry since which live objects differ from what was applied, -1 = Synced. */
  readonly outOfSync: number;
}

export const inSync = (): GitOps => ({ commits: 0, applied: 0, outOfSync: -1 });
