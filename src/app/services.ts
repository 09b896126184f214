/** What every page of the app shares: the line to the simulating thread, frames, memory, the address. Made once, by the entry. */
import { createContext, use } from 'react';
import type { Endpoint } from '../runtime/endpoint.ts';
import type { Address } from '../runtime/host/address.ts';
import type { FrameClock } from '../runtime/host/frame-clock.ts';
import type { Memory } from '../runtime/host/storage.ts';

export interface Services {
  /** The same promise at every call: the thread starts with the first. */
  endpoint(): Promise<Endpoint>;
  readonly clock: FrameClock;
  readonly memory: Memory;
  readonly address: Address;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = use(ServicesContext);
  if (!services) throw new Error('the app was not given its services');
  return services;
}
