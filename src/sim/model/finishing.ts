import { outcomeOf } from './legs.ts';
import { mixSeeded } from '../engine/random.ts';
import { drawAnswer } from './balancing.ts';
import { brokenBy } from './behaviour.ts';
import type { Container } from './container.ts';
import { EV } from './events.ts';
import {
  ANSWERED,
  BROWSE,
  CHECK,
  CHECKOUT,
  PART_SENT,
  SENDING,
  SIGN_IN,
  TO_CLIENT,
  UPLOAD,
  VIEW_UPLOAD,
  append,
  unlink,
} from './requests.ts';
import { RECORDS, SESSIONS, UPLOADS, createSession, storeRecord } from './state.ts';
import { causeCode } from './traffic.ts';
import { findsUpload, storeUpload } from './uploads.ts';
import type { World } from './world.ts';

const APP_ERROR = causeCode('app-error');
/** In place of a kind of request. */
const DISK_FULL = -1;

/** The work of request r is done: what it leaves behind, and the answer. Its place is free; the caller fills it. */
export function finish(w: World, c: Container, r: number): void {
  const q = w.requests;
  const user = q.user[r];
  leave(w, c, r);
  let status = 200;
  let cause = -1;
  let because = -1;
  const full = c.diskEntry >= 0 && writesToLayer(w, c, q.kind[r]);
  switch (full ? DISK_FULL : q.kind[r]) {
    case DISK_FULL:
      // No space left on device: the application says so, and lives on.
      status = 500;
      cause = APP_ERROR;
      because = c.diskEntry;
      break;
    case BROWSE:
      if (w.hasAssets) q.edit(r).upload[r] = c.behaviour.assets;
      break;
    case CHECK:
      if (q.server[r] >= 0) w.afterHop(EV.checkResult, q.server[r], q.upload[r]);
      else {
        c.probeAsked = q.sentAt[r];
        c.probeAnswered = w.now;
      }
      q.close(r);
      return;
    case SIGN_IN:
      // A user who has given up never gets the cookie.
      if ((q.flags[r] & ANSWERED) === 0) createSession(w, user, c.homes[SESSIONS], c.behaviour.format);
      break;
    case UPLOAD:
      storeUpload(w, r, c);
      break;
    case VIEW_UPLOAD: {
      const i = q.upload[r];
      if (i >= 0 && !findsUpload(w, c, i)) {
        status = 404;
        because = w.items.lostEntry[i];
        w.journal.add(w.now, 'upload-not-found', because, c.id, user, q.id[r]);
      }
      break;
    }
    case CHECKOUT:
      because = brokenBy(w, c);
      if (because >= 0) {
        status = 500;
        cause = APP_ERROR;
      } else storeRecord(w, r, c);
      break;
  }
  const errorRate = c.behaviour.errorRate;
  // The n-th request fails on its first attempt in every branch; whoever sends it again may have better luck.
  const attempt = (q.retries[r] + 256 * q.resends[r]) << 16;
  if (errorRate > 0 && mixSeeded(w.seed ^ attempt, q.id[r]) >>> 0 < errorRate * 4294967296) {
    status = 500;
    cause = APP_ERROR;
    because = c.behaviour.errorEntry >= 0 ? c.behaviour.errorEntry : c.lifeEntry;
  }
  if (w.finishers !== 0 && status === 200)
    for (let k = 0; k < w.kinds.length; k++) if ((w.finishers & (1 << k)) !== 0) w.kinds[k].done?.(w, c, r);
  if (status === 200 && w.app.transferMs > 0) {
    sendBody(w, c, r);
    return;
  }
  respond(w, r, status, cause, because);
}

/** Status and head are with the client; the rest takes its time, and the container's place with it. */
function sendBody(w: World, c: Container, r: number): void {
  const q = w.requests;
  append(q, c.work, r);
  c.active++;
  q.state[r] = SENDING;
  q.flags[r] |= PART_SENT;
  // `timeout server` is about silence, and parts keep coming.
  w.serverDeadlines.clear(r);
  q.due[r] = w.now + w.app.transferMs;
  w.after(w.app.transferMs, EV.bodySent, r, ++q.stamp[r]);
}

/** A file that lies there is served without work and without a session; another build's file is not there. */
export function serveAsset(w: World, c: Container, r: number): void {
  leave(w, c, r);
  if (w.requests.upload[r] === c.behaviour.assets) respond(w, r, 200, -1, -1);
  else respond(w, r, 404, -1, c.lifeEntry);
}

/** Whether a request of this kind leaves something behind in the container's layer. */
function writesToLayer(w: World, c: Container, kind: number): boolean {
  const home = kind === SIGN_IN ? SESSIONS : kind === UPLOAD ? UPLOADS : kind === CHECKOUT ? RECORDS : -1;
  return home >= 0 && w.places.get(c.homes[home])?.bound === 'layer';
}

/** Out of the container's list of work. */
export function leave(w: World, c: Container, r: number): void {
  unlink(w.requests, c.work, r);
  c.active--;
}

/** An answer leaves the container for the balancer; its connection is idle from now on. */
export function respond(w: World, r: number, status: number, cause: number, because: number): void {
  const q = w.requests;
  q.state[r] = TO_CLIENT;
  q.status[r] = status;
  q.cause[r] = cause;
  if (because >= 0) q.edit(r).because[r] = because;
  const c = w.containers[q.container[r]];
  c.lines++;
  q.life[r] = c.life;
  q.closesAt[r] = w.now + w.app.keepAliveTimeoutMs;
  if (w.legs.on) drawAnswer(w, r, outcomeOf(status), cause);
  w.afterHop(EV.back, r, ++q.stamp[r]);
}
