/**
 * Commands as objects. `src/commands` turns console lines into these and back; a run carries them out.
 * A command that cannot be carried out is answered with the reason, in the words of the tool it imitates.
 */
import type { Scenario } from './scenario.ts';
import type { RestartPolicy } from './upkeep.ts';

/**
 * Which containers a command means: names, or the containers that a `docker ps -q --filter name=…` would list then;
 * with `all` (`-a`) those too that do not run.
 */
export type Targets =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'filter'; readonly substring: string; readonly all?: true };

export type Command =
  | {
      readonly verb: 'kill';
      readonly tool: 'docker' | 'compose';
      readonly targets: Targets;
      readonly signal: string;
    }
  /** `tool: 'compose'`: the names are services, none = all of them. */
  | {
      readonly verb: 'stop';
      readonly tool?: 'compose';
      readonly targets: Targets;
      readonly timeoutMs: number | null;
    }
  | { readonly verb: 'start'; readonly tool?: 'compose'; readonly targets: Targets }
  /** `timeoutMs`: null = each container's own grace period. */
  | {
      readonly verb: 'restart';
      readonly tool: 'docker' | 'compose';
      readonly targets: Targets;
      readonly timeoutMs: number | null;
    }
  | { readonly verb: 'rm'; readonly targets: Targets; readonly force: boolean; readonly volumes: boolean }
  /** `docker run -d`: one more container of the service that has this image; `restart: null` = the service's own policy. */
  | {
      readonly verb: 'run';
      readonly image: string;
      readonly name: string | null;
      readonly restart: RestartPolicy | null;
      readonly restartMax: number;
    }
  /** `docker update`: what is null or unset stays as it is. `memoryMb` is in MB of 1024² bytes. */
  | {
      readonly verb: 'update';
      readonly targets: Targets;
      readonly restart: RestartPolicy | null;
      readonly restartMax: number;
      readonly memoryMb?: number;
    }
  /** A line run inside a container by its shell. */
  | { readonly verb: 'exec'; readonly target: string; readonly argv: readonly string[] }
  /** `quiet` = names only; `name` = what a name has to contain (S-28). */
  | { readonly verb: 'ps'; readonly all: boolean; readonly quiet?: true; readonly name?: string }
  | { readonly verb: 'logs' | 'diff' | 'inspect'; readonly target: string }
  /** `docker service scale shop_app=5`; `service` may carry the project prefix. */
  | { readonly verb: 'service-scale'; readonly service: string; readonly replicas: number }
  | {
      readonly verb: 'service-update';
      readonly service: string;
      readonly image: string | null;
      readonly force: boolean;
    }
  | { readonly verb: 'service-rollback'; readonly service: string }
  | {
      readonly verb: 'compose-up';
      readonly scale: Readonly<Record<string, number>>;
      readonly forceRecreate: boolean;
      readonly renewAnonVolumes: boolean;
      /** `--pull always`: images are fetched first, and one that has moved recreates. */
      readonly pull?: 'always';
      /** `--no-recreate`: what is out of date stays as it is (S-33). */
      readonly noRecreate?: true;
      /** Without `-d` the tool stays with the containers, and takes them along when it is stopped (S-42). */
      readonly attached?: true;
    }
  | { readonly verb: 'compose-down'; readonly volumes: boolean }
  | { readonly verb: 'crash' | 'hang' | 'resume' | 'oom'; readonly targets: Targets }
  | { readonly verb: 'fill-disk'; readonly targets: Targets; readonly forMs: number | null }
  | { readonly verb: 'slow'; readonly targets: Targets; readonly factor: number }
  | { readonly verb: 'lose-host' | 'reboot-host'; readonly host: string }
  | { readonly verb: 'evict'; readonly target: string; readonly to: string }
  /** Parts are `users`, `balancer`, or the name of a container, a store or a host. */
  | { readonly verb: 'partition'; readonly a: string; readonly b: string; readonly forMs: number | null }
  /** Null = every partition. */
  | { readonly verb: 'heal'; readonly between: readonly [string, string] | null }
  | {
      readonly verb: 'kubectl-get';
      readonly resource: 'pods' | 'deployments' | 'nodes' | 'hpa';
      readonly wide: boolean;
      /** Only these. */
      readonly names?: readonly string[];
    }
  /** Pods by name, or those of a deployment by its label (`app=shop-app`; '' = all). `graceMs` null = the pod's own. */
  | {
      readonly verb: 'kubectl-delete-pod';
      readonly pods: readonly string[];
      readonly selector: string | null;
      readonly force: boolean;
      readonly graceMs: number | null;
    }
  /** `deployment` may be a service's name with or without the project before it. */
  | { readonly verb: 'kubectl-scale'; readonly deployment: string; readonly replicas: number }
  | {
      readonly verb: 'kubectl-rollout';
      readonly action: 'restart' | 'undo' | 'pause' | 'resume';
      readonly deployment: string;
      /** `undo` only; null = the one before. */
      readonly toRevision: number | null;
    }
  | { readonly verb: 'kubectl-rollout-status'; readonly deployment: string }
  | {
      readonly verb: 'kubectl-rollout-history';
      readonly deployment: string;
      /** The template of this one; null = the list. */
      readonly revision: number | null;
    }
  | {
      readonly verb: 'kubectl-set-image';
      readonly deployment: string;
      /** Container of the pod, which is called as its service; `*` = all. */
      readonly container: string;
      readonly image: string;
    }
  | { readonly verb: 'kubectl-node'; readonly action: 'cordon' | 'uncordon' | 'drain'; readonly node: string }
  | { readonly verb: 'kubectl-exec'; readonly pod: string; readonly argv: readonly string[] }
  | {
      readonly verb: 'store';
      readonly store: string;
      readonly action: StoreAction;
      readonly forMs: number | null;
      readonly signal: string;
      /** Of `slow`: times slower; 50 unless given. */
      readonly factor?: number;
    }
  | { readonly verb: 'balancer'; readonly action: 'drain' | 'maint' | 'ready'; readonly targets: Targets }
  | { readonly verb: 'balancer-reload' }
  /** `paddock deploy`: a roll-out under way, or (undo) the last one; `service: null` = the herd's. */
  | {
      readonly verb: 'deploy';
      readonly action: 'pause' | 'resume' | 'abort' | 'undo';
      readonly service: string | null;
    }
  /** `paddock drift`: no names = the whole herd. */
  | { readonly verb: 'drift'; readonly targets: Targets }
  /** `docker push`: another build under a name; `like` = the version that it behaves as, null = the same as before. */
  | { readonly verb: 'push'; readonly image: string; readonly like: string | null }
  /** `paddock migrate`: the database goes back to a schema that it had. */
  | { readonly verb: 'migrate'; readonly schema: string }
  /** The value of a kind of state changes in its home: a secret, a configuration, the source of a cache. */
  | { readonly verb: 'rotate'; readonly of: 'cache' | 'config' | 'secrets'; readonly revokeAfterMs: number }
  /**
   * `paddock set KEY=VALUE…`. Parsing is not the run's business: whoever holds the compose source fills in the scenario
   * that results (`scenario: null` is answered as a refusal). It takes effect as a redeploy would.
   */
  | {
      readonly verb: 'set';
      readonly assignments: readonly string[];
      readonly scenario: Scenario | null;
      /** `--no-deploy`: the file is changed and nobody is told. */
      readonly held?: true;
    };

export type StoreAction =
  'down' | 'up' | 'pause' | 'kill' | 'restart' | 'fill' | 'slow' | 'power-off' | 'failover';

export type Verb = Command['verb'];

/** What the tool printed. `ok: false` = refused; nothing changed. */
export interface Answer {
  readonly ok: boolean;
  readonly text: string;
}
