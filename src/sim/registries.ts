import { BALANCERS } from './balancers/registry.ts';
import { PLATFORMS } from './platforms/registry.ts';
import { STATE_MODELS } from './state-models/registry.ts';
import { STORES } from './stores/registry.ts';

export { BALANCERS, PLATFORMS, STATE_MODELS, STORES };
