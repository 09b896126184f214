import { onLookUp } from './names.ts';
import { onBack, onReset, onServerDeadline } from './answering.ts';
import { onAtBalancer, onQueueTimeout, onRefused, onRetry } from './balancing.ts';
import { onCrashDue, onMemory } from './ends.ts';
import { onCheck, onCheckResult } from './checks.ts';
import { EV } from './events.ts';
import { onKindTimer } from './kinds.ts';
import { onDiskFreed, onFaultOver } from './faults.ts';
import { onScaler } from '../platforms/mechanisms/scaler.ts';
import { onHostBack, onHostDown, onHostQuiet } from './hosts.ts';
import { onHealthAnswer, onHealthProbe, onProbe } from './probes.ts';
import { onBooted, onStartDue } from './lifecycle.ts';
import { onGraceOver, onPrestopOver } from './stopping.ts';
import { onPartitionOver, onResent, onStreamSilent } from './partitions.ts';
import { onAdmit, onDeregistered, onTold } from './pool.ts';
import {
  onAtServer,
  onBodySent,
  onStoreCommandTimeout,
  onStoreDone,
  onStoreResend,
  onWorkDone,
} from './serving.ts';
import { onLinkResent, onReconnect } from './storing.ts';
import { onFailover } from './failover.ts';
import { onSessionExpires } from './lifetimes.ts';
import { onStoreSave } from '../stores/snapshots.ts';
import { onConnectStream } from './streams.ts';
import { onArrive, onThink } from './arrivals.ts';
import { onAtClient, onClientDeadline, onSend } from './traffic.ts';
import type { World } from './world.ts';

/** Executes the event just taken from the queue; returns its outcome code for the run hash. */
export function dispatch(w: World, kind: number, a: number, b: number): number {
  switch (kind) {
    case EV.atBalancer:
      return onAtBalancer(w, a, b);
    case EV.atServer:
      return onAtServer(w, a, b);
    case EV.workDone:
      return onWorkDone(w, a, b);
    case EV.back:
      return onBack(w, a, b);
    case EV.atClient:
      return onAtClient(w, a, b);
    case EV.storeDone:
      return onStoreDone(w, a, b);
    case EV.arrive:
      return onArrive(w);
    case EV.think:
      return onThink(w, a);
    case EV.send:
      return onSend(w, a, b);
    case EV.refused:
      return onRefused(w, a, b);
    case EV.retry:
      return onRetry(w, a, b);
    case EV.queueTimeout:
      return onQueueTimeout(w);
    case EV.reset:
      return onReset(w, a, b);
    case EV.clientDeadline:
      return onClientDeadline(w);
    case EV.serverDeadline:
      return onServerDeadline(w);
    case EV.check:
      return onCheck(w, a, b);
    case EV.checkResult:
      return onCheckResult(w, a, b);
    case EV.booted:
      return onBooted(w, a, b);
    case EV.graceOver:
      return onGraceOver(w, a, b);
    case EV.prestopOver:
      return onPrestopOver(w, a, b);
    case EV.startDue:
      return onStartDue(w, a, b);
    case EV.probe:
      return onProbe(w, a, b);
    case EV.healthProbe:
      return onHealthProbe(w, a, b);
    case EV.admit:
      return onAdmit(w, a, b);
    case EV.healthAnswer:
      return onHealthAnswer(w, a, b);
    case EV.told:
      return onTold(w, a, b);
    case EV.bodySent:
      return onBodySent(w, a, b);
    case EV.deregistered:
      return onDeregistered(w, a, b);
    case EV.platform:
      return w.platform.onTimer(w, a, b);
    case EV.reconnect:
      return onReconnect(w, a, b);
    case EV.connectStream:
      return onConnectStream(w, a);
    case EV.faultOver:
      return onFaultOver(w, a, b);
    case EV.diskFreed:
      return onDiskFreed(w, a, b);
    case EV.memory:
      return onMemory(w, a, b);
    case EV.crashDue:
      return onCrashDue(w, a, b);
    case EV.partitionOver:
      return onPartitionOver(w, a);
    case EV.resent:
      return onResent(w, a, b);
    case EV.streamSilent:
      return onStreamSilent(w, a, b);
    case EV.linkResent:
      return onLinkResent(w, a, b);
    case EV.storeCommandTimeout:
      return onStoreCommandTimeout(w, a, b);
    case EV.lookUp:
      return onLookUp(w, a, b);
    case EV.gitops:
      return w.platform.agent?.onEvent(w, a, b) ?? a;
    case EV.scaler:
      return onScaler(w);
    case EV.hostDown:
      return onHostDown(w, a, b);
    case EV.hostQuiet:
      return onHostQuiet(w, a, b);
    case EV.hostBack:
      return onHostBack(w, a, b);
    case EV.storeSave:
      return onStoreSave(w, a);
    case EV.storeFailover:
      return onFailover(w, a);
    case EV.sessionExpires:
      return onSessionExpires(w, a, b);
    case EV.storeResend:
      return onStoreResend(w, a, b);
    default:
      if (kind >= EV.kindTimer && kind < EV.kindTimer + 10) return onKindTimer(w, kind, a, b);
      throw new Error(`no handler for event kind ${kind}`);
  }
}
