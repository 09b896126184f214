/** A compose file and what it says, read at build time (scripts/scenario-plugin.ts). */
declare module '*.compose.yaml?scenario' {
  const herd: {
    readonly source: string;
    readonly ready: {
      readonly scenario: import('./sim/model/scenario.ts').Scenario;
      readonly notes: readonly string[];
    };
  };
  export default herd;
}
