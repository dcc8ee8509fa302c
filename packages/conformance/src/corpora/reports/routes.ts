import { z } from 'zod';
import { meshNamed } from '../../cluster';
import { Answerer } from './case';
import { nameOf } from './words';

const askSchema = z.object({
  gateway: z.string(),
  host: z.string(),
  port: z.number(),
});

/** The objects whose rules a gateway tries for a host, in order. */
export const routes: Answerer = (snapshot, asked) => {
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
  return { order: [...new Set(objects)] };
};
