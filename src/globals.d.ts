/** A compose file and what it says, read at build time (scripts/scenario-plugin.ts); without the latter in the embed, which has the reader. */
declare module '*.compose.yaml?scenario' {
  const herd: {
    readonly source: string;
    readonly ready?: {
      readonly scenario: import('./sim/model/scenario.ts').Scenario;
      readonly notes: readonly string[];
    };
  };
  export default herd;
}

/** The same herd after its first seconds, as a picture without words. */
declare module '*.compose.yaml?still' {
  const still: import('./viz/stage/ops.ts').DisplayList;
  export default still;
}
