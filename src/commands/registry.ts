/** Every verb of the console. Adding one is adding a file in `verbs/` and a line here. */
import type { VerbSpec } from './verb-spec.ts';
import { composeDown } from './verbs/compose-down.ts';
import { composeKill } from './verbs/compose-kill.ts';
import { composePs } from './verbs/compose-ps.ts';
import { composeRestart } from './verbs/compose-restart.ts';
import { composeStart } from './verbs/compose-start.ts';
import { composeStop } from './verbs/compose-stop.ts';
import { composeUp } from './verbs/compose-up.ts';
import { dockerDiff } from './verbs/docker-diff.ts';
import { dockerExec } from './verbs/docker-exec.ts';
import { dockerInspect } from './verbs/docker-inspect.ts';
import { dockerKill } from './verbs/docker-kill.ts';
import { dockerLogs } from './verbs/docker-logs.ts';
import { dockerPs } from './verbs/docker-ps.ts';
import { dockerRestart } from './verbs/docker-restart.ts';
import { dockerRm } from './verbs/docker-rm.ts';
import { dockerRun } from './verbs/docker-run.ts';
import { dockerStart } from './verbs/docker-start.ts';
import { dockerStop } from './verbs/docker-stop.ts';
import { dockerUpdate } from './verbs/docker-update.ts';
import { kubectlCordon } from './verbs/kubectl-cordon.ts';
import { kubectlDelete } from './verbs/kubectl-delete.ts';
import { kubectlDrain } from './verbs/kubectl-drain.ts';
import { kubectlExec } from './verbs/kubectl-exec.ts';
import { kubectlGet } from './verbs/kubectl-get.ts';
import { kubectlRollout } from './verbs/kubectl-rollout.ts';
import { kubectlScale } from './verbs/kubectl-scale.ts';
import { kubectlSetImage } from './verbs/kubectl-set-image.ts';
import { kubectlUncordon } from './verbs/kubectl-uncordon.ts';
import { paddockBalancer } from './verbs/paddock-balancer.ts';
import { paddockChangePrice } from './verbs/paddock-change-price.ts';
import { paddockCrash } from './verbs/paddock-crash.ts';
import { paddockEvict } from './verbs/paddock-evict.ts';
import { paddockFillDisk } from './verbs/paddock-fill-disk.ts';
import { paddockHang } from './verbs/paddock-hang.ts';
import { paddockHeal } from './verbs/paddock-heal.ts';
import { paddockLoseHost } from './verbs/paddock-lose-host.ts';
import { dockerPush } from './verbs/docker-push.ts';
import { paddockDrift } from './verbs/paddock-drift.ts';
import { paddockDeploy } from './verbs/paddock-deploy.ts';
import { paddockMigrate } from './verbs/paddock-migrate.ts';
import { paddockOom } from './verbs/paddock-oom.ts';
import { paddockPartition } from './verbs/paddock-partition.ts';
import { paddockRebootHost } from './verbs/paddock-reboot-host.ts';
import { paddockResume } from './verbs/paddock-resume.ts';
import { paddockRotate } from './verbs/paddock-rotate.ts';
import { paddockSet } from './verbs/paddock-set.ts';
import { paddockSlow } from './verbs/paddock-slow.ts';
import { paddockStore } from './verbs/paddock-store.ts';
import { serviceRollback } from './verbs/service-rollback.ts';
import { serviceScale } from './verbs/service-scale.ts';
import { serviceUpdate } from './verbs/service-update.ts';

/** In the order of `help commands`. */
export const VERBS: readonly VerbSpec[] = [
  dockerKill,
  dockerStop,
  dockerStart,
  dockerRestart,
  dockerRm,
  dockerRun,
  dockerUpdate,
  dockerExec,
  dockerPs,
  dockerLogs,
  dockerDiff,
  dockerInspect,
  dockerPush,
  composeUp,
  composeDown,
  composeKill,
  composeStop,
  composeStart,
  composeRestart,
  composePs,
  serviceScale,
  serviceUpdate,
  serviceRollback,
  kubectlGet,
  kubectlDelete,
  kubectlScale,
  kubectlRollout,
  kubectlSetImage,
  kubectlExec,
  kubectlCordon,
  kubectlUncordon,
  kubectlDrain,
  paddockCrash,
  paddockHang,
  paddockResume,
  paddockSlow,
  paddockOom,
  paddockFillDisk,
  paddockLoseHost,
  paddockRebootHost,
  paddockEvict,
  paddockPartition,
  paddockHeal,
  paddockStore,
  paddockBalancer,
  paddockDeploy,
  paddockMigrate,
  paddockDrift,
  paddockChangePrice,
  paddockRotate,
  paddockSet,
];
