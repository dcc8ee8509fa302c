import { z } from 'zod';
import { meshNamed } from '../../cluster';
import { Answerer } from './case';
import { routesOfClient, rulesOf, serviceAskSchema } from './linkerdRoutes';
import { nameOf } from './words';

const askSchema = z.object({
  gateway: z.string(),
  host: z.string(),
  port: z.number().default(80),
});

/** The objects whose rules a gateway tries for a host, in order; or what a client has for a port of a Service. */
export const routes: Answerer = (snapshot, asked) => {
  const service = serviceAskSchema.safeParse(asked);
  if (service.success) {
    return routesOfClient(snapshot, service.data);
  }
  const { gateway, host, port } = askSchema.parse(asked);
  const [namespace, name] = gateway.split('/');
  const found = meshNamed('istio').gatewayRoutes?.(
    snapshot,
    { namespace, name },
    { host, port },
  );
  const objects = (found?.rules ?? []).flatMap(({ reasons: [first] }) =>
    first?.object ? nameOf(first.object) : [],
  );
  return {
    order: [...new Set(objects)],
    source: objects[0] ?? null,
    ...rulesOf(found?.rules ?? []),
  };
};
