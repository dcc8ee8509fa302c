import { z } from 'zod';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshConfig } from '../meshConfig';
import { servicesOfHost } from '../meshServices';

type Provider = MeshConfig['extensionProviders'][number];

const addressSchema = z.object({ service: z.string().min(1) });

/** An authorizer that is asked, or why what a rule asks it for is denied, in words that follow its name. */
export type CustomProvider =
  | { problem?: undefined; speaksHttp: boolean }
  | { problem: string };

/**
 * The provider of the mesh that a CUSTOM rule names. The service of a provider is looked up among those of the mesh, whoever sees them; over files it may be in others.
 *
 * Upstream: pilot/pkg/security/authz/builder/extauthz.go, `processExtensionProvider`;
 * pilot/pkg/model/telemetry_logging.go, `LookupCluster`.
 */
export function customProvider(
  snapshot: MeshSnapshot,
  providers: readonly Provider[],
  name: string,
): CustomProvider {
  const [provider, ...others] = providers.filter(one => one.name === name);
  if (!provider) {
    return { problem: 'which the mesh does not know' };
  }
  if (others.length > 0) {
    return { problem: 'which the mesh knows twice' };
  }
  const authorizer = provider.envoyExtAuthzHttp ?? provider.envoyExtAuthzGrpc;
  if (authorizer === undefined) {
    return { problem: 'which is no external authorizer' };
  }
  const { data } = addressSchema.safeParse(authorizer);
  const problem = data && serviceProblem(snapshot, data.service);
  return problem === undefined
    ? { speaksHttp: provider.envoyExtAuthzHttp !== undefined }
    : { problem };
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
