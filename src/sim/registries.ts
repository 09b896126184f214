import { BALANCERS } from './balancers/registry.ts';
import { PLATFORMS } from './platforms/registry.ts';
import { STATE_MODELS } from './state-models/registry.ts';

/** Kinds of store that a scenario may name; each answers commands through the same client model. */
export const STORES: Readonly<Record<string, { readonly label: string; readonly persistent: boolean }>> = {
  redis: { label: 'Redis', persistent: false },
  s3: { label: 'S3', persistent: true },
};

export { BALANCERS, PLATFORMS, STATE_MODELS };
