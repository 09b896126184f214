/** Compose files for tests of this layer and those above it. */

/** Three containers, sessions in memory behind a sticky cookie. */
export const HERD = `# Three from one image.
name: shop
x-paddock:
  platform: swarm
  seed: 3
  traffic: { users: 30, think: 1s, mix: { browse: 1 } }
services:
  app:
    image: shop:1.0
    deploy: { replicas: 3 }
    x-paddock:
      boot: 1s
      state: { sessions: sticky } # where users are known
  lb:
    image: haproxy:3.2
    x-paddock: { check: { inter: 1s, fall: 2, rise: 1 }, retries: 3, redispatch: true }
`;

export const BROKEN = `name: shop
services:
  app:
    image: shop:1.0
    x-paddock: { boots: 1s }
`;
