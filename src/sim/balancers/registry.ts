import { alb } from './alb.ts';
import type { Balancer } from './balancer.ts';
import { haproxy } from './haproxy.ts';
import { l4 } from './l4.ts';
import { nginx } from './nginx.ts';

/** Every balancer, by the name it has in a scenario. */
export const BALANCERS: Readonly<Record<string, Balancer>> = { haproxy, nginx, alb, l4 };
