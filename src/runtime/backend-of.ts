import { namedHerd, type NamedHerd } from '../commands/named-herd.ts';
import type { AppService, Scenario } from '../sim/model/scenario.ts';
import type { HerdView } from '../sim/view.ts';

/** The app service that the balancer serves. */
export const backendOf = (scenario: Scenario): AppService | undefined =>
  scenario.services.find(
    (service): service is AppService => service.role === 'app' && service.name === scenario.backend,
  );

/** Its containers as they are now, for lines that name them. */
export const herdOf = (view: HerdView, { name: service, workload, image }: AppService): NamedHerd =>
  namedHerd({ project: view.project, service, workload, image }, view);
