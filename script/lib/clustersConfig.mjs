/* The app-config of a portal on the clusters of a kubeconfig. */

/** Credentials are not in it: it names variables of the environment, which tokensOf gives. */
export function clustersConfig(clusters, contexts, catalogPath) {
  const names = contexts.map(({ name }) => name);
  const stores = list => list.map(one => storeConfig(one, names));
  return {
    kubernetes: {
      serviceLocatorMethod: { type: 'singleTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          // The Kubernetes tab can log in with tokens alone.
          clusters: contexts
            .map(kubernetesCluster)
            .filter((_, index) => contexts[index].user.token),
        },
      ],
    },
    mesh: {
      clusters: {
        source: 'kubeconfig',
        file: literal(clusters.kubeconfig),
        contexts: names.map(literal),
      },
      prometheus: stores(clusters.prometheus),
      traces: stores(clusters.jaeger).map(store => ({
        ...store,
        type: 'jaeger',
      })),
    },
    catalog: {
      locations: [
        {
          type: 'file',
          target: literal(catalogPath),
          rules: [{ allow: ALLOWED_KINDS }],
        },
      ],
    },
  };
}

const ALLOWED_KINDS = [
  'User',
  'Group',
  'Component',
  'System',
  'Domain',
  'API',
  'Resource',
  'Location',
];

/** The environment that the configuration refers to. */
export function tokensOf(contexts) {
  return Object.fromEntries(
    contexts.flatMap(({ user }, index) =>
      user.token ? [[tokenVariable(index), user.token]] : [],
    ),
  );
}

function tokenVariable(index) {
  return `MESH_TOKEN_${index}`;
}

function kubernetesCluster({ name, cluster }, index) {
  return {
    name: literal(name),
    url: literal(cluster.server),
    authProvider: 'serviceAccount',
    serviceAccountToken: `\${${tokenVariable(index)}}`,
    skipMetricsLookup: true,
    ...(cluster.skipTLSVerify && { skipTLSVerify: true }),
    ...(cluster.caData && { caData: cluster.caData }),
    ...(cluster.caFile && { caFile: literal(cluster.caFile) }),
  };
}

function storeConfig({ context, url }, names) {
  const cluster = literal(context ?? names[0]);
  return { name: cluster, url: literal(url), clusters: [cluster] };
}

/** Text that app-config must not take for a variable. */
function literal(text) {
  return text.split('${').join('$${');
}
