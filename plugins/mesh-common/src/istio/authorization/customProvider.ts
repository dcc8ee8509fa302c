import { z } from 'zod';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshConfig } from '../meshConfig';
import { servicesOfHost } from '../meshServices';

type Provider = MeshConfig['extensionProviders'][number];

const addressSchema = z.object({ service: z.string().min(1) });

/**
 * Why what a CUSTOM rule asks a provider for is denied, in words that follow its name; undefined where it is asked. The
 * service of a provider is looked up among those of the mesh, whoever sees them; over files it may be in others.
 *
 * Upstream: pilot/pkg/security/authz/builder/extauthz.go, `processExtensionProvider`;
 * pilot/pkg/model/telemetry_logging.go, `LookupCluster`.
 */
export function providerProblem(
  snapshot: MeshSnapshot,
  providers: readonly Provider[],
  name: string,
): string | undefined {
  const [provider, ...others] = providers.filter(one => one.name === name);
  if (!provider) {
    return 'which the mesh does not know';
  }
  if (others.length > 0) {
    return 'which the mesh knows twice';
  }
  const authorizer = provider.envoyExtAuthzHttp ?? provider.envoyExtAuthzGrpc;
  if (authorizer === undefined) {
    return 'which is no external authorizer';
  }
  const { data } = addressSchema.safeParse(authorizer);
  return data && serviceProblem(snapshot, data.service);
}

function serviceProblem(
  snapshot: MeshSnapshot,
  service: string,
): string | undefined {
  if (
    snapshot.origin === 'files' ||
    snapshot.read('Service').state !== 'read'
  ) {
    return undefined;
  }
  const [host, place] = service.split('/').reverse();
  const places = new Set(
    servicesOfHost(snapshot, host).map(({ namespace }) => namespace),
  );
  if (place === undefined ? places.size === 0 : !places.has(place)) {
    return `whose service ${service} the mesh does not know`;
  }
  return place === undefined && places.size > 1
    ? `whose service ${service} is one of several namespaces, of which the mesh config has to name one`
    : undefined;
}
