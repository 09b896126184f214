/** A setting of a herd that a person may turn: a key of the scenario's file, and who owns it. */
export const OWNERS = ['traffic', 'app', 'platform', 'balancer', 'stores'] as const;
export type Owner = (typeof OWNERS)[number];

export interface Dial {
  readonly owner: Owner;
  readonly label: string;
  /** Key of the compose file: `services.app.x-paddock.boot`. */
  readonly path: string;
  /** As written in the file. */
  readonly value: string;
  readonly turns:
    | { readonly kind: 'choice'; readonly options: readonly string[] }
    | {
        readonly kind: 'range';
        readonly min: number;
        readonly max: number;
        readonly step: number;
        readonly unit: 'ms' | 's' | '' | '/s';
      };
  /** True = takes effect while the herd runs, as a redeploy would; false = the run begins again with it. */
  readonly live: boolean;
  /** Wraps the number of a range in what the key wants: `{ exponential: # }`. */
  readonly form?: string;
}
