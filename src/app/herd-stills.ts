/** Small pictures of the shipped herds, by name. */
import autoscaler from '../../lessons/scenarios/autoscaler.compose.yaml?still';
import blueGreen from '../../lessons/scenarios/blue-green.compose.yaml?still';
import canary from '../../lessons/scenarios/canary.compose.yaml?still';
import cron from '../../lessons/scenarios/cron.compose.yaml?still';
import herd from '../../lessons/scenarios/herd.compose.yaml?still';
import herdRedis from '../../lessons/scenarios/herd-redis.compose.yaml?still';
import kubernetes from '../../lessons/scenarios/kubernetes.compose.yaml?still';
import layerFiles from '../../lessons/scenarios/layer-files.compose.yaml?still';
import nginx from '../../lessons/scenarios/nginx.compose.yaml?still';
import pet from '../../lessons/scenarios/pet.compose.yaml?still';
import petDocker from '../../lessons/scenarios/pet-docker.compose.yaml?still';
import streams from '../../lessons/scenarios/streams.compose.yaml?still';
import type { DisplayList } from '../viz/stage/ops.ts';

export const STILLS: Readonly<Record<string, DisplayList>> = {
  herd,
  'herd-redis': herdRedis,
  pet,
  'pet-docker': petDocker,
  kubernetes,
  'layer-files': layerFiles,
  nginx,
  streams,
  cron,
  autoscaler,
  canary,
  'blue-green': blueGreen,
};
