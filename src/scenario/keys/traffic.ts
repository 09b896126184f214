/** `x-paddock.traffic`: who asks for what, and how often. */
import {
  MIX_DEFAULTS,
  RETRY_DEFAULTS,
  SPIKE_DEFAULTS,
  STREAMS_DEFAULTS,
  TRAFFIC_DEFAULTS,
  WAVE_DEFAULTS,
} from '../defaults.ts';
import type { Traffic } from '../../sim/model/scenario.ts';
import { block, readBlock } from '../forms/block.ts';
import { key } from '../forms/form.ts';
import {
  bool,
  duration,
  integer,
  number,
  oneOf,
  or,
  positiveDuration,
  rate,
  share,
} from '../forms/scalars.ts';
import { complain, type Place } from '../yaml/place.ts';

export const WAVE_KEYS = {
  amplitude: key(share, 'how far the load swings to either side'),
  period: key(positiveDuration, 'of one swing'),
};

export const SPIKE_KEYS = {
  at: key(duration, 'when it begins'),
  for: key(positiveDuration, 'how long it lasts'),
  factor: key(number(0), 'what the load is multiplied by'),
};

const weight = number(0);
export const MIX_KEYS = {
  browse: key(weight, 'weight of looking at a page'),
  'sign-in': key(weight, 'weight of signing in anew'),
  upload: key(weight, 'weight of uploading a file'),
  'view-upload': key(weight, 'weight of looking at a file that someone uploaded'),
  post: key(weight, 'weight of putting something in the cart (POST)'),
  checkout: key(weight, 'weight of checking out (POST)'),
};

export const RETRY_KEYS = {
  attempts: key(integer(0), 'how often a client tries a failed request again'),
  backoff: key(duration, 'wait before the first retry; doubles each time'),
  jitter: key(share, 'share of the wait that is random'),
  max: key(positiveDuration, 'longest wait'),
};

export const STREAMS_KEYS = {
  clients: key(integer(0), 'how many hold a long-lived connection (SSE, WebSocket)'),
  retry: key(duration, 'wait before a client connects again'),
  backoff: key(number(1), 'what the wait is multiplied by after each failed attempt; 1 = always the same'),
  jitter: key(share, 'share of the wait that is added at random'),
  max: key(positiveDuration, 'longest wait, before that share'),
};

export const TRAFFIC_KEYS = {
  users: key(integer(1, 1_000_000), 'how many there are'),
  rate: key(
    or(rate, 'none', null),
    'open load: requests a second, each from a random user; none = closed load',
  ),
  think: key(positiveDuration, 'closed load: mean time between an answer and the next request'),
  wave: key(or(block(WAVE_KEYS, WAVE_DEFAULTS), 'none', null), 'swing of the load'),
  spike: key(or(block(SPIKE_KEYS, SPIKE_DEFAULTS), 'none', null), 'load multiplied for a while'),
  mix: key(block(MIX_KEYS, MIX_DEFAULTS), 'weights of what is asked for'),
  'signed-in': key(bool, 'everyone holds a session at the start'),
  relogin: key(
    oneOf('at-once', 'next'),
    'sign in again at once after a lost session, or with the next request',
  ),
  'sign-in-time': key(duration, 'mean work of a sign-in beyond an ordinary request'),
  'keep-alive': key(bool, 'clients keep their connections'),
  timeout: key(positiveDuration, 'after which a client gives up'),
  retry: key(block(RETRY_KEYS, RETRY_DEFAULTS), "the client's own retries"),
  idempotency: key(bool, 'checkouts carry a key, under which a home of records keeps one order only'),
  'browser-resend': key(bool, 'resend when a kept connection closes without an answer, as browsers do'),
  streams: key(block(STREAMS_KEYS, STREAMS_DEFAULTS), 'long-lived connections'),
  'stored-uploads': key(integer(0), 'files already stored at the start'),
  'upload-keys': key(
    or(integer(1, 1_000_000), 'each', 0),
    'keys that uploads are stored under, each user always the same; each = an upload, a key',
  ),
  networks: key(
    or(integer(1), 'each', 0),
    'networks (/24) that the users come from; each = a user, a network',
  ),
  hop: key(duration, 'one way over one hop'),
};

export function readTraffic(place: Place): Traffic {
  const before = place.report.problems.length;
  const { values, given } = readBlock(place, TRAFFIC_KEYS, TRAFFIC_DEFAULTS);
  const mix = given.get('mix');
  const isSound = place.report.problems.length === before;
  if (mix && isSound && Object.values(values.mix).every((each) => each === 0))
    complain(mix, 'needs a weight above 0; write { browse: 1 }');
  const think = given.get('think');
  if (think && values.rate !== null) think.report.note(`${think.path} is not used: rate makes an open load`);
  const { wave, spike, retry, streams } = values;
  return {
    users: values.users,
    rate: values.rate,
    thinkMs: values.think,
    wave: wave && { amplitude: wave.amplitude, periodMs: wave.period },
    spike: spike && { atMs: spike.at, forMs: spike.for, factor: spike.factor },
    mix: values.mix,
    signedIn: values['signed-in'],
    relogin: values.relogin,
    signInMs: values['sign-in-time'],
    keepAlive: values['keep-alive'],
    timeoutMs: values.timeout,
    retry: { attempts: retry.attempts, backoffMs: retry.backoff, jitter: retry.jitter, maxMs: retry.max },
    idempotency: values.idempotency,
    browserResend: values['browser-resend'],
    streams: {
      clients: streams.clients,
      retryMs: streams.retry,
      backoff: streams.backoff,
      jitter: streams.jitter,
      maxMs: streams.max,
    },
    storedUploads: values['stored-uploads'],
    uploadKeys: values['upload-keys'],
    networks: values.networks,
    hopMs: values.hop,
  };
}
